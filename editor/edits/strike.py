"""Words struck out: they stay in the text, with their times, and can be restored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from editor.document import Segment, Word
from editor.errors import NotPossible


def strike(segment: Segment, spans: Iterable[tuple[int, int]], *, struck: bool = True) -> Segment:
    """Strike out words, or restore them; of each span the first and the last, both included.

    Raises:
        NotPossible: there are no such words.
    """
    flags = strikes_of(segment)
    for first_word, last_word in spans:
        if not 0 <= first_word <= last_word < len(flags):
            raise NotPossible("first_word", "This word no longer exists. Try again.")
        flags[first_word : last_word + 1] = [struck] * (last_word + 1 - first_word)
    return replace(segment, words=with_strikes(segment.words, flags))


def with_strikes(words: Iterable[Word], struck: Iterable[bool]) -> tuple[Word, ...]:
    """The words, those struck out for which it is said."""
    return tuple(
        word if word.struck == flag else replace(word, struck=flag)
        for word, flag in zip(words, struck, strict=True)
    )


def strikes_of(segment: Segment) -> list[bool]:
    """For each word of a segment, whether it is struck out."""
    return [word.struck for word in segment.words]
