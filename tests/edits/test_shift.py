from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.document import MIN_WORD_MS, Segment, Word, check_order
from editor.edits.shift import RECORDING_START, mended_segments, moved_segments, moved_words
from editor.errors import InvalidValue
from tests.support.chance import examples

WORDS = [
    Word("so", 1000, 1200, "heard"),
    Word("every", 1300, 1600, "imported"),
    Word("day", 1600, 1900, "heard"),
    Word("counts", 2000, 2500, "manual", locked=True),
]


def times(words: list[Word]) -> list[tuple[int, int]]:
    return [(word.start_ms, word.end_ms) for word in words]


def test_everything_from_a_word_on_moves_by_the_same_time() -> None:
    moved = moved_words(WORDS, 2, 2600)
    assert times(moved) == [(1000, 1200), (1300, 1600), (2600, 2900), (3000, 3500)]
    assert [word.locked for word in moved] == [False, False, True, True]
    assert [word.origin for word in moved] == ["heard", "imported", "manual", "manual"]


def test_a_word_moved_to_the_front_ends_the_one_before_it() -> None:
    assert times(moved_words(WORDS, 2, 1500))[1:3] == [(1300, 1500), (1500, 1800)]


def test_words_between_the_anchor_and_here_are_stretched() -> None:
    moved = moved_words(WORDS, 3, 3000, anchor=0)
    assert times(moved) == [(1000, 1200), (1600, 2200), (2200, 2800), (3000, 3500)]
    assert [word.locked for word in moved] == [False, False, False, True]


def test_the_start_of_the_recording_is_an_anchor_too() -> None:
    moved = moved_words(WORDS, 3, 4000, anchor=RECORDING_START)
    assert times(moved) == [(2000, 2400), (2600, 3200), (3200, 3800), (4000, 4500)]


def test_words_that_stay_are_not_passed() -> None:
    with pytest.raises(InvalidValue, match="in front of it"):
        moved_words(WORDS, 2, 1200)
    with pytest.raises(InvalidValue, match="in front of it"):
        moved_words(WORDS, 0, 400, not_before_ms=500)
    with pytest.raises(InvalidValue, match="no longer exists"):
        moved_words(WORDS, 4, 5000)
    with pytest.raises(InvalidValue, match="no longer exists"):
        moved_words(WORDS, 1, 5000, anchor=1)


LENGTHS = st.tuples(st.integers(0, 400), st.integers(MIN_WORD_MS, 600))


@examples(300)
@given(
    st.lists(st.lists(LENGTHS, min_size=0, max_size=4), min_size=1, max_size=5),
    st.data(),
)
def test_any_move_keeps_the_invariants(
    spans: list[list[tuple[int, int]]], data: st.DataObject
) -> None:
    segments, now_ms = [], 0
    for number, lengths in enumerate(spans):
        words = []
        for gap_ms, length_ms in lengths:
            now_ms += gap_ms
            words.append(Word("x", now_ms, now_ms + length_ms, locked=data.draw(st.booleans())))
        segments.append(Segment(str(number), " ".join("x" for _ in words), tuple(words)))
    count = sum(len(one.words) for one in segments)
    if count == 0:
        return
    at = data.draw(st.integers(0, count - 1))
    anchor = data.draw(st.none() | st.integers(RECORDING_START, at - 1))
    to_ms = data.draw(st.integers(0, 4000))
    try:
        moved = moved_segments(segments, at, to_ms, anchor=anchor)
    except InvalidValue:
        return
    check_order(moved)
    old = [word for one in segments for word in one.words]
    new = [word for one in moved for word in one.words]
    assert new[at].start_ms == to_ms
    by_ms = to_ms - old[at].start_ms
    assert all(b.start_ms - a.start_ms == by_ms for a, b in zip(old[at:], new[at:], strict=True))
    staying = at if anchor is None else anchor + 1
    assert [w.start_ms for w in new[:staying]] == [w.start_ms for w in old[:staying]]


def test_guessed_times_become_those_of_the_file_without_its_drift() -> None:
    words = (
        Word("[music]", 0, 900),
        Word("so", 3000, 3300, "heard"),
        Word("every", 3400, 3500),
        Word("day", 3500, 3600),
        Word("counts", 4000, 4300, "heard"),
        Word("on", 4400, 4500),
    )
    segment = Segment("s", "[music] so every day counts on", words)
    (mended,) = mended_segments(
        [segment], [2500, 5000, 5300, 5500, 6100, None], lambda ms: ms - 2000
    )
    assert mended.words == (
        Word("[music]", 500, 1400, "imported"),
        words[1],
        Word("every", 3300, 3400, "imported"),
        Word("day", 3500, 3600, "imported"),
        words[4],
        words[5],
    )
    (bounded,) = mended_segments(
        [segment], [9000, 5000, 100, 9000, 6100, 9000], lambda ms: ms - 2000
    )
    starts = [word.start_ms for word in bounded.words]
    assert starts == [3000, 3000, 3000, 4000, 4000, 7000]
