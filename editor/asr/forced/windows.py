"""Which windows of a recording to align, and which words are said in each.

A window begins and ends in a pause, so that no word is cut and the first and last words of it have
room. Recognition is often a word off about where a pause is; the silences of the sound are not.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from editor.align.place import Interval
from editor.document import RecognisedWord

#: A window is no longer than this, if there is any pause to cut it at.
MAX_WINDOW_MS = 20_000
#: Pauses of this length are cut at in any case: what sounds in them may be music.
_ALWAYS_CUT_MS = 1500
#: This much of a pause is left at the edges of a window.
_MARGIN_MS = 400
#: Fewer words that were not found together are not looked for one by one.
_FEWEST_WORDS = 4
_SAMPLES_PER_MS = 16
#: With this much sound left after a silence in it, a word began after the silence: recognition
#: begins words after a pause too early, and seldom ends them too late.
_SHORTEST_MS = 60


class Aligner(Protocol):
    """Finds where known words are said."""

    def align(self, samples: NDArray[np.float32], words: Sequence[str]) -> list[Interval | None]:
        """The (start_ms, end_ms) of each word, counted from the first sample, None if not found."""


@dataclass(frozen=True, slots=True)
class Window:
    """An interval of the recording, and the words [first, end) that are said in it; never none."""

    start_ms: int
    end_ms: int
    first: int
    end: int


def windows_of(
    words: Sequence[RecognisedWord],
    *,
    start_ms: int,
    end_ms: int,
    silences: Sequence[Interval] = (),
    max_ms: int = MAX_WINDOW_MS,
) -> list[Window]:
    """Cut what was recognised in [start_ms, end_ms) into windows of about `max_ms` at most.

    They come in order of their starts, and every word is in one. `silences` are (start, end) in ms,
    sorted.
    """
    if not words:
        return []
    pauses = _pauses(words, silences)
    edges = [(start_ms, words[0].start_ms), *pauses, (words[-1].end_ms, end_ms)]
    windows: list[Window] = []
    for first, end in _cut(words, pauses, max_ms):
        left, right = edges[first], edges[end]
        earliest = max(_middle(left), windows[-1].start_ms) if windows else start_ms
        latest = _middle(right) if end < len(words) else end_ms
        start = max(earliest, left[1] - _MARGIN_MS)
        stop = min(latest, right[0] + _MARGIN_MS)
        windows.append(Window(start, max(stop, start + 1), first, end))
    return windows


def times_by(
    aligner: Aligner,
    samples: NDArray[np.float32],
    words: Sequence[RecognisedWord],
    *,
    start_ms: int,
    silences: Sequence[Interval],
    max_ms: int = MAX_WINDOW_MS,
    is_halved: bool = True,
) -> list[Interval | None]:
    """The (start_ms, end_ms) of each word in the media, aligned window by window.

    `samples` begin at `start_ms`. Where the words of a window are not found, its halves are tried
    if it `is_halved`: by chance any few words fit somewhere.
    """
    times: list[Interval | None] = []
    end_ms = start_ms + len(samples) // _SAMPLES_PER_MS
    for window in windows_of(
        words, start_ms=start_ms, end_ms=end_ms, silences=silences, max_ms=max_ms
    ):
        first, last = window.start_ms - start_ms, window.end_ms - start_ms
        part = samples[first * _SAMPLES_PER_MS : last * _SAMPLES_PER_MS]
        inside = words[window.first : window.end]
        found = aligner.align(part, [word.text for word in inside])
        half_ms = min(max_ms, inside[-1].end_ms - inside[0].start_ms) // 2
        # Guessed words may all stand at one place, which no halving parts.
        if not is_halved or any(found) or len(inside) < _FEWEST_WORDS or half_ms < 1:
            times += [
                (t[0] + window.start_ms, t[1] + window.start_ms) if t else None for t in found
            ]
            continue
        times += times_by(
            aligner, part, inside, start_ms=window.start_ms, silences=silences, max_ms=half_ms
        )
    return times


def _middle(pause: Interval) -> int:
    return (pause[0] + pause[1]) // 2


def _length(pause: Interval) -> int:
    return pause[1] - pause[0]


def _pauses(words: Sequence[RecognisedWord], silences: Sequence[Interval]) -> list[Interval]:
    """The pause (start, end) after each word but the last: the silence in it, or where none is.

    Each silence is the pause at one boundary.
    """
    between = [(a.end_ms, max(a.end_ms, b.start_ms)) for a, b in pairwise(words)]
    starts = [word.start_ms for word in words]
    found: dict[int, Interval] = {}
    for silence in silences:
        at = bisect_right(starts, _middle(silence)) - 1
        if at >= 0 and words[at].end_ms - silence[1] >= _SHORTEST_MS:
            at -= 1
        if 0 <= at < len(between):
            found[at] = max(found.get(at, (0, 0)), silence, key=_length)
    return [found.get(k) or pause for k, pause in enumerate(between)]


def _cut(
    words: Sequence[RecognisedWord], pauses: Sequence[Interval], max_ms: int
) -> Iterator[tuple[int, int]]:
    """Ranges [first, end) of words, cut at long pauses and at the longest there is in time."""
    first = 0
    while first < len(words):
        end = first + 1
        while end < len(words) and words[end].end_ms - words[first].start_ms <= max_ms:
            if _length(pauses[end - 1]) >= _ALWAYS_CUT_MS:
                break
            end += 1
        if end < len(words) and _length(pauses[end - 1]) < _ALWAYS_CUT_MS:
            half = first + max(1, (end - first) // 2)
            end = max(range(half, end + 1), key=lambda k: _length(pauses[k - 1]))
        yield first, end
        first = end
