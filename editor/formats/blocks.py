"""A lenient reader of timed blocks, as SRT and WebVTT have them, well formed or not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from editor.formats.reading import Place, Problem
from editor.timecode import hours_from_digits

_TIME = r"(-)?(?:(\d+)\s*:\s*)?(\d{1,2})\s*:\s*(\d{1,2})(?:(?:\s*[.,;]\s*|:(?=\d{3}))(\d+))?"
_ARROW = r"\s*(?:(?:[-=–—]\s?)+>+|→)\s*"
_NUMBER = r"#?\d+[.):]?"
_TIMING = re.compile(rf"\s*(?:{_NUMBER}\s+)?{_TIME}{_ARROW}{_TIME}(?!\d)\s*(.*)", re.DOTALL)
_NUMBER_LINE = re.compile(rf"\s*{_NUMBER}\s*")
_SETTINGS = re.compile(r"(?:[A-Za-z]\w*:\S*\s*)*")
_MEANT_AS_TIMING = re.compile(r"\s*[-\d]\S*\s*-->|.*-->\s*[-\d]\S*:", re.DOTALL)
#: Marks of a direction or of a file's first byte, which show nothing.
_UNSEEN = re.compile("[\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")
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
    """A timing with the lines of marked-up text below it, and where in the file it stands."""

    timing: Timing
    lines: tuple[str, ...]
    place: Place


def timing_of(line: str, number: int) -> Timing | None:
    """Read a line of times: hours, fractions and white space as the writer liked them.

    >>> timing_of("0:01,5 --> 0:02.25 X1:0", 3)
    Timing(line=3, start_ms=1500, end_ms=2250, settings='X1:0')
    """
    match = _TIMING.fullmatch(_plain(line))
    if match is None:
        return None
    start_ms, end_ms = _ms(*match.groups()[:5]), _ms(*match.groups()[5:10])
    if start_ms is None or end_ms is None:
        return None
    return Timing(number, start_ms, end_ms, match[11])


def _plain(line: str) -> str:
    """A line without unseen marks and with full-width digits and colons made plain."""
    return line if line.isascii() else unicodedata.normalize("NFKC", _UNSEEN.sub("", line))


def _ms(
    sign: str | None, hours: str | None, minutes: str, seconds: str, fraction: str | None
) -> int | None:
    """A time in ms; negative ones count as 0; None where minutes or seconds exceed 59."""
    if int(minutes) > 59 or int(seconds) > 59:
        return None
    whole_s = (hours_from_digits(hours or "0") * 60 + int(minutes)) * 60 + int(seconds)
    return 0 if sign else whole_s * 1000 + int((fraction or "0")[:3].ljust(3, "0"))


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
    timings = {
        number: timing_of(line, lines_above + number + 1)
        for number, line in enumerate(lines)
        if (">" in line or "→" in line) and _is_head(line)
    }
    heads = list(timings)
    numbering = _numbering(lines, heads)
    starts = [_head_start(lines, head, numbering, is_vtt=is_vtt) for head in heads]
    above = lines[: starts[0]] if starts else lines
    blocks, problems = [], _stray(above, is_vtt=is_vtt, lines_above=lines_above)
    for head, first, until in zip(heads, starts, [*starts, len(lines)][1:], strict=True):
        text = _payload(lines[head + 1 : max(until, head + 1)], is_vtt=is_vtt)
        number = lines_above + head + 1
        timing = timings[head]
        if timing is None:
            lost = "\n".join([lines[head].strip(), *text])
            problems.append(Problem(number, lost, "its times cannot be read"))
            continue
        if not _SETTINGS.fullmatch(timing.settings):
            text.insert(0, timing.settings)
        if text:
            end = max(_line_with_text(lines, until), head) + 1
            place = Place(number, lines_above + first, number, lines_above + end)
            blocks.append(Block(timing, tuple(text), place))
        else:
            problems.append(Problem(number, lines[head].strip(), NO_TEXT))
    return blocks, problems


def _is_head(line: str) -> bool:
    return _MEANT_AS_TIMING.match(line) is not None or _TIMING.fullmatch(_plain(line)) is not None


@dataclass(frozen=True, slots=True)
class _Numbering:
    """Whether most captions of a file have a number, and whether blank lines part it from them."""

    is_usual: bool
    is_apart: bool


def _numbering(lines: Sequence[str], heads: Sequence[int]) -> _Numbering:
    close = sum(head > 0 and _is_number(lines[head - 1]) for head in heads)
    if 2 * close > len(heads):
        return _Numbering(True, False)
    above = [_line_with_text(lines, head) for head in heads]
    apart = sum(
        at < head - 1 and _is_number(lines[at]) for at, head in zip(above, heads, strict=True)
    )
    return _Numbering(2 * apart > len(heads), 2 * apart > len(heads))


def _is_number(line: str) -> bool:
    return _NUMBER_LINE.fullmatch(_plain(line)) is not None


def _line_with_text(lines: Sequence[str], before: int) -> int:
    """The last line before a line that is not blank; the first one if there is none."""
    at = before - 1
    while at > 0 and not lines[at].strip():
        at -= 1
    return max(at, 0)


def _head_start(lines: Sequence[str], head: int, numbering: _Numbering, *, is_vtt: bool) -> int:
    """Where a block begins: at its number, or in WebVTT its name, or at its times."""
    if head and numbering.is_apart and _is_number(lines[at := _line_with_text(lines, head)]):
        return at
    if not head or not lines[head - 1].strip():
        return head
    is_apart = head == 1 or not lines[head - 2].strip()
    if _is_number(lines[head - 1]) and (numbering.is_usual or is_apart):
        return head - 1
    above = lines[head - 1].strip()
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
