"""Codes on words: what a researcher says that a passage is about. They are names, like speakers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.document import Segment
from editor.edits.marks import marks_of, with_marks
from editor.edits.strike import spanned


def code(
    segment: Segment, spans: Iterable[tuple[int, int]], name: str, *, coded: bool = True
) -> Segment:
    """Give words a code, or take it from them; of each span the first and last, both included.

    Raises:
        NotPossible: there are no such words.
    """
    codes = marks_of(segment, "codes")
    for at in spanned(segment, spans):
        others = set(codes[at]) - {name}
        codes[at] = tuple(sorted(others | {name} if coded else others))
    return replace(segment, words=with_marks(segment.words, "codes", codes))


def with_code_renamed(segment: Segment, name: str, to: str | None) -> Segment:
    """The segment with another name for a code, which may be there already; None takes it away."""
    codes = [
        tuple(sorted({*own, *([to] if to else [])} - {name})) if name in own else own
        for own in marks_of(segment, "codes")
    ]
    return replace(segment, words=with_marks(segment.words, "codes", codes))
