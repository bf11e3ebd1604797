"""A lenient reader of timed blocks, as SRT and WebVTT have them, well formed or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from editor.formats.reading import Problem
from editor.timecode import ms_from_timestamp

_TIME = r"-?(?:\d+\s*:\s*)?\d{1,2}\s*:\s*\d{1,2}(?:\s*[.,]\s*\d{1,3})?"
_TIMING = re.compile(rf"\s*({_TIME})\s*(?:-+|–|—)>\s*({_TIME})(?!\d)\s*(.*)")
_MEANT_AS_TIMING = re.compile(r"\s*[-\d]\S*\s*-->|.*-->\s*[-\d]\S*:", re.DOTALL)
NO_TEXT = "this caption has no text"
#: The first line of a WebVTT block that holds no text of a caption.
IGNORED_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Timing:
    """A line of times; `line` counts from 1. `end_ms` may lie before `start_ms`."""

    line: int
    start_ms: int
    end_ms: int
    settings: str


@dataclass(frozen=True, slots=True)
class Block:
    """A timing with the lines of marked-up text below it."""

    timing: Timing
    lines: tuple[str, ...]


def timing_of(line: str, number: int) -> Timing | None:
    """Read a line of times: hours, fractions and white space as the writer liked them.

    >>> timing_of("0:01,5 --> 0:02.25 X1:0", 3)
    Timing(line=3, start_ms=1500, end_ms=2250, settings='X1:0')
    """
    match = _TIMING.fullmatch(line)
    if match is None:
        return None
    try:
        return Timing(number, _ms(match[1]), _ms(match[2]), match[3])
    except ValueError:
        return None


def _ms(written: str) -> int:
    """A time in ms; negative ones count as 0."""
    written = re.sub(r"\s", "", written)
    if not re.search(r"[.,]", written):
        written += ".0"
    return 0 if written.startswith("-") else ms_from_timestamp(written)


def arrow_lines(lines: Sequence[str]) -> list[int]:
    """Numbers, from 1, of the lines that hold `-->`."""
    return [number for number, line in enumerate(lines, start=1) if "-->" in line]


def read_blocks(
    lines: Sequence[str], *, is_vtt: bool, lines_above: int = 0
) -> tuple[list[Block], list[Problem]]:
    """Find each line of times and take what follows as its text, up to the next one's head.

    Blank lines inside a text are dropped, missing ones between blocks are not missed.
    `lines_above` is how many lines of the file stand above the first.
    """
    heads = [number for number, line in enumerate(lines) if _is_head(line)]
    numbered = sum(1 for head in heads if head and lines[head - 1].strip().isdecimal())
    is_numbered = 2 * numbered > len(heads)
    starts = [_head_start(lines, head, is_numbered=is_numbered, is_vtt=is_vtt) for head in heads]
    above = lines[: starts[0]] if starts else lines
    blocks, problems = [], _stray(above, is_vtt=is_vtt, lines_above=lines_above)
    for head, until in zip(heads, [*starts, len(lines)][1:], strict=True):
        text = _payload(lines[head + 1 : max(until, head + 1)], is_vtt=is_vtt)
        number = lines_above + head + 1
        timing = timing_of(lines[head], number)
        if timing is None:
            lost = "\n".join([lines[head].strip(), *text])
            problems.append(Problem(number, lost, "its times cannot be read"))
        elif not text:
            problems.append(Problem(number, lines[head].strip(), NO_TEXT))
        else:
            blocks.append(Block(timing, tuple(text)))
    return blocks, problems


def _is_head(line: str) -> bool:
    if ">" not in line:
        return False
    return _TIMING.fullmatch(line) is not None or _MEANT_AS_TIMING.match(line) is not None


def _head_start(lines: Sequence[str], head: int, *, is_numbered: bool, is_vtt: bool) -> int:
    """Where a block begins: at its number, or in WebVTT its name, or at its times."""
    if not head or not lines[head - 1].strip():
        return head
    above = lines[head - 1].strip()
    is_apart = head == 1 or not lines[head - 2].strip()
    if above.isdecimal() and (is_numbered or is_apart):
        return head - 1
    is_name = is_vtt and is_apart and not above.startswith("WEBVTT") and not _is_head(above)
    return head - 1 if is_name else head


def _payload(lines: Sequence[str], *, is_vtt: bool) -> list[str]:
    kept, is_after_blank, is_ignored = [], False, False
    for line in lines:
        if not line.strip():
            is_after_blank, is_ignored = True, False
            continue
        if is_vtt and is_after_blank and IGNORED_BLOCK.match(line):
            is_ignored = True
        if not is_ignored:
            kept.append(line.strip())
        is_after_blank = False
    return kept


def _stray(lines: Sequence[str], *, is_vtt: bool, lines_above: int) -> list[Problem]:
    """Text above the first times belongs to no caption; a WebVTT header is none."""
    problems, is_header = [], False
    for number, line in enumerate(lines, start=lines_above + 1):
        if not line.strip():
            is_header = False
        elif is_vtt and (line.startswith("WEBVTT") or IGNORED_BLOCK.match(line)):
            is_header = True
        elif not is_header:
            problems.append(Problem(number, line.strip(), "it belongs to no caption"))
    return problems
