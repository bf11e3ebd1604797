"""Clips of recordings: what is heard in them, and what is no clip."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.errors import InvalidValue
from editor.media import clip, write_clip
from editor.media.decode import sound_blocks
from tests.support.media_files import tone, write_sound


def heard(path: Path, rate_hz: int) -> NDArray[np.int16]:
    """The first channel of a file."""
    return np.concatenate(list(sound_blocks(path, rate_hz=rate_hz, layout="stereo")))[:, 0]


def spans_ms(samples: NDArray[np.int16], rate_hz: int) -> tuple[int, int]:
    """From when to when it is loud."""
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 3000)
    return int(loud[0] * 1000 // rate_hz), int(loud[-1] * 1000 // rate_hz)


@pytest.mark.parametrize("suffix", [".wav", ".mp3"])
@pytest.mark.parametrize("seeks", [False, True])
@pytest.mark.parametrize("name", ["a.m4a", "b.mp3", "c.wav"])
def test_clip_holds_its_range_in_the_recordings_quality(
    tmp_path: Path, name: str, suffix: str, *, seeks: bool
) -> None:
    sound = tone(44_100, 6, (4.2, 4.4), channels=2)
    path = write_sound(tmp_path / name, sound, 44_100)
    out = tmp_path / f"clip{suffix}"
    assert clip.write_clip(path, out, 4000, 4600, seeks=seeks) == 600
    samples = heard(out, 44_100)
    assert len(samples) / 44.1 == pytest.approx(600, abs=1 if suffix == ".wav" else 60)
    assert spans_ms(samples, 44_100) == pytest.approx((200, 400), abs=8)


def test_edges_do_not_click(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", tone(16_000, 3, (0, 3)), 16_000)
    clip.write_clip(path, tmp_path / "clip.wav", 1000, 1500)
    samples = heard(tmp_path / "clip.wav", 16_000)
    assert abs(int(samples[0])) < 200
    assert abs(int(samples[-1])) < 200
    assert np.abs(samples[200:-200]).max() > 13_000


@pytest.mark.parametrize(
    ("start_ms", "end_ms", "says"),
    [
        (500, 500, "end it after its start"),
        (900, 100, "end it after its start"),
        (0, 20 * 60_000 + 1, "a clip has at most 20 minutes"),
        (5000, 6000, "start it earlier: the recording ends before 0:05"),
        (2**53 - 1000, 2**53 - 1, "start it earlier"),
    ],
)
@pytest.mark.parametrize("seeks", [False, True])
def test_what_is_no_clip_is_refused_in_a_sentence(
    tmp_path: Path, start_ms: int, end_ms: int, says: str, *, seeks: bool
) -> None:
    path = write_sound(tmp_path / "a.wav", tone(16_000, 1, (0, 1)), 16_000)
    with pytest.raises(InvalidValue, match=says):
        clip.write_clip(path, tmp_path / "clip.mp3", start_ms, end_ms, seeks=seeks)
    assert not (tmp_path / "clip.mp3").exists()


def test_clip_is_cut_in_a_process_of_its_own(tmp_path: Path) -> None:
    path = write_sound(tmp_path / "a.wav", tone(16_000, 1, (0, 1)), 16_000)
    assert write_clip(path, tmp_path / "clip.mp3", 900, 5000) == 100
    with pytest.raises(InvalidValue, match="start it earlier"):
        write_clip(path, tmp_path / "clip.mp3", 4000, 5000)


def test_fading_takes_no_more_memory_for_longer_clips() -> None:
    samples = np.ones((1_000_000, 2), np.int16)
    tracemalloc.start()
    try:
        count = sum(len(block) for block in clip._faded(samples, 100, 16_000))
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == len(samples)
    # The weights of all of it at once take 40 MB.
    assert peak_bytes < 2_000_000
