"""Marks of speakers and sounds in a line, read and written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import regex

_TURN = regex.compile(r"\s*(?:[-–—](?=\s)|>>)\s*")
_LABEL = regex.compile(r"(?P<label>\p{Lu}[\p{L}\p{N}.'’ -]{0,40}?):\s+(?=\S)")
_NUMBERED = regex.compile(r"(?:speaker|sprecher|locuteur)\s*\w{1,3}", regex.IGNORECASE)
_SOUND = regex.compile(r"(?:\[[^\[\]]*\]|\([^()]*\)|♪.*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its marks: what it says, who says it if it tells, and whether that is new."""

    text: str
    label: str | None
    is_turn: bool
    is_sound: bool


def read_line(text: str, labels: frozenset[str] = frozenset()) -> Line:
    """Take the marks off a line; a label counts only if `labels` holds it or it is in capitals.

    >>> read_line("- Hello."), read_line("ANN: Hi.")  # doctest: +ELLIPSIS
    (Line(text='Hello.', label=None, is_turn=True, ...), Line(text='Hi.', label='ANN', is_turn=...)
    """
    turn = _TURN.match(text)
    rest = text[turn.end() :].strip() if turn else text.strip()
    label = label_of(rest)
    if label and (label.isupper() or label in labels or (turn and turn[0].strip() == ">>")):
        rest = rest[len(label) + 1 :].strip()
    else:
        label = None
    return Line(rest, label, bool(turn or label), _SOUND.fullmatch(rest) is not None)


def label_of(text: str) -> str | None:
    """What stands before the colon at the start of a line, if it could be a name."""
    match = _LABEL.match(text)
    return match["label"] if match and len(match["label"].split()) <= 4 else None


def labels_in(lines: Iterable[str]) -> frozenset[str]:
    """The names that label lines: those that come back, and numbered speakers."""
    counts: dict[str, int] = {}
    for line in lines:
        turn = _TURN.match(line)
        label = label_of(line[turn.end() :] if turn else line.strip())
        if label:
            counts[label] = counts.get(label, 0) + 1
    return frozenset(
        label for label, count in counts.items() if count > 1 or _NUMBERED.fullmatch(label)
    )


def mark_of(speaker: str | None, new_turn: bool) -> str:
    """What a plain text puts before the line of a new turn."""
    if not new_turn:
        return ""
    return f"{speaker}: " if speaker else "- "


def caption_parts(lines: Sequence[str]) -> list[str]:
    """The lines of one caption, joined unless each is another speaker's."""
    parts: list[str] = []
    for line in lines:
        if parts and not _TURN.match(line):
            parts[-1] = f"{parts[-1]} {line.strip()}"
        else:
            parts.append(line.strip())
    return parts
