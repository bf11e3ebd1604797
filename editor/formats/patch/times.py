"""Times and numbers on the lines of a file, changed in the form they were written in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from editor.formats.timing_line import Timing
from editor.timecode import ms_from_timestamp, timestamp_from_ms

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_TIME = re.compile(r"(?:(?<!\d)(\d+):)?\d{1,2}:\d{1,2}([.,])\d{1,3}(?!\d)")
_INLINE = re.compile(rf"(?<=<){_TIME.pattern}(?=>)")


def raw_lines(text: str) -> list[str]:
    r"""The lines of a text with their ends, whichever these are.

    >>> raw_lines("a\r\nb\rc")
    ['a\r\n', 'b\r', 'c', '']
    """
    return _LINE.findall(text)


def line_end(line: str) -> str:
    """What ends a line; nothing at the end of a file."""
    return line[len(line.rstrip("\r\n")) :]


def with_times(line: str, timing: Timing, start_ms: int, end_ms: int, *, decimal: str) -> str:
    """A line of times with others, written alike if these were written as the formats ask."""
    if len(_TIME.findall(line.partition("-->")[0])) == len(_TIME.findall(line)) / 2 == 1:
        fresh = iter((start_ms, end_ms))
        return _TIME.sub(lambda was: _like(was, next(fresh)), line, count=2)
    span = [timestamp_from_ms(ms, decimal=decimal) for ms in (start_ms, end_ms)]
    return f"{span[0]} --> {span[1]} {timing.settings}".rstrip() + line_end(line)


def with_inline_times(line: str, move: Callable[[int], int]) -> str:
    """A line of text with the times inside it moved; none before 0."""
    return _INLINE.sub(lambda was: _like(was, max(0, move(ms_from_timestamp(was[0])))), line)


def numbers_at(lines: Sequence[str]) -> Iterator[int]:
    """Where the numbers of captions stand."""
    for at, (number, times) in enumerate(pairwise(lines)):
        if number.strip().isdecimal() and "-->" in times:
            yield at


def renumber(lines: list[str], first: int) -> None:
    """Number captions from the first number on, if no number in the file broke the row."""
    heads = list(numbers_at(lines))
    old = [int(lines[at]) for at in heads if int(lines[at])]
    if not old or any(after <= before for before, after in pairwise(old)):
        return
    for number, at in enumerate(heads, start=first if int(lines[heads[0]]) else 1):
        lines[at] = f"{number}{line_end(lines[at])}"


def _like(was: re.Match[str], ms: int) -> str:
    """A time in the form of another: its mark for decimals, no hours where it had none."""
    written = timestamp_from_ms(ms, decimal=was[2])
    return written.removeprefix("00:") if was[1] is None else written
