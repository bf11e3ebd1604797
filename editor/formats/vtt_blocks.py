"""WebVTT's blocks as the W3C's parsing algorithm finds them, and the lines it leaves aside.

See https://www.w3.org/TR/webvtt1/#parsing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from editor.formats.result import Place
from editor.timecode import hours_from_digits

_TIME = r"(?:([0-9]+):)?([0-5][0-9]):([0-5][0-9])\.([0-9]{3})(?![0-9])"
_TIMES = re.compile(rf"[ \t\f]*{_TIME}[ \t\f]*-->[ \t\f]*{_TIME}[ \t\f]*(.*)", re.DOTALL)
_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?", re.DOTALL)
_UNSHOWN = re.compile(r"NOTE(?:[ \t].*)?|(?:STYLE|REGION)[ \t\f]*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class VttCue:
    """A cue as a browser has it; `line` is that of its times, from 1, `end` that after it, from 0.

    `text` keeps markup and line ends, `settings` are as written. `end_ms` may precede `start_ms`.
    """

    line: int
    identifier: str
    start_ms: int
    end_ms: int
    settings: str
    text: str
    end: int

    @property
    def place(self) -> Place:
        """Where its block stands in the file."""
        return Place(self.line, self.line - (2 if self.identifier else 1), self.line, self.end)


@dataclass(frozen=True, slots=True)
class Blocks:
    """The cues of a file and, as (first, end) from 0, the lines that a browser shows nothing of.

    Those are cues without text, too; signature, header, notes, styles and regions are not.
    """

    cues: list[VttCue]
    unread: list[tuple[int, int]]


def find_blocks(lines: Sequence[str]) -> Blocks:
    """Parse the lines of a file; without its signature all of it is unread."""
    if not _SIGNATURE.fullmatch(lines[0]):
        return Blocks([], [(0, len(lines))])
    cues, unread = [], list[tuple[int, int]]()
    at = _end_of_text(lines, 1)
    while at < len(lines):
        if not lines[at]:
            at += 1
            continue
        times_at = _times_at(lines, at)
        end = _end_of_text(lines, at + 1 if times_at is None else times_at + 1)
        cue = None if times_at is None else _cue(lines, at, times_at, end)
        if cue is not None and cue.text.strip():
            cues.append(cue)
        elif times_at is not None or not _UNSHOWN.fullmatch(lines[at]):
            _add_range(unread, lines, at, end)
        at = end
    return Blocks(cues, unread)


def style_head(lines: Sequence[str]) -> str:
    """The blocks above the first cue that say how cues look, as they are written."""
    found, at = list[str](), 0
    while at < len(lines) and "-->" not in lines[at]:
        end = _end_of_text(lines, at + 1)
        if lines[at].strip(" \t\f") in ("STYLE", "REGION") and (not at or not lines[at - 1]):
            found.append("\n".join(lines[at:end]))
        at = end if lines[at] else at + 1
    return "\n\n".join(found)


def _times_at(lines: Sequence[str], at: int) -> int | None:
    """The line of a block that may hold times: its first, or its second below a name."""
    if "-->" in lines[at]:
        return at
    return at + 1 if at + 1 < len(lines) and "-->" in lines[at + 1] else None


def _end_of_text(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and lines[at] and "-->" not in lines[at]:
        at += 1
    return at


def _cue(lines: Sequence[str], first: int, times_at: int, end: int) -> VttCue | None:
    times = _TIMES.match(lines[times_at])
    if times is None:
        return None
    name = lines[first] if first < times_at else ""
    text = "\n".join(lines[times_at + 1 : end])
    return VttCue(times_at + 1, name, _ms(times, 1), _ms(times, 5), times[9], text, end)


def _ms(times: re.Match[str], group: int) -> int:
    hours, minutes, seconds, ms = times.group(group, group + 1, group + 2, group + 3)
    whole_s = (hours_from_digits(hours or "0") * 60 + int(minutes)) * 60 + int(seconds)
    return whole_s * 1000 + int(ms)


def _add_range(ranges: list[tuple[int, int]], lines: Sequence[str], first: int, end: int) -> None:
    """Add a range; blank lines between it and the one before make them one."""
    if ranges and not any(lines[ranges[-1][1] : first]):
        first = ranges.pop()[0]
    ranges.append((first, end))
