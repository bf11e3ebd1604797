from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.diarization.clustering import speaker_vectors

CHANCE = np.random.default_rng(7)
PEOPLE = np.linalg.qr(CHANCE.normal(size=(192, 12)))[0].T.astype(np.float32)


def said_by(*who: int) -> NDArray[np.float32]:
    """A vector for each span, as alike as those of one voice are."""
    said = PEOPLE[list(who)] + CHANCE.normal(0, 0.04, (len(who), 192)).astype(np.float32)
    vectors: NDArray[np.float32] = said / np.linalg.norm(said, axis=1, keepdims=True)
    return vectors


def seconds(count: int, length: float = 2.0) -> NDArray[np.float32]:
    return np.full(count, length, np.float32)


@pytest.mark.parametrize("count", [1, 2, 5, 10])
def test_the_number_of_speakers_is_found(count: int) -> None:
    who = [*range(count), *CHANCE.integers(0, count, 60)] * 2
    found = speaker_vectors(said_by(*who), seconds(len(who)))
    assert np.argmax(found @ PEOPLE.T, axis=1).tolist() == list(range(count))


def test_more_than_ten_are_ten() -> None:
    who = [*range(12)] * 6
    assert len(speaker_vectors(said_by(*who), seconds(len(who)))) == 10


def test_the_number_given_counts() -> None:
    who = [0, 1, 2] * 8
    assert len(speaker_vectors(said_by(*who), seconds(len(who)), number=2)) == 2
    assert len(speaker_vectors(said_by(*who), seconds(len(who)), number=5)) == 5


def test_a_cough_is_nobody() -> None:
    voices = said_by(*[0] * 20, *[1] * 20, 2)
    assert len(speaker_vectors(voices, seconds(41, 1.5))) == 2


def test_short_sounds_alone_still_have_a_speaker() -> None:
    assert len(speaker_vectors(said_by(0, 0), seconds(2, 0.3))) == 1
    assert len(speaker_vectors(np.zeros((1, 192), np.float32), seconds(1, 0.1))) == 0


def test_ten_hours_are_told_apart_in_blocks() -> None:
    who = [*CHANCE.integers(0, 4, 2_000)]
    assert len(speaker_vectors(said_by(*who), seconds(len(who)))) == 4
