"""Links in the gaps between runs of equal words: by letters, by what sounds the same, by place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from rapidfuzz.distance import Indel

from editor.align.spoken import (
    MOST_WORDS,
    has_digit,
    is_of_number,
    may_be_said_otherwise,
    number_languages,
    spoken_forms,
)

LinkKind = Literal["equal", "alike", "different"]
Span = tuple[int, int]
_Shape = tuple[int, int]

#: Replaced spans up to this many words a side are compared all with all.
_BLOCK_WORDS = 48
#: At the edges of longer ones this many words are compared.
_EDGE_WORDS = 16
#: Words less alike than this do not vouch for each other.
_LIKENESS = 0.4
#: Words joined to be like one must be more alike: "modeling duality" is 0.73 "multilinguality".
_JOINED_LIKENESS = 0.7
#: Among this many words more on one side than on the other, chance alone makes words more alike.
_UNBALANCED_WORDS, _UNBALANCED_LIKENESS = 8, 0.65
#: Up to this many words a side, what is left over between two links stands for each other.
_SLOT_WORDS = 4
#: What sounds the same is sought among so many words a side, more where numbers may be spelt in
#: another language; English numbers may have `MOST_WORDS`.
_PLAIN_WORDS, _FOREIGN_WORDS = 3, 7
#: More numbers in digits than these, as in a telephone number, are no single one: they are a list,
#: and each span of a long one would be read.
_MOST_IN_DIGITS = 4
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))


@dataclass(frozen=True, slots=True)
class Link:
    """Which recognised words say which written ones: indices [first, end) on either side.

    Neither span is empty. `equal`: the same when spoken, also split, joined or in digits; `alike`:
    nearly the same letters; `different`: other words in the same place.
    """

    written_first: int
    written_end: int
    recognised_first: int
    recognised_end: int
    kind: LinkKind


@dataclass(frozen=True, slots=True)
class Side:
    """The words of one side: `folded` as `comparable` makes them, `shown` with all their marks."""

    folded: Sequence[str]
    shown: Sequence[str]


def links_in_block(a: Side, b: Side, rows: Span, columns: Span) -> list[Link]:
    """Link written words [rows) with recognised words [columns), which stand between two runs."""
    row_count, column_count = rows[1] - rows[0], columns[1] - columns[0]
    if not row_count or not column_count:
        return []
    if row_count <= _BLOCK_WORDS and column_count <= _BLOCK_WORDS:
        return _best_links(a, b, rows, columns)
    width = min(_EDGE_WORDS, row_count // 2, column_count // 2)
    head = _best_links(a, b, (rows[0], rows[0] + width), (columns[0], columns[0] + width))
    tail = _best_links(a, b, (rows[1] - width, rows[1]), (columns[1] - width, columns[1]))
    return _unbroken(head, rows[0], columns[0]) + _unbroken_from_end(tail, rows[1], columns[1])


def _unbroken(links: list[Link], row: int, column: int) -> list[Link]:
    """Keep the links that follow each other without a gap from the block's upper edge."""
    kept = []
    for link in links:
        if link.written_first - row > 1 or link.recognised_first - column > 1:
            break
        kept.append(link)
        row, column = link.written_end, link.recognised_end
    return kept


def _unbroken_from_end(links: list[Link], row: int, column: int) -> list[Link]:
    kept = []
    for link in reversed(links):
        if row - link.written_end > 1 or column - link.recognised_end > 1:
            break
        kept.append(link)
        row, column = link.written_first, link.recognised_first
    return kept[::-1]


def _best_links(a: Side, b: Side, rows: Span, columns: Span) -> list[Link]:
    """The links of greatest likeness in a small block; 1:N, N:1 and 2:2 are allowed.

    A number that is the same when spoken may have up to `MOST_WORDS` on a side.
    """
    one, other = a.folded[slice(*rows)], b.folded[slice(*columns)]
    same = _same_shapes(a.shown[slice(*rows)], b.shown[slice(*columns)])
    best = [[0.0] * (len(other) + 1) for _ in range(len(one) + 1)]
    step: dict[tuple[int, int], tuple[_Shape, LinkKind]] = {}
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            score, shape = max((best[i - 1][j], (1, 0)), (best[i][j - 1], (0, 1)))
            kind: LinkKind = "different"
            for (di, dj), gain, how in _gains(one, other, i, j, same.get((i, j), ())):
                if best[i - di][j - dj] + gain > score:
                    score, shape, kind = best[i - di][j - dj] + gain, (di, dj), how
            best[i][j], step[i, j] = score, (shape, kind)
    return _traced(step, len(one), len(other), rows[0], columns[0])


def _gains(
    a: Sequence[str], b: Sequence[str], i: int, j: int, same: Sequence[_Shape]
) -> Iterator[tuple[_Shape, float, LinkKind]]:
    """What each link that ends before (i, j) is worth; joined words must be nearly the same."""
    is_unbalanced = abs(len(a) - len(b)) >= _UNBALANCED_WORDS
    least = _UNBALANCED_LIKENESS if is_unbalanced else _LIKENESS
    for di, dj in _SHAPES:
        if di > i or dj > j:
            continue
        one, other = "".join(a[i - di : i]), "".join(b[j - dj : j])
        likeness = _likeness(one, other)
        if likeness < (least if di + dj == 2 else _JOINED_LIKENESS):
            continue
        # Each of words that are joined makes them more alike: "of May" is not "May".
        if di + dj == 2 or likeness > _likeness_of_part(a[i - di : i], b[j - dj : j]):
            yield (di, dj), likeness * (di + dj), "equal" if likeness == 1.0 else "alike"
    for di, dj in same:
        yield (di, dj), float(di + dj), "equal"


def _likeness_of_part(a: Sequence[str], b: Sequence[str]) -> float:
    """How alike these are without a word at the beginning or the end of either, at best."""
    shorter = ((a[1:], b), (a[:-1], b), (a, b[1:]), (a, b[:-1]))
    return max(_likeness("".join(one), "".join(other)) for one, other in shorter)


def _likeness(one: str, other: str) -> float:
    likeness: float = Indel.normalized_similarity(one, other) if one and other else 0.0
    return likeness


def _same_shapes(a: Sequence[str], b: Sequence[str]) -> dict[tuple[int, int], list[_Shape]]:
    """For each end (i, j): how many words before it on either side are the same when spoken."""
    if not any(map(may_be_said_otherwise, (*a, *b))):
        return {}
    languages = number_languages(a, b)
    most = _FOREIGN_WORDS if languages else _PLAIN_WORDS
    ends: dict[str, list[Span]] = defaultdict(list)
    for first, end in _spans(a, most):
        for form in spoken_forms(a[first:end], languages):
            ends[form].append((first, end))
    shapes: dict[tuple[int, int], list[_Shape]] = defaultdict(list)
    for low, high in _spans(b, most):
        for form in spoken_forms(b[low:high], languages):
            for first, end in ends.get(form, ()):
                shapes[end, high].append((end - first, high - low))
    return {at: sorted(set(found)) for at, found in shapes.items()}


def _spans(words: Sequence[str], most: int) -> Iterator[Span]:
    """All ranges of up to `most` words, and longer ones where all can belong to a number."""
    in_digits = [0, *accumulate(has_digit([word]) for word in words)]
    for first in range(len(words)):
        for end in range(first + 1, min(first + MOST_WORDS, len(words)) + 1):
            is_list = in_digits[end] - in_digits[first] > _MOST_IN_DIGITS
            if end - first > most and (is_list or not is_of_number(words[end - 1])):
                break
            yield first, end


def _traced(
    step: dict[tuple[int, int], tuple[_Shape, LinkKind]], i: int, j: int, row: int, column: int
) -> list[Link]:
    links = []
    while i and j:
        (di, dj), kind = step[i, j]
        if di and dj:
            links.append(Link(row + i - di, row + i, column + j - dj, column + j, kind))
        i, j = i - di, j - dj
    return links[::-1]


def fill_slots(links: list[Link], rows: tuple[int, int], columns: tuple[int, int]) -> list[Link]:
    """Link short leftovers between two links as different words in the same place."""
    filled: list[Link] = []
    row, column = rows[0], columns[0]
    edge = Link(rows[1], rows[1] + 1, columns[1], columns[1] + 1, "different")
    for link in [*links, edge]:
        left, right = link.written_first - row, link.recognised_first - column
        if 0 < left <= _SLOT_WORDS and 0 < right <= _SLOT_WORDS:
            filled.append(Link(row, link.written_first, column, link.recognised_first, "different"))
        filled.append(link)
        row, column = link.written_end, link.recognised_end
    return filled[:-1]
