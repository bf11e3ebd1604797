"""Which heard words say which written ones.

Runs of equal words are the backbone; in the stretches between them words are compared by their
letters, and may be split or joined.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from rapidfuzz.distance import Indel

from editor.align.distance import Run
from editor.align.normalise import comparable
from editor.align.runs import trusted_runs
from editor.document import HeardWord

LinkKind = Literal["equal", "alike", "different"]

#: Replaced stretches up to this many words a side are compared all with all.
_BLOCK_WORDS = 48
#: At the edges of longer ones this many words are compared.
_EDGE_WORDS = 16
#: Words less alike than this do not vouch for each other.
_LIKENESS = 0.4
#: Up to this many words a side, what is left over between two links stands for each other.
_SLOT_WORDS = 4
_SHAPES = ((1, 1), (1, 2), (2, 1), (1, 3), (3, 1), (2, 2))


@dataclass(frozen=True, slots=True)
class Link:
    """Written words [written_first, written_end) were said as heard words [heard_first, heard_end).

    Neither range is empty. `equal`: the same word; `alike`: the same letters or nearly (also split
    or joined words); `different`: other words in the same place.
    """

    written_first: int
    written_end: int
    heard_first: int
    heard_end: int
    kind: LinkKind


def link_words(written: Sequence[str], heard: Sequence[str]) -> list[Link]:
    """Link comparable written words with comparable heard words.

    Both are given in the form `comparable` makes. The links rise on both sides; a word in no link
    was not heard, or not written.

    >>> [(l.written_first, l.heard_first, l.kind) for l in link_words(["a", "dog"], ["a", "dogs"])]
    [(0, 0, 'equal'), (1, 1, 'alike')]
    """
    links: list[Link] = []
    for i, j, length, next_i, next_j in _with_gaps(trusted_runs(written, heard), written, heard):
        links += [Link(i + k, i + k + 1, j + k, j + k + 1, "equal") for k in range(length)]
        links += _links_in_block(written, heard, (i + length, next_i), (j + length, next_j))
    return links


def link_spoken(
    texts: Sequence[str], spoken: Sequence[bool], heard: Sequence[HeardWord]
) -> list[Link]:
    """Link the spoken words among `texts` with heard words; indices count in all of both.

    A link never reaches across a word that is not spoken.
    """
    said = [index for index, is_spoken in enumerate(spoken) if is_spoken]
    links = link_words([comparable(texts[i]) for i in said], [comparable(h.text) for h in heard])
    placed = []
    for link in links:
        first, last = said[link.written_first], said[link.written_end - 1]
        if last - first == link.written_end - 1 - link.written_first:
            placed.append(replace(link, written_first=first, written_end=last + 1))
    return placed


def _with_gaps(
    runs: list[Run], written: Sequence[str], heard: Sequence[str]
) -> Iterator[tuple[int, int, int, int, int]]:
    """Give each run with where the next one begins; an empty run stands at the start."""
    bounded = [(0, 0, 0), *runs, (len(written), len(heard), 0)]
    for (i, j, length), (next_i, next_j, _) in pairwise(bounded):
        yield i, j, length, next_i, next_j


def _links_in_block(
    written: Sequence[str], heard: Sequence[str], rows: tuple[int, int], columns: tuple[int, int]
) -> list[Link]:
    """Link what stands between two runs, by the letters of the words."""
    row_count, column_count = rows[1] - rows[0], columns[1] - columns[0]
    if not row_count or not column_count:
        return []
    if row_count <= _BLOCK_WORDS and column_count <= _BLOCK_WORDS:
        return _fill_slots(_alike_links(written, heard, rows, columns), rows, columns)
    width = min(_EDGE_WORDS, row_count // 2, column_count // 2)
    head = _alike_links(
        written, heard, (rows[0], rows[0] + width), (columns[0], columns[0] + width)
    )
    tail = _alike_links(
        written, heard, (rows[1] - width, rows[1]), (columns[1] - width, columns[1])
    )
    return _unbroken(head, rows[0], columns[0]) + _unbroken_from_end(tail, rows[1], columns[1])


def _unbroken(links: list[Link], row: int, column: int) -> list[Link]:
    """Keep the links that follow each other without a hole from the block's upper edge."""
    kept = []
    for link in links:
        if link.written_first - row > 1 or link.heard_first - column > 1:
            break
        kept.append(link)
        row, column = link.written_end, link.heard_end
    return kept


def _unbroken_from_end(links: list[Link], row: int, column: int) -> list[Link]:
    kept = []
    for link in reversed(links):
        if row - link.written_end > 1 or column - link.heard_end > 1:
            break
        kept.append(link)
        row, column = link.written_first, link.heard_first
    return kept[::-1]


def _alike_links(
    written: Sequence[str], heard: Sequence[str], rows: tuple[int, int], columns: tuple[int, int]
) -> list[Link]:
    """The links of greatest likeness in a small block; 1:N, N:1 and 2:2 are allowed."""
    a, b = written[rows[0] : rows[1]], heard[columns[0] : columns[1]]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    step: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            score, shape = max((best[i - 1][j], (1, 0)), (best[i][j - 1], (0, 1)))
            for di, dj in _SHAPES:
                if di > i or dj > j:
                    continue
                gain = _gain("".join(a[i - di : i]), "".join(b[j - dj : j]), di + dj)
                if gain and best[i - di][j - dj] + gain > score:
                    score, shape = best[i - di][j - dj] + gain, (di, dj)
            best[i][j], step[i, j] = score, shape
    return _traced(step, len(a), len(b), rows[0], columns[0])


def _gain(a: str, b: str, word_count: int) -> float:
    """What linking two strings is worth; joined words must be nearly the same letters."""
    likeness: float = Indel.normalized_similarity(a, b) if a and b else 0.0
    if likeness < (_LIKENESS if word_count == 2 else 0.75):
        return 0.0
    return likeness * word_count


def _traced(
    step: dict[tuple[int, int], tuple[int, int]], i: int, j: int, row: int, column: int
) -> list[Link]:
    links = []
    while i and j:
        di, dj = step[i, j]
        if di and dj:
            links.append(Link(row + i - di, row + i, column + j - dj, column + j, "alike"))
        i, j = i - di, j - dj
    return links[::-1]


def _fill_slots(links: list[Link], rows: tuple[int, int], columns: tuple[int, int]) -> list[Link]:
    """Link short leftovers between two links as different words in the same place."""
    filled: list[Link] = []
    row, column = rows[0], columns[0]
    edge = Link(rows[1], rows[1] + 1, columns[1], columns[1] + 1, "different")
    for link in [*links, edge]:
        left, right = link.written_first - row, link.heard_first - column
        if 0 < left <= _SLOT_WORDS and 0 < right <= _SLOT_WORDS:
            filled.append(Link(row, link.written_first, column, link.heard_first, "different"))
        filled.append(link)
        row, column = link.written_end, link.heard_end
    return filled[:-1]
