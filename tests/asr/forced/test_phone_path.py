"""Words found among phones that are made up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor.asr.forced.phone_path import PhoneSpan, found_words

BLANK, BOUNDARY = 26, 27


def heard(line: str) -> NDArray[np.float32]:
    """A letter a frame: `_` nothing, `|` the edge of a word; each as good as sure."""
    tokens = [BLANK if c == "_" else BOUNDARY if c == "|" else ord(c) - ord("a") for c in line]
    log_probabilities = np.full((len(line), 28), -9.0, np.float32)
    log_probabilities[np.arange(len(line)), tokens] = 0.0
    return log_probabilities


def found(line: str, *said: list[str]) -> list[tuple[int, int] | None]:
    return [(span.first, span.end) if span else None for span in spans(line, *said)]


def spans(line: str, *said: list[str]) -> list[PhoneSpan | None]:
    ways = [[[ord(c) - ord("a") for c in way] for way in word] for word in said]
    return found_words(heard(line), ways, blank=BLANK, boundary=BOUNDARY)


def test_each_word_is_where_its_phones_are() -> None:
    assert found("__so_|__it_is___", ["so"], ["it"], ["is"]) == [(2, 4), (8, 10), (11, 13)]


def test_a_word_is_taken_in_the_way_it_is_said() -> None:
    assert found("_the_aye__bee", ["the", "thi"], ["uh", "aye"], ["bee"])[1] == (5, 8)


def test_a_word_said_again_and_again_is_found_each_time() -> None:
    assert found("_no_no__|no_", *[["no"]] * 3) == [(1, 3), (4, 6), (9, 11)]


def test_the_same_phone_at_the_edge_of_two_words_is_heard_twice() -> None:
    assert found("_mis_se_", ["mis"], ["se"]) == [(1, 4), (5, 7)]


def test_a_word_without_phones_is_nowhere_and_all_where_there_is_no_room() -> None:
    assert found("_so___it", ["so"], [], ["it"]) == [(1, 3), None, (6, 8)]
    assert found("so", ["much"], ["too"]) == [None, None]


def test_a_word_that_is_not_said_fits_badly() -> None:
    fits = [span.fit for span in spans("_so_|_it_|_was_", ["so"], ["now"], ["was"]) if span]
    assert fits[0] > -1
    assert fits[2] > -1
    assert fits[1] < -6
