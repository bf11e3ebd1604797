"""Which recognised words say which written ones.

Runs of equal words are the backbone; in the gaps between them words are compared by their
letters and by what sounds the same, and may be split or joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from editor.align.blocks import Link as Link
from editor.align.blocks import Side, Span, fill_slots, links_in_block
from editor.align.chance import without_chance
from editor.align.distance import Run
from editor.align.normalise import comparable
from editor.align.runs import trusted_runs
from editor.align.slides import with_unsaid_slid
from editor.align.spoken import has_digit, is_of_number
from editor.document import RecognisedWord

#: So many words may be common to both ways of saying a number.
_NUMBER_WORDS = 3


def link_words(
    written: Sequence[str],
    recognised: Sequence[str],
    *,
    written_shown: Sequence[str] | None = None,
    recognised_shown: Sequence[str] | None = None,
    recognised_ms: Sequence[Span] | None = None,
) -> list[Link]:
    """Link comparable written words with comparable recognised words.

    Both are given in the form `comparable` makes; the shown ones are the same words with all their
    marks, where these are known, and `recognised_ms` has their (start, end). The links rise on both
    sides; a word in no link was not heard, or not written. Links that chance explains better are
    left out.

    >>> links = link_words(["a", "dog"], ["a", "dogs"])
    >>> [(link.written_first, link.recognised_first, link.kind) for link in links]
    [(0, 0, 'equal'), (1, 1, 'alike')]
    """
    a, b = Side(written, written_shown or written), Side(recognised, recognised_shown or recognised)
    bounded = [(0, 0, 0), *_with_whole_numbers(trusted_runs(written, recognised), a, b)]
    links: list[Link] = []
    for (i, j, length), (next_i, next_j, _) in pairwise(
        [*bounded, (len(written), len(recognised), 0)]
    ):
        links += [Link(i + k, i + k + 1, j + k, j + k + 1, "equal") for k in range(length)]
        links += links_in_block(a, b, (i + length, next_i), (j + length, next_j))
    links = without_chance(links, a, b, recognised_ms)
    return fill_slots(links, (0, len(written)), (0, len(recognised)))


def link_spoken(
    texts: Sequence[str], spoken: Sequence[bool], recognised: Sequence[RecognisedWord]
) -> list[Link]:
    """Link the spoken words among `texts` with recognised words; indices count in all of both.

    A link never reaches across a word that is not spoken. Recognised words of marks alone belong to
    the word before them. Words that were found by the text itself, as it stands, say no others.
    """
    said = [index for index, is_spoken in enumerate(spoken) if is_spoken]
    sounded = [index for index, word in enumerate(recognised) if comparable(word.text)]
    shown, recognised_shown = [texts[i] for i in said], [recognised[j].text for j in sounded]
    known = [recognised[j] for j in sounded]
    folded = list(map(comparable, shown))
    links = link_words(
        folded,
        list(map(comparable, recognised_shown)),
        written_shown=shown,
        recognised_shown=recognised_shown,
        recognised_ms=[(word.start_ms, word.end_ms) for word in known],
    )
    pauses_ms = [after.start_ms - before.end_ms for before, after in pairwise([*known[:1], *known])]
    if _is_part_of(recognised_shown, shown):
        links = [link for link in links if link.kind == "equal"]
    links = with_unsaid_slid(links, folded, shown, pauses_ms)
    sounded.append(len(recognised))
    placed = []
    for link in links:
        first, last = said[link.written_first], said[link.written_end - 1]
        if last - first == link.written_end - 1 - link.written_first:
            recognised_first, recognised_end = (
                sounded[link.recognised_first],
                sounded[link.recognised_end],
            )
            placed.append(Link(first, last + 1, recognised_first, recognised_end, link.kind))
    return placed


def _is_part_of(words: Sequence[str], others: Sequence[str]) -> bool:
    """Whether others have all these words, letter by letter, in this order."""
    rest = iter(others)
    return all(word in rest for word in words)


def _with_whole_numbers(runs: Sequence[Run], a: Side, b: Side) -> list[Run]:
    """Take number words off the ends of runs where digits stand next to them in a gap.

    "$5 million" and "five million dollars" have "million" in common, but say the same as a whole.
    """
    ends = [(0, 0), *((i + n, j + n) for i, j, n in runs)]
    starts = [*((i, j) for i, j, _ in runs), (len(a.shown), len(b.shown))]
    digits = [
        has_digit(a.shown[i:next_i]) or has_digit(b.shown[j:next_j])
        for (i, j), (next_i, next_j) in zip(ends, starts, strict=True)
    ]
    if not any(digits):
        return list(runs)
    kept = []
    for (i, j, n), after, before in zip(runs, digits, digits[1:], strict=False):
        first, end = 0, n
        most = min(n, _NUMBER_WORDS)
        while after and first < most and is_of_number(a.shown[i + first]):
            first += 1
        while before and end > max(first, n - most) and is_of_number(a.shown[i + end - 1]):
            end -= 1
        if first < end:
            kept.append((i + first, j + first, end - first))
    return kept
