"""Runs of equal ids by edit distance (rapidfuzz, bit-parallel), and the gaps between runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

Run = tuple[int, int, int]  # index in a, index in b, length


def runs_by_distance(a: Sequence[int], b: Sequence[int]) -> Iterator[Run]:
    """The runs that an alignment of least edit distance leaves equal, in order."""
    for block in Levenshtein.opcodes(a, b).as_matching_blocks()[:-1]:
        yield block.a, block.b, block.size


def gap_sizes(runs: Sequence[Run], count_a: int, count_b: int) -> list[int]:
    """Words in the longer side of each gap, from before the first run to after the last."""
    return [max(rows, columns) for rows, columns in gap_shapes(runs, count_a, count_b)]


def gap_shapes(runs: Sequence[Run], count_a: int, count_b: int) -> list[tuple[int, int]]:
    """Words in either side of each gap, from before the first run to after the last."""
    bounded = [(0, 0, 0), *runs, (count_a, count_b, 0)]
    return [(q[0] - p[0] - p[2], q[1] - p[1] - p[2]) for p, q in pairwise(bounded)]
