"""Words looked for near where they are expected, among phones that are made up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.asr.forced.phone_near import words_near

BLANK, BOUNDARY = 26, 27


def heard(*lines: str) -> NDArray[np.float32]:
    """Letters of voices that speak at once, a letter a frame, the first loudest."""
    logs = np.full((len(lines[0]), 28), -9.0, np.float32)
    for level, line in reversed(list(enumerate(lines))):
        tokens = [BLANK if c == "_" else ord(c) - ord("a") for c in line]
        logs[np.arange(len(line)), tokens] = -0.3 * level
    return logs


def found(logs: NDArray[np.float32], *said: tuple[str, int]) -> list[int | None]:
    """The first frame of each word, expected at a frame."""
    ways = [[[ord(c) - ord("a") for c in word]] for word, _ in said]
    expected = [(float(at), float(at + len(word))) for word, at in said]
    spans = words_near(logs, ways, expected, blank=BLANK, boundary=BOUNDARY)
    return [span.first if span else None for span in spans]


def test_of_the_same_word_said_by_two_voices_the_nearer_is_taken() -> None:
    own, other = "_" * 30 + "tide" + "_" * 26, "_" * 5 + "tide" + "_" * 51
    assert found(heard(other, own), ("tide", 5)) == [5]
    assert found(heard(other, own), ("tide", 28)) == [30]


def test_a_word_is_where_it_is_heard_though_expected_a_little_off() -> None:
    assert found(heard("___ebb___flow_____"), ("ebb", 1), ("flow", 11)) == [3, 9]


def test_words_keep_their_order_wherever_they_are_expected() -> None:
    first, second = found(heard("___ebb___flow_____"), ("ebb", 9), ("flow", 1))
    assert first is not None
    assert second is not None
    assert first < second


def test_a_word_without_room_is_nowhere() -> None:
    assert found(heard("eb"), ("flow", 0)) == [None]
