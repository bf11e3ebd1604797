from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from editor.asr.forced.windows import Window, windows_of
from editor.document import RecognisedWord


def recognised(*times: tuple[str, int, int]) -> list[RecognisedWord]:
    return [RecognisedWord(n, text, start, end, 0.9) for n, (text, start, end) in enumerate(times)]


def test_nothing_recognised_gives_no_window() -> None:
    assert windows_of([], start_ms=0, end_ms=1000) == []


def test_a_window_is_cut_at_the_longest_pause_in_time() -> None:
    words = recognised(("one", 1000, 1300), ("two", 1400, 1700), ("three", 2300, 2600))
    windows = windows_of(words, start_ms=0, end_ms=3000, max_ms=1500)
    assert windows == [Window(600, 2000, 0, 2), Window(2000, 3000, 2, 3)]


def test_a_long_pause_is_cut_at_whatever_sounds_in_it() -> None:
    words = recognised(("one", 1000, 1300), ("two", 9000, 9300))
    windows = windows_of(words, start_ms=0, end_ms=20_000)
    assert windows == [Window(600, 1700, 0, 1), Window(8600, 9700, 1, 2)]


def test_a_silence_inside_a_stretched_word_belongs_to_the_sentence_end_before_it() -> None:
    words = recognised(("much.", 1000, 1400), ("And", 1400, 2300), ("then", 2300, 2600))
    windows = windows_of(words, start_ms=0, end_ms=3000, silences=[(1800, 2200)], max_ms=1250)
    assert windows == [Window(600, 2000, 0, 1), Window(2000, 3000, 1, 3)]


@given(
    st.lists(st.tuples(st.integers(0, 900), st.integers(20, 3000)), min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 4000), st.integers(150, 2000)), max_size=20),
)
def test_every_word_is_in_one_window_and_windows_are_in_order(
    gaps: list[tuple[int, int]], pauses: list[tuple[int, int]]
) -> None:
    words, at = [], 0
    for number, (gap, length) in enumerate(gaps):
        words.append(RecognisedWord(number, "word", at + gap, at + gap + length, 0.9))
        at += gap + length
    silences, start = [], 0
    for gap, length in pauses:
        silences.append((start + gap, start + gap + length))
        start += gap + length + 1
    windows = windows_of(words, start_ms=0, end_ms=at + 100, silences=silences, max_ms=5000)
    assert [index for w in windows for index in range(w.first, w.end)] == list(range(len(words)))
    assert all(0 <= w.start_ms < w.end_ms for w in windows)
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(windows))
