from __future__ import annotations

import random

from editor.align import Coverage
from editor.align.drafts import imported_starts, segments_from_drafts, timed_segments
from editor.document import DraftSegment, RecognisedWord, Segment, Word, split_words
from tests.bench.texts import prose, recognised_of


def recognised_words(said: list[str]) -> list[RecognisedWord]:
    return [RecognisedWord(n, word, n * 400, n * 400 + 300, 0.9) for n, word in enumerate(said)]


def reported(written: list[str], said: list[str]) -> Coverage:
    words = tuple(Word(text, n * 20, n * 20 + 20) for n, text in enumerate(written))
    segment = Segment("s", " ".join(written), words)
    _, coverage = timed_segments(
        [segment], recognised_words(said), duration_ms=max(len(said), 1) * 400, silences=[]
    )
    return coverage


def kinds(coverage: Coverage) -> list[str]:
    return [remark.kind for remark in coverage.remarks]


def text_and_recognised(indices: list[int], count: int, seed: int) -> Coverage:
    chance = random.Random(seed)
    written = prose(chance, count)
    return reported(written, recognised_of(written, indices, chance, wrong=0.12).recognised)


def test_two_swapped_chapters_are_told_with_their_places() -> None:
    coverage = text_and_recognised([*range(300, 900), *range(300)], 900, seed=1)
    (remark,) = coverage.remarks
    assert remark.kind == "moved"
    assert abs(remark.first_word) <= 12
    assert abs(remark.word_count - 300) <= 24
    assert abs(remark.start_ms - 600 * 400) <= 40 * 400
    assert "are spoken at 4:0" in remark.text
    assert coverage.written_share > 0.6


def test_a_text_that_stands_twice_is_told_and_one_copy_keeps_its_times() -> None:
    chance = random.Random(2)
    once = prose(chance, 400)
    coverage = reported(once + once, recognised_of(once, range(400), chance, wrong=0.1).recognised)
    assert kinds(coverage) == ["repeated"]
    assert abs(coverage.remarks[0].word_count - 400) <= 24
    assert 0.45 < coverage.written_share < 0.55
    assert "more than once" in coverage.remarks[0].text


def test_another_recording_is_told_as_soon_as_its_first_minute_is_recognised() -> None:
    chance = random.Random(3)
    written, other = prose(chance, 4000), prose(chance, 150)
    coverage = reported(written, other)
    assert kinds(coverage) == ["other_recording"]
    assert "may belong to another recording" in coverage.remarks[0].text


def test_the_first_minute_of_a_good_text_gives_no_remark() -> None:
    assert text_and_recognised(list(range(150)), 4000, seed=4).remarks == ()


def test_a_span_in_another_language_derails_nothing_and_is_told() -> None:
    chance = random.Random(5)
    written = prose(chance, 900)
    said = recognised_of(written, range(900), chance, wrong=0.1).recognised
    said[400:480] = [f"чужое{n}" for n in range(75)]
    coverage = reported(written, said)
    assert kinds(coverage) == ["other_words"]
    assert abs(coverage.remarks[0].first_word - 395) <= 40
    assert coverage.written_share > 0.85


def test_report_is_json_with_sentences() -> None:
    value = text_and_recognised([*range(300, 900), *range(300)], 900, seed=6).as_json()
    assert isinstance(value["remarks"], tuple)
    assert set(value["remarks"][0]) == {
        "kind", "first_word", "word_count", "start_ms", "end_ms", "text"
    }  # fmt: skip
    assert value["drift"] is None


LINES = [f"This is line number {n} and it goes on {'so ' * (n % 4)}for a while." for n in range(40)]


def late_captions(late_ms: int) -> tuple[list[DraftSegment], list[RecognisedWord]]:
    drafts, recognised = [], list[RecognisedWord]()
    for n, line in enumerate(LINES):
        start = n * 5000
        words = split_words(line)
        drafts.append(DraftSegment(line, start_ms=start + late_ms, end_ms=start + late_ms + 4000))
        recognised += [
            RecognisedWord(len(recognised) + k, word, start + k * 300, start + k * 300 + 250, 0.9)
            for k, word in enumerate(words)
        ]
    return drafts, recognised


def test_late_captions_are_told_and_their_words_get_the_recognised_times() -> None:
    drafts, recognised = late_captions(1300)
    ids = iter(range(100))
    segments = segments_from_drafts(drafts, duration_ms=210_000, new_id=lambda: str(next(ids)))
    timed, coverage = timed_segments(segments, recognised, duration_ms=210_000, silences=[])
    assert kinds(coverage) == ["drift"]
    assert coverage.remarks[0].text == "Your captions were 1.3 s late from 0:00 on."
    assert timed[7].start_ms == 35_000
    again, later = timed_segments(timed, recognised, duration_ms=210_000, silences=[])
    assert later.drift is None
    starts = imported_starts(drafts, again)
    _, kept = timed_segments(
        again, recognised, duration_ms=210_000, silences=[], imported_ms=starts
    )
    assert kept.drift == coverage.drift
