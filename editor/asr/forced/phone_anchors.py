"""Places of a text found in what was heard of a whole recording, by runs of the same phones.

Phones are compared by classes that the network seldom confuses. Where runs of them stand on both
sides in the same order and near each other, more than chance brings together, there is an anchor;
the heaviest chain of anchors that rise on both sides is kept (as BLAST and MUMmer do for genomes).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.align.anchors import longest_rise, unique_pairs

#: Phones that are taken for each other, by their first letters; others have a class of their own.
_ALIKE = ("aäàãɐɑæʌ", "eɛɪiəẽĩɨɘ", "oɔʊuõũɤɯ", "yʏøœɝɚɜ", "pb", "tdðθ", "kgɡ", "sz", "ʃʒɕʑçʂ", "fv",
          "ɹrɾʁʀɻɽ", "nŋɲ", "wβʋ")  # fmt: skip
_ALIKE_SHARE, _LEAST_PROBABILITY = 0.5, 1e-8
#: So many phones are a seed; seeds within so many phones of each other on either side, and so near
#: the same diagonal, are one anchor if they cover so many.
_SEED, _NEAR, _DIAGONAL, _LEAST_COVERED = 6, 50, 8, 16
#: Seeds that stand more often on either side are none. Where there are more in all, each place
#: keeps those nearest to where they would be if both sides went on at one pace.
_MOST_TIMES, _MOST_SEEDS, _LEAST_KEPT = 30, 300_000, 4
#: Sides with more pairs of phones than this are parted first, since time and memory grow with them:
#: where so many phones in a row are the same that stand once on either side, some way apart.
_MOST_PAIRS, _UNIQUE, _PART = 30_000**2, 16, 15_000
#: After so many seeds a look whether anchors are still wanted.
_LOOK = 10_000
#: Odd, so that no phone of a run is lost.
_MIXED = np.uint64(0x9E3779B97F4A7C15)


class Anchor(NamedTuple):
    """A run of places (text, heard) that are the same phone, rising on both sides.

    `covered` is how many phones of the text it explains.
    """

    places: list[tuple[int, int]]
    covered: int


def classes_of(tokens: Mapping[str, int]) -> NDArray[np.int64]:
    """The class of each token, by number."""
    classes = np.arange(len(tokens))
    for name, number in tokens.items():
        for group in _ALIKE:
            if name[0] in group:
                classes[number] = tokens[next(n for n in tokens if n[0] == group[0])]
    return classes


def alike_in(tokens: Mapping[str, int]) -> NDArray[np.float32]:
    """How much a token (row) counts for each that it is taken for (column)."""
    classes = classes_of(tokens)
    alike = np.where(classes[:, None] == classes[None, :], _ALIKE_SHARE, 0.0)
    np.fill_diagonal(alike, 1.0)
    return alike.astype(np.float32)


def with_alike(logs: NDArray[np.float32], alike: NDArray[np.float32]) -> NDArray[np.float32]:
    """The log probability of each token or one that is taken for it."""
    mixed: NDArray[np.float32] = np.log(np.maximum(np.exp(logs) @ alike, _LEAST_PROBABILITY))
    return mixed


def anchors_of(
    text: NDArray[np.int64],
    heard: NDArray[np.int64],
    checkpoint: Callable[[], None] = lambda: None,
) -> list[Anchor]:
    """Anchors that rise on both sides; `text` and `heard` are the classes of phones, in order.

    `checkpoint` is called often; what it raises ends all.
    """
    anchors: list[Anchor] = []
    for (first, said), (end, said_end) in pairwise(_bounds(text, heard)):
        checkpoint()
        seeds = _seeds(text[first:end], heard[said:said_end])
        found = _heaviest_chain(_joined(seeds, checkpoint))
        for places, covered in found:
            anchors.append(Anchor([(i + first, j + said) for i, j in places], covered))
    return anchors


def _bounds(text: NDArray[np.int64], heard: NDArray[np.int64]) -> list[tuple[int, int]]:
    """Where long sides are parted, beginnings and ends included: at unique runs that rise."""
    bounds, ends = [(0, 0)], (len(text), len(heard))
    if ends[0] * ends[1] > _MOST_PAIRS and min(ends) >= _UNIQUE:
        for place in longest_rise(unique_pairs(_grams(text, _UNIQUE), _grams(heard, _UNIQUE))):
            if min(place[0] - bounds[-1][0], place[1] - bounds[-1][1]) >= _PART:
                bounds.append(place)
    return [*bounds, ends]


def _seeds(text: NDArray[np.int64], heard: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where so many phones in a row are the same, rising in the text: (n, 2), text and heard."""
    if min(len(text), len(heard)) < _SEED:
        return np.empty((0, 2), np.int64)
    written, said = _grams(text, _SEED), _grams(heard, _SEED)
    _, kind, times = np.unique(written, return_inverse=True, return_counts=True)
    order = np.argsort(said, kind="stable")
    said = said[order]
    first = np.searchsorted(said, written, "left")
    counts = np.searchsorted(said, written, "right") - first
    counts[(times[kind] > _MOST_TIMES) | (counts > _MOST_TIMES)] = 0
    if counts.sum() > _MOST_SEEDS:
        # The same runs lie side by side, in their order: as many around the one that is nearest.
        each = max(_LEAST_KEPT, _MOST_SEEDS // int(np.count_nonzero(counts)))
        kept = np.minimum(counts, each)
        expected = np.arange(len(written)) * (len(heard) / len(text))
        nearest = _searched_in_runs(order, first, counts, expected)
        first += np.clip(nearest - kept // 2, 0, counts - kept)
        counts = kept
    begins = np.cumsum(counts) - counts
    within = np.arange(counts.sum()) - np.repeat(begins, counts)
    places = order[np.repeat(first, counts) + within]
    return np.stack([np.repeat(np.arange(len(written)), counts), places], axis=1)


def _searched_in_runs(
    values: NDArray[np.int64],
    first: NDArray[np.int64],
    counts: NDArray[np.int64],
    wanted: NDArray[np.floating],
) -> NDArray[np.int64]:
    """How many of the rising `values[first : first + count]` are below each of `wanted`."""
    low, high = np.zeros_like(counts), counts.copy()
    while (low < high).any():
        middle = (low + high) // 2
        at = np.minimum(first + middle, len(values) - 1)
        is_below = (low < high) & (values[at] < wanted)
        high = np.where(is_below, high, np.minimum(high, middle))
        low = np.where(is_below, middle + 1, low)
    return low


def _grams(phones: NDArray[np.int64], length: int) -> NDArray[np.uint64]:
    """The phones from each place on, so many, as one number: of different ones hardly the same."""
    grams = np.zeros(max(0, len(phones) - length + 1), np.uint64)
    for n in range(length):
        grams = grams * _MIXED + phones[n : n + len(grams)].astype(np.uint64)
    return grams


def _joined(places: NDArray[np.int64], checkpoint: Callable[[], None]) -> list[Anchor]:
    """Seeds near each other as anchors, those that cover little left out."""
    covered = np.full(len(places), _SEED)
    before = np.full(len(places), -1)
    first = 0
    for n in range(len(places)):
        if n % _LOOK == 0:
            checkpoint()
        written, said = int(places[n, 0]), int(places[n, 1])
        while places[first, 0] < written - _NEAR:
            first += 1
        near = places[first:n]
        steps = np.minimum(written - near[:, 0], said - near[:, 1])
        drift = np.abs((written - said) - (near[:, 0] - near[:, 1]))
        fits = (steps > 0) & (said - near[:, 1] <= _NEAR) & (drift <= _DIAGONAL)
        if fits.any():
            gains = np.where(fits, covered[first:n] + np.minimum(steps, _SEED), 0)
            best = int(gains.argmax())
            covered[n], before[n] = gains[best], first + best
    anchors, taken = [], np.zeros(len(places), bool)
    for end in np.argsort(-covered, kind="stable").tolist():
        if covered[end] < _LEAST_COVERED:
            break
        run, at = [], end
        while at >= 0 and not taken[at]:
            taken[at] = True
            run.append((int(places[at, 0]), int(places[at, 1])))
            at = int(before[at])
        rest = int(covered[end] - (covered[at] if at >= 0 else 0))
        if rest >= _LEAST_COVERED:
            anchors.append(Anchor(run[::-1], rest))
    return sorted(anchors)


def _heaviest_chain(anchors: list[Anchor]) -> list[Anchor]:
    """Those that rise on both sides and cover most."""
    firsts = np.array([anchor.places[0] for anchor in anchors]).reshape(-1, 2)
    ends = np.array([anchor.places[-1] for anchor in anchors]).reshape(-1, 2)
    weights, before = np.zeros(len(anchors)), np.full(len(anchors), -1)
    for n, anchor in enumerate(anchors):
        fits = (ends[:n] < firsts[n]).all(axis=1)
        if fits.any():
            before[n] = int(np.where(fits, weights[:n], -1).argmax())
        weights[n] = anchor.covered + (weights[before[n]] if before[n] >= 0 else 0)
    chain, at = [], int(weights.argmax()) if anchors else -1
    while at >= 0:
        chain.append(anchors[at])
        at = int(before[at])
    return chain[::-1]
