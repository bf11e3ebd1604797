from __future__ import annotations

from editor.asr.rescue.trusted_windows import (
    SEAM_MS,
    STRIDE_MS,
    asked_for,
    believed,
    is_said_later,
    is_stranded,
    next_window,
)

WINDOW = 28_000


def test_a_window_is_asked_for_less_than_a_speaker_says_in_it() -> None:
    texts = ["lighthouse"] * 500
    count = asked_for(texts, 100, 75.0) - 100
    assert 26_000 <= count * 11 * 75 <= 28_500
    assert asked_for(texts, 100, 150.0) - 100 < count
    assert asked_for(texts, 499, 75.0) == 500
    assert asked_for(["x" * 5000], 0, 75.0) == 1


def times(*starts_ms: int) -> list[tuple[int, int]]:
    return [(start, start + 300) for start in starts_ms]


def test_likely_words_are_believed_but_for_the_last() -> None:
    spans = times(*range(0, 5000, 500))
    assert believed(spans, [-1.0] * 10, window_ms=WINDOW, is_end=False) == 7


def test_words_at_the_edge_of_a_window_are_left_to_the_next() -> None:
    spans = times(1000, 2000, 3000, 25_900, 27_000, 27_500)
    assert believed(spans, [-1.0] * 6, window_ms=WINDOW, is_end=False) == 3


def test_unlikely_words_are_not_believed() -> None:
    spans = times(*range(0, 5000, 500))
    logs = [-1.0] * 5 + [-12.0] * 5
    assert believed(spans, logs, window_ms=WINDOW, is_end=False) <= 6
    assert believed(spans, [-12.0] * 10, window_ms=WINDOW, is_end=False) == 0


def test_at_the_end_of_the_text_all_are_believed_or_none() -> None:
    spans = times(0, 500)
    assert believed(spans, [-1.0, -2.0], window_ms=900, is_end=True) == 2
    assert believed(spans, [-9.0, -9.0], window_ms=900, is_end=True) == 0
    assert believed([], [], window_ms=900, is_end=True) == 0


def test_the_next_window_begins_a_stride_on_or_where_the_words_end() -> None:
    assert next_window(10_000, 38_000) == 10_000 + STRIDE_MS
    assert next_window(10_000, 30_000) == 30_000 - SEAM_MS
    assert 10_000 < next_window(10_000, 10_500) < 10_000 + STRIDE_MS


def test_a_word_far_before_the_next_is_stranded_unless_it_is_silent_between() -> None:
    assert not is_stranded("there.", (270, 500), 1600, [])
    assert is_stranded("there.", (270, 500), 6000, [])
    assert is_stranded("there.", (270, 500), 6000, [(0, 260), (5000, 7000)])
    assert not is_stranded("there.", (270, 500), 6000, [(600, 2500), (2700, 6500)])
    assert is_stranded("there.", (270, 500), 6000, [(100, 2500), (2700, 6500)])


def test_a_short_word_within_a_sentence_is_not_said_before_a_pause() -> None:
    silence = [(600, 5900)]
    assert is_stranded("I", (270, 500), 6000, silence)
    assert not is_stranded("I.", (270, 500), 6000, silence)
    assert not is_stranded("lighthouse", (270, 500), 6000, silence)
    assert not is_stranded("I", (270, 500), 1500, silence)


def test_a_word_is_said_beside_the_next_if_it_is_not_less_likely_there() -> None:
    assert is_said_later(-1.2, -1.0)
    assert not is_said_later(-6.0, -1.0)
