"""Where recognition was unsure of all its words, as it is where another language is spoken.

Recognised in the wrong language, words get probabilities of 0.4 to 0.5 on average; in the right one
of 0.8 and more, with the smallest models, too.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import mean

from editor.align.place import Interval, outside
from editor.document import RecognisedWord

#: A chunk is looked at in steps of about this length, which end in silences.
_STEP_MS = 8_000
#: On average, words below this are unsure ...
_UNSURE = 0.78
#: ... and this much more of it another language must give them.
_SURER = 0.15
#: Words of this probability may be noise in any language.
_LEAST = 0.65
_LONGEST_MS = 28_000
#: Shorter parts between others in a language are in it, too, if they may be.
_ISLAND_MS = 12_000
#: Less sound than this tells no language.
_LEAST_SOUND_MS = 3_000


def unsure_intervals(
    recognised: Sequence[RecognisedWord],
    *,
    start_ms: int,
    end_ms: int,
    silences: Sequence[Interval] = (),
) -> list[Interval]:
    """The intervals of [start_ms, end_ms) that may be in another language, half a minute at most.

    `recognised` is in order; `silences` are (start, end) in ms, sorted.
    """
    steps = list(_steps(start_ms, end_ms, silences))

    def is_unsure(step: Interval) -> bool:
        return _probability(within(recognised, step)) < _UNSURE

    found: list[Interval] = []
    for unsure, run in groupby(steps, is_unsure):
        if unsure:
            found += _joined(list(run))
    return [interval for interval in found if _sound_ms(interval, silences) >= _LEAST_SOUND_MS]


def surer_intervals(
    new: Sequence[RecognisedWord],
    old: Sequence[RecognisedWord],
    interval: Interval,
    silences: Sequence[Interval] = (),
) -> list[Interval]:
    """The parts of an interval, from silence to silence, where words in another language win.

    None where those are not much surer there than the old ones. Both are in order.
    """
    steps = list(_steps(*interval, silences, step_ms=0))
    wins = [_probability(within(new, one)) > _probability(within(old, one)) for one in steps]
    parts = [
        step
        for n, step in enumerate(steps)
        if wins[n]
        or (
            # Nobody changes the language for half a sentence that both may be right about.
            True in wins[:n]
            and True in wins[n + 1 :]
            and step[1] - step[0] < _ISLAND_MS
            and _probability(within(new, step)) >= _LEAST
        )
    ]
    first, second = ([w for part in parts for w in within(words, part)] for words in (new, old))
    is_surer = _probability(first) >= max(_probability(second) + _SURER, _LEAST)
    return parts if is_surer else []


def within(words: Sequence[RecognisedWord], span: Interval) -> list[RecognisedWord]:
    """Of words in order, those that begin in a span."""
    first, end = (bisect_left(words, at, key=lambda word: word.start_ms) for at in span)
    return list(words[first:end])


def _probability(words: Sequence[RecognisedWord]) -> float:
    """That of words on average."""
    return mean(word.probability for word in words) if words else 0.0


def _steps(
    start_ms: int, end_ms: int, silences: Sequence[Interval], *, step_ms: int = _STEP_MS
) -> Iterator[Interval]:
    at_ms = start_ms
    for first, last in silences:
        middle = (first + last) // 2
        if middle - at_ms > step_ms and middle < end_ms:
            yield at_ms, middle
            at_ms = middle
    if at_ms < end_ms:
        yield at_ms, end_ms


def _joined(steps: Sequence[Interval]) -> Iterator[Interval]:
    """Neighbours put together as far as the longest goes."""
    first, last = steps[0]
    for step in steps[1:]:
        if step[1] - first > _LONGEST_MS:
            yield first, last
            first = step[0]
        last = step[1]
    yield first, last


def _sound_ms(interval: Interval, silences: Sequence[Interval]) -> int:
    return sum(end - start for start, end in outside(silences, interval))
