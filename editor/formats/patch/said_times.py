"""When the captions of a file are to be shown, by the times of their words in the transcript."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from editor.document import Word
from editor.formats.timing_line import Timing


def said_spans(
    timings: Mapping[int, Timing], words: Mapping[int, Sequence[Word]]
) -> dict[int, tuple[int, int]]:
    """(start, end) in ms of each caption that has words, by the keys that both have.

    A caption of which no word was heard (a sign, a note, music) has no times but those of its
    file, and moves by as much as the heard caption does that begins nearest to it.
    """
    spans = {
        key: (min(w.start_ms for w in words[key]), max(w.end_ms for w in words[key]))
        for key in timings
        if words.get(key)
    }
    guessed = {key for key in spans if not any(map(_is_known, words[key]))}
    known = sorted((timings[key].start_ms, spans[key][0]) for key in spans if key not in guessed)
    for key in guessed:
        by_ms = _nearest_shift(known, timings[key].start_ms)
        start_ms, end_ms = timings[key].start_ms + by_ms, timings[key].end_ms + by_ms
        spans[key] = max(0, start_ms), max(0, end_ms)
    return spans


def _nearest_shift(known: Sequence[tuple[int, int]], at_ms: int) -> int:
    """How much later captions are said than shown around a time; `known` are (shown, said)."""
    at = bisect_left(known, (at_ms, 0))
    around = known[max(0, at - 1) : at + 1]
    shown, said = min(around, key=lambda one: abs(one[0] - at_ms), default=(0, 0))
    return said - shown


def _is_known(word: Word) -> bool:
    return word.origin != "placed" or word.locked
