"""Phones kept beside the sound: heard once, never another sound's, never torn ones."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.asr.forced.kept_phones import KeptPhones, kept_path
from editor.asr.forced.phones import PhoneNetwork
from tests.support.speech import Spoken, write_wav

TOKENS = 7


class Counting(PhoneNetwork):
    """Hears token 1 + n % 3 in second n from the sound's own level, and counts what it is asked."""

    def __init__(self, version: str = "one") -> None:
        self.tokens = {str(number): number for number in range(TOKENS)}
        self.version, self.heard = version, 0

    def log_probabilities(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """The token that the level of each frame says, with the others far behind."""
        self.heard += 1
        levels = np.rint(samples[: len(samples) // 320 * 320].reshape(-1, 320)[:, 0] * 100)
        logs = np.full((len(levels), TOKENS), -9.0, np.float32)
        logs[np.arange(len(levels)), levels.astype(int)] = -0.02
        return logs


def sound(folder: Path, seconds: float = 25.5) -> Path:
    """A PCM file of which each second has another level."""
    count = int(seconds * 16_000)
    levels = (1 + np.arange(count) // 16_000 % 3) / 100
    return write_wav(Spoken(levels.astype(np.float32)), folder / "work.wav")


def expected(seconds: float = 25.5) -> list[int]:
    return [1 + frame // 50 % 3 for frame in range(int(seconds * 50))]


def test_each_piece_is_heard_once_whoever_asks(tmp_path: Path) -> None:
    network, pcm_path = Counting(), sound(tmp_path)
    kept = KeptPhones(network, pcm_path)
    assert (kept.frame_count, kept.piece_count) == (1275, 3)
    part = kept.log_probabilities(490, 520)
    assert part.argmax(axis=1).tolist() == expected()[490:520]
    assert network.heard == 2
    other = KeptPhones(network, pcm_path)
    assert np.concatenate([other.likeliest(n) for n in range(3)]).tolist() == expected()
    assert network.heard == 3
    whole = other.log_probabilities(-5, 10**9)
    assert network.heard == 3
    assert whole.shape == (1275, TOKENS)
    assert np.abs(whole[:, 1:4].max(axis=1) + 0.02).max() < 0.02
    assert np.abs(whole.min(axis=1) + 9).max() < 0.1


def test_another_sound_or_network_is_heard_anew(tmp_path: Path) -> None:
    first, pcm_path = Counting(), sound(tmp_path)
    KeptPhones(first, pcm_path).likeliest(0)
    newer = Counting("two")
    KeptPhones(newer, pcm_path).likeliest(0)
    os.utime(pcm_path, ns=(0, 0))
    KeptPhones(newer, pcm_path).likeliest(0)
    assert (first.heard, newer.heard) == (1, 2)


@pytest.mark.parametrize("left_bytes", [0, 100, 512, 516, 2_000, 4_000])
def test_what_a_killed_program_left_is_heard_anew(tmp_path: Path, left_bytes: int) -> None:
    network, pcm_path = Counting(), sound(tmp_path)
    kept = KeptPhones(network, pcm_path)
    kept.likeliest(0)
    data = kept_path(pcm_path).read_bytes()
    torn = data[:left_bytes] + bytes(len(data) - left_bytes) if left_bytes else b""
    kept_path(pcm_path).write_bytes(torn)
    assert kept.likeliest(0).tolist() == expected()[:500]
    assert kept.likeliest(0).tolist() == expected()[:500]
    assert network.heard == 2


def test_a_sound_shorter_than_a_frame_has_no_phones(tmp_path: Path) -> None:
    kept = KeptPhones(Counting(), sound(tmp_path, 0.01))
    assert kept.piece_count == 0
    assert kept.log_probabilities(0, 100).shape == (0, TOKENS)


def test_where_nothing_can_be_kept_phones_are_heard_all_the_same(tmp_path: Path) -> None:
    network, pcm_path = Counting(), sound(tmp_path)
    kept_path(pcm_path).mkdir()
    kept = KeptPhones(network, pcm_path)
    assert kept.likeliest(1).tolist() == expected()[500:1000]
    assert kept.log_probabilities(500, 510).argmax(axis=1).tolist() == expected()[500:510]
    assert network.heard == 2


def test_a_disk_that_fills_up_costs_only_hearing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def full(path: Path) -> Iterator[BinaryIO]:
        raise OSError(errno.ENOSPC, "No space left on device", str(path))
        yield

    network, pcm_path = Counting(), sound(tmp_path)
    monkeypatch.setattr("editor.asr.forced.kept_phones.written_whole", full)
    assert KeptPhones(network, pcm_path).likeliest(2).tolist() == expected()[1000:]
    monkeypatch.undo()
    kept = KeptPhones(network, pcm_path)
    kept.likeliest(2)
    kept.likeliest(2)
    assert network.heard == 2
