from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from editor import media
from editor.diarization import People, Turn, people_in
from editor.diarization.channels import TwoChannels, compared

Sound = NDArray[np.float64]
Spans = Sequence[tuple[float, float]]

RATE_HZ = 16_000
LENGTH_S = 40
BLEED = 10 ** (-15 / 20)
#: Who speaks when, in s; both at once from 30 to 32, and one says "mm" within the other's turn.
LEFT, RIGHT = [(1, 9), (16, 24), (28, 32)], [(10, 15), (20, 20.3), (25, 27), (30, 36)]
TRUE = sorted([*((*span, 0) for span in LEFT), *((*span, 1) for span in RIGHT)])


def hiss(level: float, seed: int) -> Sound:
    return np.random.default_rng(seed).normal(0, level, LENGTH_S * RATE_HZ)


def talk(spans: Spans, seed: int, level: float = 0.1) -> Sound:
    """Syllables, four a second, each as loud as it happens, in the spans only."""
    dice = np.random.default_rng(seed)
    time_s = np.arange(LENGTH_S * RATE_HZ) / RATE_HZ
    loud = dice.uniform(0.3, 1, 4 * LENGTH_S)[(time_s * 4).astype(int)]
    spoken = np.zeros(len(time_s))
    for start_s, end_s in spans:
        spoken[round(start_s * RATE_HZ) : round(end_s * RATE_HZ)] = 1
    syllables = np.maximum(0.2, np.sin(4 * np.pi * time_s) ** 2)
    said: Sound = hiss(level, seed) * loud * syllables * spoken
    return said


def levels(*channels: Sound) -> NDArray[np.float32]:
    frame = RATE_HZ * media.LEVEL_FRAME_MS // 1000
    power = np.square(np.stack(channels, axis=1).reshape(-1, frame, len(channels))).mean(axis=1)
    floor = 10 ** (media.FLOOR_DB / 10)
    told: NDArray[np.float32] = (10 * np.log10(np.maximum(power, floor))).astype(np.float32)
    return told


def known(left: Sound, right: Sound) -> TwoChannels:
    found = compared(levels(left, right))
    assert found is not None
    return found


def people(*channels: Sound) -> People:
    found = people_in(levels(*channels))
    assert found is not None
    return found


def is_true(turns: Sequence[Turn]) -> bool:
    if [turn.speaker for turn in turns] != [who for _, _, who in TRUE]:
        return False
    off_ms = [
        max(abs(turn.start_ms - 1000 * start), abs(turn.end_ms - 1000 * end))
        for turn, (start, end, _) in zip(turns, TRUE, strict=True)
    ]
    return max(off_ms) <= 150


ANNA, BEN, CLEO = talk(LEFT, 1), talk(RIGHT, 20), talk([(37, 40)], 30)
HUM = 0.02 * np.sin(2 * np.pi * 50 * np.arange(LENGTH_S * RATE_HZ) / RATE_HZ)
SELDOM = talk([(10, 12.5)], 3)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(ANNA, BEN, id="a telephone call"),
        pytest.param(ANNA + BLEED * BEN, BEN + BLEED * ANNA, id="each in the other's microphone"),
        pytest.param(ANNA + hiss(0.002, 5), 0.2 * BEN + hiss(0.001, 6), id="one quieter, hiss"),
        pytest.param(ANNA, BEN + HUM, id="one hums"),
        pytest.param(ANNA, -BEN, id="one turned over"),
    ],
)
def test_turns_are_those_of_the_channels(left: Sound, right: Sound) -> None:
    found = people(left, right)
    assert found.is_certain
    assert found.channels == (0, 1)
    assert is_true(found.turns)


def test_who_speaks_first_is_the_first_also_on_the_right() -> None:
    found = people(BEN, ANNA)
    assert found.channels == (1, 0)
    assert is_true(found.turns)


def test_three_people_have_a_track_each_beside_a_mix_a_copy_and_silence() -> None:
    anna = ANNA + BLEED * (BEN + CLEO)
    ben = 0.5 * (BEN + BLEED * (ANNA + CLEO)) + hiss(0.0005, 9)
    cleo = CLEO + BLEED * ANNA
    found = people(ANNA + BEN + CLEO, ben, 0 * ANNA, anna, cleo, anna)
    assert found.is_certain
    assert found.channels == (3, 1, 4)
    assert is_true([turn for turn in found.turns if turn.speaker < 2])
    third = [turn for turn in found.turns if turn.speaker == 2]
    assert [(round(one.start_ms, -3), round(one.end_ms, -3)) for one in third] == [(37000, 40000)]


def test_a_microphone_whose_owner_says_nothing_is_nobodys() -> None:
    found = people(ANNA + BLEED * BEN, BEN + BLEED * ANNA, 0.1 * (ANNA + BEN) + hiss(0.0005, 9))
    assert found.channels == (0, 1)
    assert found.is_certain
    assert people_in(levels(ANNA, 0.1 * ANNA + hiss(0.0005, 9))) is None


def test_who_says_little_is_a_person() -> None:
    found = people(ANNA, SELDOM)
    assert found.is_certain
    assert [turn.speaker for turn in found.turns].count(1) == 1


def chords(seed: int) -> Sound:
    """An instrument: a note each quarter second, of any loudness."""
    dice = np.random.default_rng(seed)
    time_s = np.arange(LENGTH_S * RATE_HZ) / RATE_HZ
    number = (time_s * 4).astype(int)
    loud = dice.uniform(0, 1, 4 * LENGTH_S)[number]
    wave = np.sin(2 * np.pi * dice.uniform(200, 800, 4 * LENGTH_S)[number] * time_s)
    fading: Sound = 0.3 * loud * np.exp(-6 * (time_s % 0.25)) * wave
    return fading


BOTH = ANNA + BEN
ONE, OTHER, MIDDLE = talk([(0, 12)], 4), talk([(13, 25)], 5), talk([(26, 37)], 6)
DRUMS, GUITAR = chords(7), chords(8)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        pytest.param(BOTH, 0.1 * BOTH + hiss(0.0003, 5), id="one sound, one side quieter"),
        pytest.param(BOTH, hiss(0.01, 5), id="one person, noise beside"),
        pytest.param(BOTH, 0 * BOTH, id="one side silent"),
        pytest.param(ANNA + 0.42 * BEN, BEN + 0.42 * ANNA, id="a pair of microphones in a room"),
        pytest.param(ANNA + 0.05 * BEN, 0.5 * BOTH, id="a microphone and a camera's"),
        pytest.param(ONE + MIDDLE, OTHER + MIDDLE, id="a third person in the middle"),
        pytest.param(DRUMS + 0.4 * GUITAR, GUITAR + 0.4 * DRUMS, id="music"),
        pytest.param(DRUMS, GUITAR, id="music wide apart"),
        pytest.param(ANNA, SELDOM * (np.arange(len(ANNA)) < 11 * RATE_HZ), id="a single second"),
    ],
)
def test_other_stereo_is_not_two_people(left: Sound, right: Sound) -> None:
    found = people_in(levels(left, right))
    assert found is None or not found.is_certain


def test_copies_and_silence_do_not_differ() -> None:
    assert compared(levels(BOTH, BOTH)) is None
    assert compared(levels(0 * BOTH, 0 * BOTH)) is None
    assert compared(np.empty((0, 2), np.float32)) is None
    assert not known(BOTH, 0.1 * BOTH + hiss(0.0003, 5)).differ
