"""Whatever is written and heard, the text that comes out obeys the rules."""

from __future__ import annotations

from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from editor.align.drafts import (
    imported_starts,
    segments_from_drafts,
    segments_from_recognised,
    timed_segments,
)
from editor.document import DraftSegment, RecognisedWord, Transcript, split_words

SCRAPS = "the cat sat on 2024 $5 [music] (applause) - it's 手机 今天。 ที่นี่ … don't twenty four"
TEXTS = st.lists(st.sampled_from(SCRAPS.split()), min_size=1, max_size=12).map(" ".join)
GAPS = st.integers(0, 900)


@st.composite
def drafts(draw: st.DrawFn) -> list[DraftSegment]:
    lines = draw(st.lists(TEXTS, min_size=1, max_size=6))
    with_times = draw(st.booleans())
    return [
        DraftSegment(line, start_ms=k * 1000, end_ms=k * 1000 + 900) if with_times
        else DraftSegment(line)
        for k, line in enumerate(lines)
    ]  # fmt: skip


@st.composite
def recognised_words(draw: st.DrawFn) -> list[RecognisedWord]:
    words, at = list[RecognisedWord](), 0
    for text in draw(st.lists(st.sampled_from(SCRAPS.split()), max_size=40)):
        start = at + draw(GAPS)
        at = start + draw(st.integers(0, 600))
        words.append(RecognisedWord(len(words), text, start, at, 0.7))
    return words


@given(drafts(), recognised_words())
def test_any_text_and_any_sound_give_a_valid_transcript(
    lines: list[DraftSegment], recognised: list[RecognisedWord]
) -> None:
    ids = iter(range(100))
    first = segments_from_drafts(lines, duration_ms=60_000, new_id=lambda: str(next(ids)))
    timed, coverage = timed_segments(
        first, recognised, duration_ms=60_000, silences=[(500, 800), (2000, 5000)]
    )
    transcript = Transcript(tuple(timed))
    words = list(transcript.words())
    assert [word.text for word in words] == [w for d in lines for w in split_words(d.text)]
    groups = [covered for covered, _ in groupby(word.recognised_ids for word in words) if covered]
    covered = [j for group in groups for j in group]
    assert len(covered) == len(set(covered))
    assert 0 <= coverage.written_share <= 1
    assert coverage.recognised_written <= coverage.recognised_words
    assert [r.first_word for r in coverage.remarks if r.first_word >= len(words)] == []


def test_imported_starts_are_found_again_in_an_edited_text() -> None:
    ids = iter(range(100))
    lines = [
        DraftSegment("one two three", start_ms=1000, end_ms=4000),
        DraftSegment("four five six", start_ms=5000, end_ms=8000),
    ]
    before = segments_from_drafts(lines, duration_ms=9000, new_id=lambda: str(next(ids)))
    edited = [DraftSegment("one two four"), DraftSegment("five new six")]
    after = segments_from_drafts(edited, duration_ms=9000, new_id=lambda: str(next(ids)))
    starts = [word.start_ms for segment in before for word in segment.words]
    assert imported_starts(lines, after) == [starts[0], starts[1], *starts[3:5], None, starts[5]]
    assert imported_starts(edited, after) == [None] * 6


def test_nothing_recognised_is_an_empty_text() -> None:
    assert segments_from_recognised([], new_id=str) == []


def test_who_was_recognised_alone_has_lines_of_his_own() -> None:
    said = [("So", 0), ("we", 0), ("Mm.", 1), ("went", 0), ("home.", None), ("Good.", 1)]
    recognised = [
        RecognisedWord(at, text, 300 * at, 300 * at + 250, 0.9, voice=voice)
        for at, (text, voice) in enumerate(said)
    ]
    segments = segments_from_recognised(recognised, new_id=str, names=("Anna", "Ben"))
    assert [(one.speaker, one.new_turn, one.text) for one in segments] == [
        ("Anna", True, "So we"),
        ("Ben", True, "Mm."),
        ("Anna", True, "went home."),
        ("Ben", True, "Good."),
    ]
