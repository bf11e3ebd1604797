"""Puts a gap where one gap explains most, where edit distance is indifferent or misled.

A span that is repeated inside a missing one, a chorus say, costs the same matched with any of
its copies, and a long gap beside it offers chance matches for a few words more. What a person sees
is one missing span: so around each long gap the best alignment with a single gap is sought.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from editor.align.distance import Run, gap_shapes, runs_by_distance

#: A side that is this much longer lacks a span on the other side.
_GAP_WORDS = 8
#: One that is this much longer may lack the rest of one.
_BREAK_WORDS = 3
#: Around a gap this many words are looked at, on either side.
_MARGIN_WORDS = 100
#: And no more than this many are aligned anew.
_WINDOW_WORDS = 400
#: Equal words that a gap less is worth.
_GAP_COST = 2
#: Up to this many neighbouring breaks may come from one gap.
_MOST_BREAKS = 4
_MAX_PASSES = 8

_Break = tuple[int, int]  # index of the run behind it, words that `b` lacks there


def with_single_gaps(runs: list[Run], a: Sequence[int], b: Sequence[int]) -> list[Run]:
    """Align anew around places where long spans of `a` miss in `b`, if fewer gaps explain it."""
    for _ in range(_MAX_PASSES):
        mended = runs
        for count in range(_MOST_BREAKS, 0, -1):
            mended = _pass(mended, a, b, count)
        if mended == runs:
            break
        runs = mended
    return runs


def _pass(runs: list[Run], a: Sequence[int], b: Sequence[int], break_count: int) -> list[Run]:
    """Try to explain each so many neighbouring breaks by one gap."""
    mended, done = list[Run](), 0
    for first, end in _windows(runs, _breaks(runs, len(a), len(b)), break_count):
        # What was aligned anew bounds the next one, which the next pass looks at.
        if done and first <= done:
            continue
        better = _with_one_gap(runs, (first, end), a, b)
        if better is not None:
            mended += [*runs[done:first], *better]
            done = end
    return [*mended, *runs[done:]]


def _breaks(runs: Sequence[Run], count_a: int, count_b: int) -> list[_Break]:
    lost = [rows - columns for rows, columns in gap_shapes(runs, count_a, count_b)]
    return [(index, words) for index, words in enumerate(lost) if words >= _BREAK_WORDS]


def _windows(
    runs: Sequence[Run], breaks: Sequence[_Break], break_count: int
) -> Iterator[tuple[int, int]]:
    """Ranges of runs around neighbouring breaks of which one is long, up to the breaks beyond."""
    starts = [run[1] for run in runs]
    bounds = [0, *(index for index, _ in breaks), len(runs)]
    for k in range(len(breaks) - break_count + 1):
        group = breaks[k : k + break_count]
        if max(lost for _, lost in group) >= _GAP_WORDS:
            first, end = _before(starts, runs, group[0][0]), _behind(starts, runs, group[-1][0])
            yield max(bounds[k], first), min(bounds[k + break_count + 1], end)


def _before(starts: Sequence[int], runs: Sequence[Run], index: int) -> int:
    """The first run that lies within the margin before the break at `index`."""
    at = runs[index - 1][1] + runs[index - 1][2] if index else 0
    return bisect_left(starts, at - _MARGIN_WORDS)


def _behind(starts: Sequence[int], runs: Sequence[Run], index: int) -> int:
    at = starts[index] if index < len(runs) else 0
    return bisect_right(starts, at + _MARGIN_WORDS) if index < len(runs) else len(runs)


def _with_one_gap(
    runs: Sequence[Run], window: tuple[int, int], a: Sequence[int], b: Sequence[int]
) -> list[Run] | None:
    """Runs for a window with a single gap, or None if that explains it no better."""
    first, end = window
    i, j, length = runs[first - 1] if first else (0, 0, 0)
    low, high = (i + length, j + length), (len(a), len(b))
    if end < len(runs):
        high = runs[end][:2]
    columns = b[low[1] : high[1]]
    if not 0 < len(columns) <= _WINDOW_WORDS or high[0] - low[0] - len(columns) < _GAP_WORDS:
        return None
    reach = len(columns) + _GAP_WORDS
    head = _common(a[low[0] : min(high[0], low[0] + reach)], columns)
    tail = _common(a[max(low[0], high[0] - reach) : high[0]][::-1], columns[::-1])[::-1]
    score, split = max((h[0] + t[0], k) for k, (h, t) in enumerate(zip(head, tail, strict=True)))
    if score - _GAP_COST <= _worth(runs[first:end], low, high):
        return None
    upper, lower = low[0] + head[split][1], high[0] - tail[split][1]
    if upper > lower:
        return None
    middle = low[1] + split
    return [
        *_runs_between(a, b, (low[0], upper), (low[1], middle)),
        *_runs_between(a, b, (lower, high[0]), (middle, high[1])),
    ]


def _worth(runs: Sequence[Run], low: tuple[int, int], high: tuple[int, int]) -> int:
    """Equal words, less what the gaps cost."""
    bounded = [(*low, 0), *runs, (*high, 0)]
    lost = [(q[0] - p[0] - p[2]) - (q[1] - p[1] - p[2]) for p, q in pairwise(bounded)]
    gaps = sum(words >= _BREAK_WORDS for words in lost)
    return sum(length for _, _, length in runs) - _GAP_COST * gaps


def _common(a: Sequence[int], b: Sequence[int]) -> list[tuple[int, int]]:
    """What each beginning of `b` has in common with `a`, and how much of `a` that needs.

    The longest common subsequence, bit-parallel (Hyyrö 2004): bit i of `row` is 0 where one more
    word of `a` makes it longer.
    """
    places: dict[int, int] = {}
    for i, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << i
    mask = (1 << len(a)) - 1
    row, counts = mask, [(0, 0)]
    for word in b:
        hits = row & places.get(word, 0)
        row = ((row + hits) | (row - hits)) & mask
        gone = row ^ mask
        counts.append((gone.bit_count(), gone.bit_length()))
    return counts


def _runs_between(
    a: Sequence[int], b: Sequence[int], rows: tuple[int, int], columns: tuple[int, int]
) -> list[Run]:
    found = runs_by_distance(a[rows[0] : rows[1]], b[columns[0] : columns[1]])
    return [(rows[0] + i, columns[0] + j, length) for i, j, length in found]
