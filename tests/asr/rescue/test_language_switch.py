"""Passages that may be in another language."""

from __future__ import annotations

from itertools import pairwise

from editor.align import Interval
from editor.align.drafts import timed_segments
from editor.asr.rescue.language_switch import surer_intervals, unsure_intervals
from editor.document import RecognisedWord, Segment, Word

MINUTE_MS = 60_000
SILENCES = [(at, at + 400) for at in range(3_000, MINUTE_MS, 4_000)]


def recognised(*runs: tuple[int, float, str]) -> list[RecognisedWord]:
    """Words every 500 ms: so many of each probability and language."""
    each = [(probability, language) for count, probability, language in runs for _ in range(count)]
    return [
        RecognisedWord(n, f"w{n}", n * 500, n * 500 + 400, probability, 0, language)
        for n, (probability, language) in enumerate(each)
    ]


def unsure(words: list[RecognisedWord]) -> list[Interval]:
    return unsure_intervals(words, start_ms=0, end_ms=MINUTE_MS, silences=SILENCES)


def test_sure_words_are_left_alone() -> None:
    assert unsure(recognised((120, 0.9, ""))) == []


def test_a_single_unsure_word_is_no_passage() -> None:
    assert unsure(recognised((50, 0.95, ""), (2, 0.1, ""), (68, 0.95, ""))) == []


def test_unsure_passages_end_in_silences_and_are_of_half_a_minute_at_most() -> None:
    passages = unsure(recognised((30, 0.95, ""), (80, 0.45, ""), (10, 0.95, "")))
    assert passages[0][0] <= 16_000
    assert passages[-1][1] >= 54_000
    assert all(end - start <= 28_000 for start, end in passages)
    assert all(a[1] <= b[0] for a, b in pairwise(passages))
    assert all(any(s <= at <= e for s, e in SILENCES) for at in passages[0])


def test_sound_without_words_may_be_another_language_but_silence_is_none() -> None:
    words = [
        *recognised((20, 0.95, "")),
        *(RecognisedWord(0, "x", ms, ms + 400, 0.95) for ms in (59_000,)),
    ]
    assert unsure(words)
    assert unsure_intervals([], start_ms=0, end_ms=9_000, silences=[(0, 8_900)]) == []


def test_only_clearly_surer_words_take_the_place_of_others() -> None:
    old, passage = recognised((20, 0.6, "")), (0, 10_000)
    assert surer_intervals(recognised((20, 0.8, "de")), old, passage) == [passage]
    assert surer_intervals(recognised((20, 0.7, "de")), old, passage) == []
    assert surer_intervals(recognised((20, 0.5, "de")), recognised((20, 0.2, "")), passage) == []
    assert surer_intervals([], old, passage) == []
    assert surer_intervals(recognised((20, 0.8, "de")), [], passage) == [passage]


def test_each_part_goes_to_the_language_that_is_surer_of_it() -> None:
    old, new = (
        recognised((14, 0.9, ""), (46, 0.4, "")),
        recognised((14, 0.4, "de"), (46, 0.9, "de")),
    )
    parts = surer_intervals(new, old, (0, 30_000), SILENCES)
    assert (parts[0][0], parts[-1][1]) == (7_200, 30_000)
    assert all(a[1] == b[0] for a, b in pairwise(parts))


def test_the_report_tells_where_another_language_is_spoken() -> None:
    said = recognised(
        (100, 0.9, ""), (60, 0.9, "de"), (3, 0.9, "fr"), (100, 0.9, ""), (20, 0.9, "de")
    )
    words = tuple(Word(word.text, word.start_ms, word.end_ms) for word in said)
    segment = Segment("s", " ".join(word.text for word in words), words)
    _, coverage = timed_segments([segment], said, duration_ms=150_000, silences=[])
    (remark,) = coverage.remarks
    assert (remark.kind, remark.start_ms, remark.end_ms) == ("other_language", 50_000, 79_900)
    assert (remark.first_word, remark.word_count) == (100, 60)
    assert remark.text == "German is spoken from 0:50 to 1:19, and from 2:11."
