"""What people mark of words: struck out, coded, the end of a line. It stays through edits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Literal, get_args

from editor.document import Segment, Word
from editor.edits.carry_times import equal_pairs

Mark = Literal["struck", "codes", "ends_line"]
MARKS: tuple[Mark, ...] = get_args(Mark)


def marks_of(segment: Segment, mark: Mark) -> list[Any]:
    """For each word of a segment, whether it is struck out or ends a line, or its codes."""
    return [getattr(word, mark) for word in segment.words]


def with_marks(words: Iterable[Word], mark: Mark, values: Iterable[Any]) -> tuple[Word, ...]:
    """The words, each struck out or with the codes that are said for it."""
    return tuple(
        word if getattr(word, mark) == value else replace(word, **{mark: value})
        for word, value in zip(words, values, strict=True)
    )


def marked_as(words: Iterable[Word], others: Iterable[Word]) -> tuple[Word, ...]:
    """The words with all marks of others, of which there are as many."""
    return tuple(
        word
        if all(getattr(word, mark) == getattr(other, mark) for mark in MARKS)
        else replace(word, **{mark: getattr(other, mark) for mark in MARKS})
        for word, other in zip(words, others, strict=True)
    )


def marked_like(words: Sequence[Word], old: Sequence[Word]) -> tuple[Word, ...]:
    """The words of a text, marked as those that stood there before.

    Words put for others have the marks that all of these had; words put between two have the codes
    of both.
    """
    if not any(word.struck or word.codes for word in old):
        return tuple(words)
    pairs = equal_pairs([word.text for word in old], [word.text for word in words])
    marked = list(words)
    for (i, j), (next_i, next_j) in pairwise([(-1, -1), *pairs, (len(old), len(words))]):
        gone = old[i + 1 : next_i]
        struck = bool(gone) and all(word.struck for word in gone)
        around = gone or [*old[max(0, i) : i + 1], *old[next_i : next_i + 1]]
        is_between = bool(gone) or (i >= 0 and next_i < len(old))
        codes = common_codes(around) if is_between else ()
        for at in range(j + 1, next_j):
            marked[at] = replace(marked[at], struck=struck, codes=codes)
        if next_j < len(words):
            was = old[next_i]
            marked[next_j] = replace(marked[next_j], struck=was.struck, codes=was.codes)
    return tuple(marked)


def common_codes(words: Sequence[Word]) -> tuple[str, ...]:
    """The codes that all of some words have; there is at least one word."""
    return tuple(sorted(set(words[0].codes).intersection(*(word.codes for word in words[1:]))))
