"""Times that a person gives words, takes from them, or that bounds give them."""

from __future__ import annotations

from dataclasses import replace

from editor.align import ended_by, in_order
from editor.document import MIN_WORD_MS, Segment
from editor.errors import NotPossible


def set_times(
    segment: Segment,
    first_word: int,
    last_word: int,
    start_ms: int,
    end_ms: int,
    *,
    not_before_ms: int = 0,
    not_after_ms: int | None = None,
) -> Segment:
    """Lay words `first_word` to `last_word` (both included) from `start_ms` to `end_ms`, locked.

    Words inside keep their proportions; the word before them ends where they begin, if that leaves
    it long enough. `not_before_ms` and `not_after_ms` are the starts of the neighbouring segments'
    nearest words.

    Raises:
        NotPossible: no such words, no room for them, or they would pass a neighbour.
    """
    if not 0 <= first_word <= last_word < len(segment.words):
        raise NotPossible("first_word", "This word no longer exists. Try again.")
    chosen = segment.words[first_word : last_word + 1]
    low = segment.words[first_word - 1].start_ms if first_word else not_before_ms
    rest = segment.words[last_word + 1 :]
    high = rest[0].start_ms if rest else not_after_ms
    if end_ms - start_ms < MIN_WORD_MS * len(chosen):
        raise NotPossible("end_ms", f"A word lasts at least {MIN_WORD_MS} ms.")
    scale = (end_ms - start_ms) / max(1, chosen[-1].end_ms - chosen[0].start_ms)
    moved = in_order(
        replace(
            word,
            start_ms=start_ms + round((word.start_ms - chosen[0].start_ms) * scale),
            end_ms=start_ms + round((word.end_ms - chosen[0].start_ms) * scale),
            origin="manual",
            locked=True,
        )
        for word in chosen
    )
    if start_ms < low or (high is not None and moved[-1].start_ms > high):
        raise NotPossible("start_ms", "The words would overlap their neighbours.")
    before = [ended_by(word, start_ms) for word in segment.words[:first_word]]
    return replace(segment, words=(*before, *moved, *rest))


def let_go(segment: Segment, first_word: int, last_word: int) -> Segment:
    """Take the locks off words `first_word` to `last_word` (included): their times are guesses now.

    Raises:
        NotPossible: no such words.
    """
    if not 0 <= first_word <= last_word < len(segment.words):
        raise NotPossible("first_word", "This word no longer exists. Try again.")
    words = list(segment.words)
    for index in range(first_word, last_word + 1):
        if words[index].locked:
            words[index] = replace(words[index], locked=False, origin="placed", confidence=None)
    return replace(segment, words=tuple(words))


def lasting_until(segment: Segment, end_ms: int) -> Segment:
    """The segment with its last word ending then, or as soon after as its length allows."""
    if not segment.words:
        return segment
    last = segment.words[-1]
    last = replace(last, end_ms=max(end_ms, last.start_ms + MIN_WORD_MS))
    return replace(segment, words=(*segment.words[:-1], last))


def clamped(segment: Segment, low: int, high: int | None) -> Segment:
    """The segment with every start within [low, high] (None: no end)."""
    words = []
    for word in segment.words:
        start = max(low, word.start_ms if high is None else min(word.start_ms, high))
        words.append(replace(word, start_ms=start, end_ms=max(word.end_ms, start + MIN_WORD_MS)))
    return replace(segment, words=tuple(words))
