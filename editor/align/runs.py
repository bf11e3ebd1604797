"""Runs of equal words on both sides: the backbone that links are made of.

The edit distance over whole words finds them (rapidfuzz, bit-parallel, between anchors). What it
gets wrong is known and mended here: chance matches inside a missing span, and a repeated
span matched with the wrong one of its copies.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import log2
from typing import TypeVar

from editor.align.anchors import cuts_between, trusted_anchors
from editor.align.distance import Run, gap_sizes, runs_by_distance
from editor.align.gaps import with_single_gaps

_Word = TypeVar("_Word", bound=Hashable)

#: A gap of this many words is suspected to be a missing span with chance matches in it.
_GAP_WORDS = 8
#: Bits by which a run beside a gap must be rarer than the chance to meet it there.
_CHANCE_BITS = 6.0
#: No word is so frequent that a long run of it is chance.
_LEAST_BITS = 0.5
#: Two parts without an anchor are compared whole up to this product of their lengths ...
_PART_CELLS = 2_000_000_000
#: ... beyond it they are texts of different recordings, but for as many words at either end.
_END_WORDS = 4000


def trusted_runs(written: Sequence[str], recognised: Sequence[str]) -> list[Run]:
    """Runs of equal words, rising on both sides, that are no chance."""
    ids: dict[str, int] = {}
    a = [ids.setdefault(word, len(ids)) for word in written]
    b = [ids.setdefault(word, len(ids)) for word in recognised]
    runs = _equal_runs(a, b)
    if max(gap_sizes(runs, len(a), len(b))) < _GAP_WORDS:
        return runs
    bits = bits_by_word(a, b)
    runs = _with_swapped(_without_chance_runs(runs, a, len(b), bits), a, b)
    runs = with_single_gaps(runs, a, b)
    runs = _turned(with_single_gaps(_turned(runs), b, a))
    return _without_chance_runs(runs, a, len(b), bits)


def bits_by_word(
    a: Sequence[_Word], b: Sequence[_Word], *, least_words: int = 0
) -> dict[_Word, float]:
    """How much rarer each word of two texts is than one of all their words, in bits.

    Fewer words than `least_words` are judged like parts of so many.
    """
    counts = Counter(a)
    counts.update(b)
    total = max(counts.total(), least_words)
    return {word: max(_LEAST_BITS, log2(total / times)) for word, times in counts.items()}


def _equal_runs(a: list[int], b: list[int], *, most: int = 1) -> list[Run]:
    """Runs between cuts; a part still too large is cut at anchors that stand up to twice."""
    bounds = [(0, 0), *cuts_between(a, b, most=most), (len(a), len(b))]
    runs: list[Run] = []
    for (i, j), (end_i, end_j) in pairwise(bounds):
        part, other = a[i:end_i], b[j:end_j]
        if len(part) * len(other) > _PART_CELLS and most == 1:
            found: Iterable[Run] = _equal_runs(part, other, most=2)
        else:
            found = _runs_in_part(part, other)
        for row, column, length in found:
            _append(runs, (i + row, j + column, length))
    return runs


def _with_swapped(runs: list[Run], a: list[int], b: list[int]) -> list[Run]:
    """Add runs in gaps where both sides have words, and the same passage at different ends.

    Of two passages that changed places, and are as long, the edit distance links neither: a word
    replaced costs it no more than a word missing. The longer one is linked here.
    """
    found: list[Run] = []
    bounded = [(0, 0, 0), *runs, (len(a), len(b), 0)]
    for before, after in pairwise(bounded):
        if before[2]:
            _append(found, before)
        (i, j), (end_i, end_j) = (before[0] + before[2], before[1] + before[2]), after[:2]
        anchors = trusted_anchors(a[i:end_i], b[j:end_j], least_words=_GAP_WORDS)
        if not anchors:
            continue
        cuts = [(i, j), *((i + row, j + column) for row, column in anchors), (end_i, end_j)]
        for (row, column), (end_row, end_column) in pairwise(cuts):
            for di, dj, length in runs_by_distance(a[row:end_row], b[column:end_column]):
                _append(found, (row + di, column + dj, length))
    return found


def _append(runs: list[Run], run: Run) -> None:
    """Add a run, as part of the last one if it goes on with it."""
    i, j, length = run
    if runs and (runs[-1][0] + runs[-1][2], runs[-1][1] + runs[-1][2]) == (i, j):
        i, j, length = (*runs[-1][:2], runs.pop()[2] + length)
    runs.append((i, j, length))


def _runs_in_part(a: list[int], b: list[int]) -> Iterator[Run]:
    if len(a) * len(b) <= _PART_CELLS:
        yield from runs_by_distance(a, b)
        return
    yield from runs_by_distance(a[:_END_WORDS], b[:_END_WORDS])
    for i, j, length in runs_by_distance(a[-_END_WORDS:], b[-_END_WORDS:]):
        yield len(a) - _END_WORDS + i, len(b) - _END_WORDS + j, length


def _without_chance_runs(
    runs: list[Run], written: list[int], recognised_count: int, bits: Mapping[int, float]
) -> list[Run]:
    """Drop equal runs beside a gap that are no rarer than what one meets there by chance."""
    while True:
        gaps = gap_sizes(runs, len(written), recognised_count)
        kept = [
            run
            for run, left, right in zip(runs, gaps, gaps[1:], strict=False)
            if max(left, right) < _GAP_WORDS
            or sum(bits[word] for word in written[run[0] : run[0] + run[2]])
            >= log2(max(left, right)) + _CHANCE_BITS
        ]
        if len(kept) == len(runs):
            return kept
        runs = kept


def _turned(runs: list[Run]) -> list[Run]:
    """The same runs with the sides exchanged."""
    return [(j, i, length) for i, j, length in runs]
