"""What is left of a recording once the struck-out words are cut out of it, and its times. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from editor.document import MIN_WORD_MS, Segment, Transcript, Word, runs_where

#: [start_ms, end_ms) of a recording.
Span = tuple[int, int]
#: What is shorter is not cut: nobody would hear that it is gone.
_LEAST_CUT_MS = 40


def cuts_of(transcript: Transcript) -> list[Span]:
    """What is cut out, in order: struck-out words with the shorter of the pauses around them.

    Nothing of a word that stays is cut, also where two people talk at once.
    """
    words = list(transcript.words())
    cuts = list[Span]()
    ends = _latest_kept_ends(words)
    for first, end in runs_where(word.struck for word in words):
        start_ms = max(words[first].start_ms, ends[first])
        end_ms = max(word.end_ms for word in words[first:end])
        if end < len(words):
            next_ms = words[end].start_ms
            before_ms = max(0, words[first].start_ms - ends[first]) if first else 0
            after_ms = max(0, next_ms - end_ms)
            end_ms = min(next_ms, end_ms + min(before_ms, after_ms))
        if end_ms - start_ms >= _LEAST_CUT_MS:
            cuts.append((start_ms, end_ms))
    return cuts


def _latest_kept_ends(words: Sequence[Word]) -> list[int]:
    """For each word, the latest end of a word before it that stays, in ms."""
    ends, latest = list[int](), 0
    for word in words:
        ends.append(latest)
        latest = latest if word.struck else max(latest, word.end_ms)
    return ends


def kept_spans(cuts: Sequence[Span], duration_ms: int) -> list[Span]:
    """What stays of a recording, in order.

    >>> kept_spans([(0, 100), (300, 400)], 1000)
    [(100, 300), (400, 1000)]
    """
    starts = [0, *(end_ms for _, end_ms in cuts)]
    ends = [*(start_ms for start_ms, _ in cuts), max(duration_ms, starts[-1])]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if end > start]


def on_clock_of_cut(transcript: Transcript, kept: Sequence[Span]) -> Transcript:
    """A transcript without struck-out words, with its times as in what is kept of the recording."""
    starts = [start_ms for start_ms, _ in kept]
    passed, total = list[int](), 0
    for start_ms, end_ms in kept:
        passed.append(total)
        total += end_ms - start_ms

    def moved(time_ms: int) -> int:
        at = bisect_right(starts, time_ms) - 1
        if at < 0:
            return 0
        start_ms, end_ms = kept[at]
        return passed[at] + min(time_ms, end_ms) - start_ms

    def timed(word: Word) -> Word:
        start_ms = moved(word.start_ms)
        return replace(
            word, start_ms=start_ms, end_ms=max(moved(word.end_ms), start_ms + MIN_WORD_MS)
        )

    def shifted(segment: Segment) -> Segment:
        return replace(segment, words=tuple(map(timed, segment.words)))

    return Transcript(tuple(map(shifted, transcript.segments)))
