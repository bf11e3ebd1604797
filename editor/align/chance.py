"""Leaves out links that chance explains better than that the words are said there.

Each link is worth the bits by which it is rarer than chance, each gap between two links costs what
it takes to believe in it, and the links worth most in all are kept. So a few like words in a text
that is said elsewhere go, and one between two good ones that does not fit how far these are apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import inf, log2

from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from editor.align.blocks import Link, Side, Span
from editor.align.normalise import weight
from editor.align.runs import bits_by_word

#: How alike words are by chance is measured with so many of them.
_SAMPLE_WORDS = 256
#: Fewer words of both sides are judged like parts of so many.
_LEAST_WORDS = 200
#: Bits that it takes to believe that a word was recognised as one like it ...
_ALIKE_BITS = 4.0
#: ... or as another, and that a word is not said, or not written ...
_REPLACED_BITS, _ONE_SIDE_BITS = 1.0, 4.0
#: ... up to these, for which either side may go on anywhere ...
_JUMP_BITS = 18.0
#: ... but only between links that are worth so much.
_EDGE_BITS = 6.0
#: Words are said though not recognised where there is so much time for each of their letters.
_LETTER_MS = 45
#: Of the chains before so many others only the best is thought of as the one before.
_REACH_CHAINS = 100


@dataclass(frozen=True, slots=True)
class _Chain:
    """Links without a gap between them, and the bits they are worth; each `alike` one is alone."""

    links: Sequence[Link]
    bits: float


def without_chance(
    links: Sequence[Link], a: Side, b: Side, recognised_ms: Sequence[Span] | None = None
) -> list[Link]:
    """The links that are worth most together; none of those given is `different`.

    `recognised_ms` has (start, end) of each recognised word, if these are known.
    """
    chains = list(_chains(links, a.folded, b.folded))
    said_ms = list(accumulate((_LETTER_MS * weight(word) for word in a.folded), initial=0))
    totals: list[float] = []
    highest: list[float] = []
    before: list[int] = []
    far = -1
    for k, chain in enumerate(chains):
        first = chain.links[0]
        # The first gap and the last are half the price: together they say where a passage stands.
        edge = _gap_bits(first.written_first, first.recognised_first, chain.bits)
        most, at = -edge / 2, -1
        reach = max(0, k - _REACH_CHAINS)
        for i in [*range(k - 1, reach - 1, -1), *([far] if far >= 0 else [])]:
            if highest[i] <= most:
                break
            worth = totals[i] - _bits_between(chains[i], chain, said_ms, recognised_ms)
            if worth > most:
                most, at = worth, i
        total = most + chain.bits
        totals.append(total)
        highest.append(max([total, *highest[-1:]]))
        before.append(at)
        if k >= _REACH_CHAINS and chains[reach].bits >= _EDGE_BITS:
            far = reach if far < 0 or totals[reach] > totals[far] else far
    most, at = 0.0, -1
    for k, chain in enumerate(chains):
        last = chain.links[-1]
        left = len(a.folded) - last.written_end, len(b.folded) - last.recognised_end
        worth = totals[k] - _gap_bits(*left, chain.bits) / 2
        if worth > most:
            most, at = worth, k
    kept: list[_Chain] = []
    while at >= 0:
        kept.append(chains[at])
        at = before[at]
    return [link for chain in reversed(kept) for link in chain.links]


def _chains(links: Sequence[Link], a: Sequence[str], b: Sequence[str]) -> Iterator[_Chain]:
    rarity = bits_by_word(a, b, least_words=_LEAST_WORDS)
    # As many words together as are linked with one.
    step = max(1, len(b) // _SAMPLE_WORDS)
    samples = {n: ["".join(b[j : j + n]) for j in range(0, len(b), step)] for n in (1, 2, 3)}
    chain: list[Link] = []
    bits = 0.0
    for link in links:
        if chain and not _goes_on(chain[-1], link):
            yield _Chain(chain, bits)
            chain, bits = [], 0.0
        chain.append(link)
        words = a[link.written_first : link.written_end]
        if link.kind == "equal":
            bits += sum(map(rarity.__getitem__, words))
        else:
            others = b[link.recognised_first : link.recognised_end]
            bits += _likeness_bits("".join(words), "".join(others), samples[len(others)])
            bits -= _ALIKE_BITS
    if chain:
        yield _Chain(chain, bits)


def _goes_on(before: Link, link: Link) -> bool:
    is_beside = (before.written_end, before.recognised_end) == (
        link.written_first,
        link.recognised_first,
    )
    return is_beside and before.kind == link.kind == "equal"


def _likeness_bits(one: str, other: str, sample: Sequence[str]) -> float:
    """How much rarer than by chance it is that these are as alike."""
    likeness = Indel.normalized_similarity(one, other)
    scorer = Indel.normalized_similarity
    as_alike = cdist([one], sample, scorer=scorer, score_cutoff=likeness - 1e-6)[0] > 0
    # The sample is of one side, a text here both.
    return log2((max(len(sample), _LEAST_WORDS // 2) + 1) / (int(as_alike.sum()) + 1))


def _bits_between(
    before: _Chain, after: _Chain, said_ms: Sequence[int], recognised_ms: Sequence[Span] | None
) -> float:
    """What it costs that nothing between two chains is linked.

    `said_ms` is how long the words before each written one take to say.
    """
    last, first = before.links[-1], after.links[0]
    rows = first.written_first - last.written_end
    columns = first.recognised_first - last.recognised_end
    one_side = float(abs(rows - columns))
    if recognised_ms and rows and one_side:
        start_ms = recognised_ms[last.recognised_end - 1][1]
        free_ms = recognised_ms[first.recognised_first][0] - start_ms
        need_ms = said_ms[first.written_first] - said_ms[last.written_end]
        said = rows * free_ms / max(1, need_ms)
        one_side = abs(rows - min(max(rows, columns), max(min(rows, columns), said)))
    return _gap_bits(rows, columns, min(before.bits, after.bits), one_side)


def _gap_bits(rows: int, columns: int, least_bits: float, one_side: float | None = None) -> float:
    """What a gap of so many words on either side costs, between links worth `least_bits`."""
    if one_side is None:
        one_side = abs(rows - columns)
    bits = _REPLACED_BITS * min(rows, columns) + _ONE_SIDE_BITS * one_side
    if bits > _JUMP_BITS and least_bits < _EDGE_BITS:
        return inf
    return min(bits, _JUMP_BITS) + log2((rows + 1) * (columns + 1))
