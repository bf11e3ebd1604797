"""Cuts two long texts in places that surely belong together, so that linking stays linear.

An anchor is an n-gram that each side has once; where that leaves too much, as in a text that stands
twice, one that is rare. The longest chain of anchors that rises on both
sides holds the backbone (patience sorting); anchors that stand alone in it may be chance, and are
no place to cut.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.uint64]
Cut = tuple[int, int]

_GRAM_WORDS = 4
#: Anchors this close on both sides vouch for each other ...
_NEAR_WORDS = 48
#: ... and so many of them are no chance.
_CLUSTER_ANCHORS = 8
#: Texts are cut into parts of at least this many words.
_PART_WORDS = 600
_MIX = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93)


def cuts_between(written: Sequence[int], recognised: Sequence[int], *, most: int = 1) -> list[Cut]:
    """Pairs (written index, heard index) at which both texts can be cut; word ids below 2**63.

    Anchors may stand `most` times on a side. Cuts rise on both sides by at least `_PART_WORDS`;
    short texts have none.
    """
    cuts: list[Cut] = []
    last = (0, 0)
    for i, j in trusted_anchors(written, recognised, most=most):
        if min(i - last[0], j - last[1]) >= _PART_WORDS:
            last = (i, j)
            cuts.append(last)
    return cuts


def trusted_anchors(
    written: Sequence[int],
    recognised: Sequence[int],
    *,
    most: int = 1,
    least_words: int = _PART_WORDS,
) -> list[Cut]:
    """Where an n-gram that both sides have begins, in order on both sides, none by chance.

    None where a side has less than `least_words`.
    """
    if min(len(written), len(recognised)) < max(least_words, _GRAM_WORDS):
        return []
    pairs = unique_pairs if most == 1 else partial(_rare_pairs, most=most)
    chain = longest_rise(pairs(_grams(written), _grams(recognised)))
    bounds = [0, *(k for k, pair in enumerate(pairwise(chain), 1) if _is_far(*pair)), len(chain)]
    return [
        anchor
        for first, end in pairwise(bounds)
        if end - first >= _CLUSTER_ANCHORS
        for anchor in chain[first:end]
    ]


def _is_far(a: Cut, b: Cut) -> bool:
    return max(b[0] - a[0], b[1] - a[1]) > _NEAR_WORDS


def _grams(ids: Sequence[int]) -> Ids:
    """A number for each n-gram; the same for the same words, wrapping around in 64 bits."""
    words = np.asarray(ids, np.uint64) + np.uint64(1)
    count = len(words) - _GRAM_WORDS + 1
    grams = np.zeros(count, np.uint64)
    for k, factor in enumerate(_MIX):
        part = words[k : k + count] * np.uint64(factor)
        grams = (grams ^ (part ^ (part >> np.uint64(29)))) * np.uint64(_MIX[0])
    return grams


def unique_pairs(a: Ids, b: Ids) -> list[Cut]:
    """Positions of what stands in both exactly once, rising in `a`."""
    (values_a, at_a), (values_b, at_b) = _once(a), _once(b)
    _, in_a, in_b = np.intersect1d(values_a, values_b, assume_unique=True, return_indices=True)
    order = np.argsort(at_a[in_a])
    return list(zip(at_a[in_a][order].tolist(), at_b[in_b][order].tolist(), strict=True))


def _once(grams: Ids) -> tuple[Ids, NDArray[np.intp]]:
    values, first, counts = np.unique(grams, return_index=True, return_counts=True)
    return values[counts == 1], first[counts == 1]


def _rare_pairs(a: Ids, b: Ids, *, most: int) -> list[Cut]:
    """All pairs of positions of what stands in both, up to `most` times; see `longest_rise`."""
    places_a, places_b = _places(a), _places(b)
    pairs = [
        (i, j)
        for gram, here in places_a.items()
        if len(here) <= most and len(there := places_b.get(gram, [])) <= most
        for i in here
        for j in there
    ]
    return sorted(pairs, key=lambda pair: (pair[0], -pair[1]))


def _places(grams: Ids) -> dict[int, list[int]]:
    places: dict[int, list[int]] = {}
    for at, gram in enumerate(grams.tolist()):
        places.setdefault(gram, []).append(at)
    return places


def longest_rise(pairs: Sequence[Cut]) -> list[Cut]:
    """The longest chain of pairs that rises on the second side; they rise on the first.

    Of pairs with the same first, the second must fall, so that the chain has only one of them.

    >>> longest_rise([(0, 5), (1, 1), (2, 3), (3, 2), (4, 9)])
    [(1, 1), (3, 2), (4, 9)]
    """
    tails: list[int] = []
    tail_at: list[int] = []
    before = [-1] * len(pairs)
    for k, (_, j) in enumerate(pairs):
        place = bisect_left(tails, j)
        before[k] = tail_at[place - 1] if place else -1
        tails[place : place + 1] = [j]
        tail_at[place : place + 1] = [k]
    chain, k = [], tail_at[-1] if tail_at else -1
    while k >= 0:
        chain.append(pairs[k])
        k = before[k]
    return chain[::-1]
