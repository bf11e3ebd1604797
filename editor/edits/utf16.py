"""Offsets in a text as browsers count them: in UTF-16 code units."""

from __future__ import annotations

from collections.abc import Sequence

from editor.document import word_offsets
from editor.edits.commands import ReplacedPlace
from editor.errors import NotPossible


def utf16_length(text: str) -> int:
    """Length as JavaScript gives it.

    >>> utf16_length("né"), utf16_length("a😀")
    (2, 3)
    """
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_spans(text: str, words: Sequence[str]) -> list[tuple[int, int]]:
    """(offset, length) of each word that stands in the text, in UTF-16 code units.

    >>> utf16_spans("so 😀 yes", ["so", "😀", "yes"])
    [(0, 2), (3, 2), (6, 3)]
    """
    if max(text, default="") <= "\uffff":
        return [(offset, len(word)) for word, offset in word_offsets(text, words)]
    spans, seen, passed = [], 0, 0
    for word, offset in word_offsets(text, words):
        passed += utf16_length(text[seen:offset])
        seen = offset
        spans.append((passed, utf16_length(word)))
    return spans


def code_point_offset(text: str, utf16_offset: int) -> int:
    """Turn an offset in UTF-16 code units into one in code points.

    An offset inside a character goes to its start.

    >>> code_point_offset("a😀b", 3), code_point_offset("a😀b", 2)
    (2, 1)

    Raises:
        NotPossible: the offset lies outside the text.
    """
    units = 0
    for index, character in enumerate(text):
        width = 2 if character > "\uffff" else 1
        if units <= utf16_offset < units + width:
            return index
        units += width
    if utf16_offset != units:
        raise NotPossible("offset", "The text has changed here. Try again.")
    return len(text)


def with_places(text: str, places: list[ReplacedPlace]) -> str:
    """The text with other words at some places; where they go, no second space stays."""
    end = len(text)
    for place in sorted(places, key=lambda one: one.start, reverse=True):
        first = code_point_offset(text, place.start)
        last = code_point_offset(text, place.start + place.length)
        if last > end:
            raise NotPossible("places", "Two of these matches overlap.")
        if not place.new and text[first - 1 : first] in ("", " ") and text[last : last + 1] == " ":
            last += 1
        text, end = text[:first] + place.new + text[last:], first
    return text
