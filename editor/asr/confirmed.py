"""Times in sound that other voices drown: only what two ears agree on is one.

Whisper's attention follows words in noise in which the phones alone are lost, but where it errs, it
errs by much and does not say so. It puts a right word at the same place in windows that begin
elsewhere, and the phones, looked for near there, are found where it is; a wrong word is not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import accumulate
from statistics import median

import numpy as np
from numpy.typing import NDArray

from editor.align.place import Interval, place_between
from editor.asr.forced.windows import windows_of
from editor.asr.forced.word import ForcedAligner
from editor.asr.vad import SAMPLES_PER_MS
from editor.document import MIN_WORD_MS, RecognisedWord, Word, runs_where

#: Windows for the attention, and how far the next is from each: every word is in two.
_WINDOW_MS, _STEP_MS = 15_000, 7_500
#: The edges of a window; words there are aligned badly.
_EDGE_MS = 1_000
#: The attention has a word within so much in all windows, and the phones so near their median.
_ATTENTION_MS, _PHONES_MS = 200, 100
#: Sound around the words that is aligned with them.
_AROUND_MS = 400
#: So many words in a row that nothing confirmed stand where recognition had them, fewer between
#: their neighbours.
_MANY = 20
#: Fewer words with a bad fit are single slips, and no noise.
_FEWEST_DROWNED = 4


#: Finds known words in samples near where they are expected: the (start_ms, end_ms) of each,
#: counted from the first sample, as those expected are.
AlignNear = Callable[
    [NDArray[np.float32], Sequence[str], Sequence[Interval]], list[Interval | None]
]
#: Makes what aligns words by attention in some sound: float32 (n,), mono, 16 kHz.
ListenIn = Callable[[NDArray[np.float32]], ForcedAligner]


def with_drowned_confirmed(
    times: Sequence[Interval | None],
    samples: NDArray[np.float32],
    words: Sequence[RecognisedWord],
    align_near: AlignNear,
    listen_in: ListenIn,
    *,
    start_ms: int,
    silences: Sequence[Interval],
) -> tuple[list[Interval | None], list[bool]]:
    """The times of words by their phones, with those of words that the phones alone did not find.

    `samples` begin at `start_ms`; `silences` are (start, end) in ms, sorted. With them comes for
    each word whether its sound is drowned, so that nobody can say when it is said.
    """
    found, drowned = list(times), [False] * len(words)
    for first, end in runs_where(time is None for time in times):
        if end - first < _FEWEST_DROWNED:
            continue
        found[first:end] = _confirmed(
            samples, words[first:end], align_near, listen_in, start_ms, silences
        )
        drowned[first:end] = [time is None for time in found[first:end]]
    return found, drowned


def with_guesses(
    words: Sequence[RecognisedWord],
    drowned: Sequence[bool],
    *,
    start_ms: int,
    end_ms: int,
    silences: Sequence[Interval],
) -> list[RecognisedWord]:
    """The words of [start_ms, end_ms), those `drowned` marked as guesses.

    Few in a row stand between their neighbours, by their letters.
    """
    if not any(drowned):
        return list(words)
    known: list[Word | None] = [
        Word(word.text, word.start_ms, word.end_ms, locked=True) for word in words
    ]
    for first, end in runs_where(drowned):
        if end - first <= _MANY:
            known[first:end] = [None] * (end - first)
            continue
        latest_ms = words[end].start_ms if end < len(words) else end_ms
        for n in range(first, end):
            start = min(words[n].start_ms, latest_ms)
            known[n] = Word(words[n].text, start, max(words[n].end_ms, start + MIN_WORD_MS))
    placed = place_between(
        [word.text for word in words],
        [True] * len(words),
        known,
        start_ms=start_ms,
        end_ms=end_ms,
        silences=silences,
    )
    return [
        replace(word, start_ms=at.start_ms, end_ms=at.end_ms, is_guessed=is_drowned)
        for word, at, is_drowned in zip(words, placed, drowned, strict=True)
    ]


def _confirmed(
    samples: NDArray[np.float32],
    words: Sequence[RecognisedWord],
    align_near: AlignNear,
    listen_in: ListenIn,
    start_ms: int,
    silences: Sequence[Interval],
) -> list[Interval | None]:
    """The (start_ms, end_ms) in the media of each word that attention and phones agree on."""
    ears = _attended(samples, words, listen_in, start_ms)
    expected = _in_order([_middle(times) for times in ears])
    times: list[Interval | None] = []
    end_ms = start_ms + len(samples) // SAMPLES_PER_MS
    moved = [
        RecognisedWord(n, word.text, start, end, word.probability)
        for n, (word, (start, end)) in enumerate(zip(words, expected, strict=True))
    ]
    for window in windows_of(moved, start_ms=start_ms, end_ms=end_ms, silences=silences):
        first_ms = max(start_ms, min(window.start_ms, moved[window.first].start_ms - _AROUND_MS))
        last_ms = min(end_ms, max(window.end_ms, moved[window.end - 1].end_ms + _AROUND_MS))
        near = expected[window.first : window.end]
        found = align_near(
            _part(samples, first_ms - start_ms, last_ms - start_ms),
            [word.text for word in words[window.first : window.end]],
            [(start - first_ms, end - first_ms) for start, end in near],
        )
        times += [(t[0] + first_ms, t[1] + first_ms) if t else None for t in found]
    return [
        time if time and _is_agreed(time, ear, there) else None
        for time, ear, there in zip(times, ears, expected, strict=True)
    ]


def _attended(
    samples: NDArray[np.float32],
    words: Sequence[RecognisedWord],
    listen_in: ListenIn,
    start_ms: int,
) -> list[list[Interval]]:
    """For each word the times that attention gives it: its own, and those of other windows."""
    ears = [[(word.start_ms, word.end_ms)] for word in words]
    end_ms = start_ms + len(samples) // SAMPLES_PER_MS
    starts = [word.start_ms for word in words]
    first_ms = max(start_ms, starts[0] - _WINDOW_MS + _STEP_MS)
    for from_ms in range(first_ms, starts[-1] + 1, _STEP_MS):
        until_ms = min(end_ms, from_ms + _WINDOW_MS)
        first, end = bisect_left(starts, from_ms), bisect_left(starts, until_ms - _EDGE_MS)
        if end - first < _FEWEST_DROWNED:
            continue
        force_align = listen_in(_part(samples, from_ms - start_ms, until_ms - start_ms))
        aligned = force_align([word.text for word in words[first:end]])
        for n, one in enumerate(aligned, first):
            is_inside = one.start_ms >= _EDGE_MS and one.end_ms <= until_ms - from_ms - _EDGE_MS
            if is_inside:
                ears[n].append((one.start_ms + from_ms, one.end_ms + from_ms))
    return ears


def _middle(times: Sequence[Interval]) -> Interval:
    starts, ends = zip(*times, strict=True)
    return round(median(starts)), round(median(ends))


def _in_order(times: Sequence[Interval]) -> list[Interval]:
    """Times whose starts never decrease, each long enough."""
    starts = accumulate((start for start, _ in times), max)
    return [
        (start, max(end, start + MIN_WORD_MS))
        for start, (_, end) in zip(starts, times, strict=True)
    ]


def _is_agreed(time: Interval, ear: Sequence[Interval], expected: Interval) -> bool:
    starts = [start for start, _ in ear]
    is_steady = len(ear) > 1 and max(starts) - min(starts) <= _ATTENTION_MS
    return is_steady and abs(time[0] - expected[0]) <= _PHONES_MS


def _part(samples: NDArray[np.float32], first_ms: int, end_ms: int) -> NDArray[np.float32]:
    return samples[first_ms * SAMPLES_PER_MS : end_ms * SAMPLES_PER_MS]
