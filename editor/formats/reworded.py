"""Changes the words of a text or caption file and leaves everything else in it as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable

from editor.errors import UnreadableTranscript
from editor.formats.blocks import arrow_lines

_TAG = re.compile(r"(<[^<>]*>)")


def reworded(text: str, name: str, format_name: str, change: Callable[[str], str]) -> str:
    """Pass each spoken line of a file through `change`; times, numbers, notes and tags stay.

    Raises:
        UnreadableTranscript: its lines are not its text, as in JSON.
    """
    if format_name not in ("txt", "srt", "vtt"):
        raise UnreadableTranscript(name, f"words of {format_name} files cannot be replaced")
    lines = text.split("\n")
    if format_name == "txt":
        return "\n".join(map(change, lines))
    times = set(arrow_lines(lines))
    is_spoken = False
    for number, line in enumerate(lines, 1):
        if number in times:
            is_spoken = True
        elif not line.strip():
            is_spoken = False
        elif is_spoken:
            lines[number - 1] = _outside_tags(line, change)
    return "\n".join(lines)


def _outside_tags(line: str, change: Callable[[str], str]) -> str:
    parts = _TAG.split(line)
    return "".join(part if number % 2 else change(part) for number, part in enumerate(parts))
