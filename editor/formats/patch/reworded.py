"""The spoken lines of a text or caption file, and that file with others in their place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from editor.errors import UnreadableTranscript
from editor.formats.blocks import arrow_lines

_TAG = re.compile(r"(<[^<>]*>)")


def spoken_parts(text: str, name: str, format_name: str) -> list[str]:
    """The spoken lines of a file, those with tags inside in several parts.

    Raises:
        UnreadableTranscript: its lines are not its text, as in JSON.
    """
    parts = _parts(text, name, format_name)
    return [part for part, is_spoken in parts if is_spoken]


def reworded(text: str, name: str, format_name: str, spoken: Sequence[str]) -> str:
    """The file with others in place of its spoken parts; times, numbers, notes and tags stay.

    Raises:
        UnreadableTranscript: as `spoken_parts`.
    """
    fresh = iter(spoken)
    parts = _parts(text, name, format_name)
    return "".join(next(fresh) if is_spoken else part for part, is_spoken in parts)


def _parts(text: str, name: str, format_name: str) -> Iterator[tuple[str, bool]]:
    """The whole text in parts, and which of them are spoken."""
    if format_name not in ("txt", "srt", "vtt"):
        raise UnreadableTranscript(name, f"words of {format_name} files cannot be replaced")
    lines = text.split("\n")
    times = set(arrow_lines(lines)) if format_name != "txt" else set[int]()
    is_spoken = format_name == "txt"
    for number, line in enumerate(lines, 1):
        if format_name != "txt" and (number in times or not line.strip()):
            is_spoken = number in times
            yield line, False
        elif format_name == "txt" or not is_spoken:
            yield line, is_spoken
        else:
            for at, part in enumerate(_TAG.split(line)):
                yield part, not at % 2
        if number < len(lines):
            yield "\n", False
