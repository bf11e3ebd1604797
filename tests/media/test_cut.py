"""Copies without some parts: what is left, how long they are, and that seams do not click."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from editor.media.cut import seamless, write_cut
from editor.media.decode import sound_blocks
from tests.support.media_files import tone, write_sound

SPANS = [(0, 1000), (2000, 2050), (4000, 9000)]


@pytest.mark.parametrize("size", [7, 64, 10_000])
def test_spans_are_joined_in_blocks_of_any_size_at_their_exact_length(size: int) -> None:
    sound = np.arange(9000, dtype=np.int16)[:, np.newaxis]
    blocks = [sound[at : at + size] for at in range(0, len(sound), size)]
    joined = np.concatenate(list(seamless(blocks, SPANS, fade=10)))[:, 0]
    assert len(joined) == 6050
    # Away from the seams every sample stands as it was.
    assert joined[:995].tolist() == list(range(995))
    assert joined[1005:1045].tolist() == list(range(2005, 2045))
    assert joined[1055:6040].tolist() == list(range(4005, 8990))


def test_a_cut_is_not_heard_as_a_click(tmp_path: Path) -> None:
    # The longest step between samples of this tone is where it passes zero.
    path = write_sound(tmp_path / "a.wav", tone(16_000, 3, (0, 3)), 16_000)
    out = tmp_path / "cut.wav"
    assert write_cut(path, out, [(0, 1003), (1517, 3000)]) == 2486
    samples = np.concatenate(list(sound_blocks(out, rate_hz=16_000, layout="mono")))[:, 0]
    before = np.concatenate(list(sound_blocks(path, rate_hz=16_000, layout="mono")))[:, 0]
    longest_step = np.abs(np.diff(before.astype(int))).max()
    assert np.abs(np.diff(samples.astype(int))).max() <= 1.5 * longest_step


def test_a_copy_of_a_stereo_recording_as_mp3_lacks_what_was_cut(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.m4a", tone(44_100, 6, (2, 3), channels=2), 44_100)
    out = tmp_path / "cut.mp3"
    seen = list[int]()
    assert write_cut(path, out, [(0, 1900), (3100, 6000)], on_progress=seen.append) == 4800
    samples = np.concatenate(list(sound_blocks(out, rate_hz=44_100, layout="stereo")))
    assert np.abs(samples.astype(int)).max() < 2000
    assert seen == [5015]
