"""Words struck out: they stay in the text, with their times, and can be restored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from editor.document import Segment
from editor.edits.marks import marks_of, with_marks
from editor.errors import NotPossible


def strike(segment: Segment, spans: Iterable[tuple[int, int]], *, struck: bool = True) -> Segment:
    """Strike out words, or restore them; of each span the first and the last, both included.

    Raises:
        NotPossible: there are no such words.
    """
    flags = marks_of(segment, "struck")
    for at in spanned(segment, spans):
        flags[at] = struck
    return replace(segment, words=with_marks(segment.words, "struck", flags))


def spanned(segment: Segment, spans: Iterable[tuple[int, int]]) -> Iterator[int]:
    """The numbers of a segment's words in spans.

    Raises:
        NotPossible: there are no such words.
    """
    for first_word, last_word in spans:
        if not 0 <= first_word <= last_word < len(segment.words):
            raise NotPossible("first_word", "This word no longer exists. Try again.")
        yield from range(first_word, last_word + 1)
