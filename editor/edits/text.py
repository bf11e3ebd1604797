"""Another text in a segment, and how its words keep their times."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editor.align import link_spoken, place_between, split_as_written, spread, weight, words_of_link
from editor.document import (
    MIN_WORD_MS,
    RecognisedWord,
    Segment,
    Word,
    runs_where,
    split_words,
    spoken_flags,
)
from editor.edits.carry_times import equal_pairs
from editor.edits.line_ends import line_ends_after
from editor.edits.marks import marked_like, with_marks
from editor.edits.times import clamped, lasting_until

#: How many words once written in a segment wait there to be typed again.
RELEASED_WORDS = 200


def edit_text(
    segment: Segment,
    text: str,
    *,
    before_ms: int,
    after_ms: int | None,
    recognised: Sequence[RecognisedWord] = (),
) -> Segment:
    """Write another text in a segment; each word that stays keeps its time.

    Case and punctuation may change freely. A word typed again takes back exactly the time it had.
    Other new words take the time of a recognised word they resemble, else that of the words they
    replace, else room between their neighbours, never none.

    A segment that lasts into the one below goes on to last as long.

    `before_ms` is where the segment above ends, `after_ms` where the one below starts (None: there
    is none). `recognised`: the recognised words between the two, at least.
    """
    text = " ".join(text.split("\n")).strip()
    if text == segment.text:
        return segment
    if after_ms is None or (segment.end_ms or 0) <= after_ms:
        return _edited(segment, text, before_ms, after_ms, recognised)
    within = lasting_until(segment, after_ms)
    written = _edited(within, text, within.words[0].start_ms, after_ms, recognised)
    written = lasting_until(written, segment.end_ms or 0)
    return replace(written, released=_released(segment, written.words))


def _edited(
    segment: Segment,
    text: str,
    before_ms: int,
    after_ms: int | None,
    recognised: Sequence[RecognisedWord],
) -> Segment:
    texts, spoken = split_words(text), spoken_flags(text, kind=segment.kind)
    known = _kept_words(segment, texts)
    for first, end in runs_where(word is None for word in known):
        gap = _gap_around(known, first, end, before_ms, after_ms)
        _take_back(known, first, texts[first:end], segment, gap)
    for first, end in runs_where(word is None for word in known):
        gap = _gap_around(known, first, end, before_ms, after_ms)
        _take_recognised(known, first, texts[first:end], spoken[first:end], recognised, gap)
    for first, end in runs_where(word is None for word in known):
        gap = _gap_around(known, first, end, before_ms, after_ms)
        _take_replaced(known, first, texts[first:end], segment, gap)
    words = tuple(place_between(texts, spoken, known, start_ms=before_ms, end_ms=after_ms))
    words = marked_like(words, segment.words)
    words = with_marks(words, "ends_line", line_ends_after(segment, texts))
    # A word's end may lie beyond the segment below, and what it once had beyond the one above.
    low = min([before_ms, *(word.start_ms for word in segment.words[:1])])
    written = clamped(replace(segment, text=text, words=words), low, after_ms)
    return replace(written, released=_released(segment, written.words))


def new_segment(
    segment_id: str,
    text: str,
    *,
    before_ms: int,
    after_ms: int | None,
    recognised: Sequence[RecognisedWord] = (),
    speaker: str | None = None,
) -> Segment:
    """Write a segment where there was none; bounds and recognised words as in `edit_text`."""
    empty = Segment(segment_id, "", (), speaker=speaker)
    return edit_text(empty, text, before_ms=before_ms, after_ms=after_ms, recognised=recognised)


def _kept_words(segment: Segment, texts: Sequence[str]) -> list[Word | None]:
    """For each new word the old one that it still is, at its full time if it had lent some."""
    known: list[Word | None] = [None] * len(texts)
    for i, j in equal_pairs([word.text for word in segment.words], texts):
        known[j] = replace(_unlent(segment.words[i], segment.released), text=texts[j])
    return known


def _unlent(word: Word, released: Sequence[Word]) -> Word:
    """The word as it was before a neighbour typed in borrowed from its time."""
    for old in released:
        if (
            old.text == word.text
            and old.start_ms <= word.start_ms
            and old.end_ms >= word.end_ms
            and not word.locked
        ):
            return old
    return word


def _gap_around(
    known: Sequence[Word | None], first: int, end: int, before_ms: int, after_ms: int | None
) -> tuple[int, int]:
    before = known[first - 1] if first else None
    after = known[end] if end < len(known) else None
    open_end = after_ms if after_ms is not None else 2**53
    return (before.end_ms if before else before_ms, after.start_ms if after else open_end)


def _take_back(
    known: list[Word | None],
    first: int,
    texts: Sequence[str],
    segment: Segment,
    gap: tuple[int, int],
) -> None:
    """Give words typed again the time they once had here."""
    former = sorted(
        (w for w in (*segment.released, *segment.words) if _inside(w.start_ms, w.end_ms, gap)),
        key=lambda word: (word.start_ms, word.end_ms),
    )
    sure = [w for w in former if w.origin != "placed"]
    former = [
        w
        for w in former
        if w.origin != "placed"
        or not any(
            s.text == w.text and s.start_ms < w.end_ms and w.start_ms < s.end_ms for s in sure
        )
    ]
    for i, j in equal_pairs([word.text for word in former], texts):
        known[first + j] = replace(former[i], text=texts[j])


def _take_recognised(
    known: list[Word | None],
    first: int,
    texts: Sequence[str],
    spoken: Sequence[bool],
    recognised: Sequence[RecognisedWord],
    gap: tuple[int, int],
) -> None:
    """Give new words the time of recognised words in the gap that they are, or resemble."""
    inside = split_as_written([h for h in recognised if _inside(h.start_ms, h.end_ms, gap)])
    for link in link_spoken(texts, spoken, inside):
        if link.kind != "different":
            words = words_of_link(texts, link, inside)
            known[first + link.written_first : first + link.written_end] = words


def _take_replaced(
    known: list[Word | None],
    first: int,
    texts: Sequence[str],
    segment: Segment,
    gap: tuple[int, int],
) -> None:
    """Share the time of the words that stood in the gap among those that stand there now."""
    gone = [w for w in segment.words if _inside(w.start_ms, w.end_ms, gap)]
    if not gone or gone[-1].end_ms - gone[0].start_ms < MIN_WORD_MS * len(texts):
        return
    span = (gone[0].start_ms, gone[-1].end_ms)
    covered = tuple(dict.fromkeys(j for word in gone for j in word.recognised_ids))
    for k, (start, end) in enumerate(spread([weight(text) for text in texts], [span])):
        end = max(end, start + MIN_WORD_MS)
        known[first + k] = Word(texts[k], start, end, "placed", recognised_ids=covered)


def _released(segment: Segment, words: Sequence[Word]) -> tuple[Word, ...]:
    """Words that stood here with another text or time than any does now; surest last."""
    standing = {(word.text, word.start_ms, word.end_ms) for word in words}
    gone: dict[tuple[str, int, int], Word] = {}
    for word in (*segment.released, *segment.words):
        key = (word.text, word.start_ms, word.end_ms)
        if key not in standing:
            gone[key] = word
    sure = [word for word in gone.values() if word.origin != "placed"]
    guessed = [word for word in gone.values() if word.origin == "placed"]
    return (*guessed, *sure)[-RELEASED_WORDS:]


def _inside(start_ms: int, end_ms: int, gap: tuple[int, int]) -> bool:
    return gap[0] <= start_ms and end_ms <= gap[1]
