"""A lenient reader of timed blocks, as SRT and WebVTT have them, well formed or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from editor.document import DraftSegment
from editor.formats.frame_times import DROP_RATE, without_frames
from editor.formats.result import Place, Problem
from editor.formats.timing_line import Timing, is_head, is_number, runs_over, timing_of

_SETTINGS = re.compile(r"(?:[A-Za-z]\w*:\S*(?:\s+|\Z))*")
_FENCE = re.compile(r"```[\w-]*\s*")
NO_TEXT = "this caption has no text"
RUNS_OVER = "it was taken for the time that it runs over to"
NO_CAPTION = "it belongs to no caption"
IS_NAME = "it stands where other captions have their numbers, and is taken for a name"
#: The first line of a WebVTT block that holds no text of a caption.
IGNORED_BLOCK = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|\Z)")


@dataclass(frozen=True, slots=True)
class Block:
    """A timing with the lines of marked-up text below it, and where in the file it stands."""

    timing: Timing
    lines: tuple[str, ...]
    place: Place


def caption_numbers(shown: Sequence[Timing], drafts: Sequence[DraftSegment]) -> list[int]:
    """From which of the captions shown each draft was read, counted from 0.

    Several drafts may come from one caption, and all captions of an XML file from one line.
    """
    by_place = {(one.line, one.start_ms): number for number, one in enumerate(shown)}
    by_line = {one.line: number for number, one in reversed(list(enumerate(shown)))}
    numbers, number = list[int](), 0
    for draft in drafts:
        is_further = bool(numbers) and shown[number].line == draft.line
        usual = number if is_further else by_line.get(draft.line, number)
        number = by_place.get((draft.line, draft.start_ms or 0), usual)
        numbers.append(number)
    return numbers


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
    lines, problems = _without_fences(lines, lines_above)
    lines, frame_problems = _without_frames(lines, lines_above)
    problems += frame_problems
    timings = _timings(lines, lines_above)
    heads = list(timings)
    numbering = _numbering(lines, heads)
    starts = [_head_start(lines, head, numbering, is_vtt=is_vtt) for head in heads]
    problems += _names(lines, starts, heads, lines_above) if not is_vtt else []
    above = lines[: starts[0]] if starts else lines
    problems += _stray(above, is_vtt=is_vtt, lines_above=lines_above)
    last = _end_of_last(lines, starts)
    problems += _stray(lines[last:], is_vtt=is_vtt, lines_above=lines_above + last)
    blocks = []
    for head, first, until in zip(heads, starts, [*starts, last][1:], strict=True):
        text = _payload(lines[head + 1 : max(until, head + 1)], is_vtt=is_vtt)
        number = lines_above + head + 1
        timing = timings[head]
        if timing is None:
            lost = "\n".join([lines[head].strip(), *text])
            problems.append(Problem(number, lost, "its times cannot be read"))
            continue
        if timing.settings and not _SETTINGS.fullmatch(timing.settings):
            text.insert(0, timing.settings)
        if "60" in lines[head] or "1000" in lines[head]:
            problems += [Problem(number, lines[head].strip(), RUNS_OVER)] * runs_over(lines[head])
        if text:
            end = max(_line_with_text(lines, until), head) + 1
            place = Place(number, lines_above + first, number, lines_above + end)
            blocks.append(Block(timing, tuple(text), place))
        else:
            problems.append(Problem(number, lines[head].strip(), NO_TEXT))
    return blocks, problems


def _names(
    lines: Sequence[str], starts: Sequence[int], heads: Sequence[int], above: int
) -> list[Problem]:
    """Lines of letters in place of a number: SubRip knows no names, so they may have been text."""
    named = [first for first, head in zip(starts, heads, strict=True) if first < head]
    named = [at for at in named if not any(map(str.isdigit, lines[at]))]
    return [Problem(above + at + 1, lines[at].strip(), IS_NAME) for at in named]


def _without_fences(lines: Sequence[str], above: int) -> tuple[list[str], list[Problem]]:
    """The lines with those blank that only fence a code block in, as chats do."""
    fences = [at for at, line in enumerate(lines) if line.startswith("```")]
    fences = [at for at in fences if _FENCE.fullmatch(lines[at])]
    bare = list(lines)
    for at in fences:
        bare[at] = ""
    return bare, [Problem(above + at + 1, lines[at].strip(), NO_CAPTION) for at in fences]


def _without_frames(lines: Sequence[str], above: int) -> tuple[list[str], list[Problem]]:
    """The lines with times to the frame as times to the millisecond; the rate is told."""
    plain, rate = without_frames(lines)
    if not rate:
        return plain, []
    at = next(
        (at for at, (one, other) in enumerate(zip(lines, plain, strict=True)) if one != other), 0
    )
    source = "as in all drop-frame timecode" if rate == DROP_RATE else "by the greatest in the file"
    reason = f"its times count frames; {rate} a second are taken, {source}"
    return plain, [Problem(above + at + 1, lines[at].strip(), reason)]


def _timings(lines: Sequence[str], above: int) -> dict[int, Timing | None]:
    """The lines of times, from 0, as far as they can be read.

    What only resembles one is text where it stands right below one.
    """
    found: dict[int, Timing | None] = {}
    for at, line in enumerate(lines):
        if ">" not in line and "→" not in line and line.count(":") + line.count("：") < 2:
            continue
        timing = timing_of(line, above + at + 1)
        if timing is not None or (is_head(line) and found.get(at - 1) is None):
            found[at] = timing
    return found


def _end_of_last(lines: Sequence[str], starts: Sequence[int]) -> int:
    """Where the last caption's text ends: before a number that goes on and has no caption."""
    at = _line_with_text(lines, len(lines))
    if not starts or at <= starts[-1] or lines[at - 1].strip():
        return len(lines)
    was, number = _number_of(lines[starts[-1]]), _number_of(lines[at])
    return at if number is not None and number - 1 == was else len(lines)


def _number_of(line: str) -> int | None:
    digits = line.strip()
    return int(digits) if digits.isdecimal() and len(digits) < 10 else None


@dataclass(frozen=True, slots=True)
class _Numbering:
    """Whether most captions of a file have a number, and whether blank lines part it from them.

    `named` are the lines of times below a name, where most captions have one in place of a number.
    """

    is_usual: bool
    is_apart: bool
    named: frozenset[int] = frozenset()


def _numbering(lines: Sequence[str], heads: Sequence[int]) -> _Numbering:
    close = sum(head > 0 and is_number(lines[head - 1]) for head in heads)
    if 2 * close > len(heads):
        return _Numbering(True, False)
    above = [_line_with_text(lines, head) for head in heads]
    apart = sum(
        at < head - 1 and is_number(lines[at]) for at, head in zip(above, heads, strict=True)
    )
    if 2 * apart > len(heads):
        return _Numbering(True, True)
    named = frozenset(
        head for before, head in pairwise([-1, *heads]) if _has_name(lines, before, head)
    )
    return _Numbering(False, False, named if 2 * len(named) > max(len(heads), 2) else frozenset())


def _has_name(lines: Sequence[str], before: int, head: int) -> bool:
    """Whether a line stands right above times and apart from a text above it."""
    at = head - 1
    if at < 0 or not lines[at].strip() or (at and lines[at - 1].strip()) or is_number(lines[at]):
        return False
    return before < 0 or any(map(str.strip, lines[before + 1 : at]))


def _line_with_text(lines: Sequence[str], before: int) -> int:
    """The last line before a line that is not blank; the first one if there is none."""
    at = before - 1
    while at > 0 and not lines[at].strip():
        at -= 1
    return max(at, 0)


def _head_start(lines: Sequence[str], head: int, numbering: _Numbering, *, is_vtt: bool) -> int:
    """Where a block begins: at its number, or in WebVTT its name, or at its times."""
    if head and numbering.is_apart and is_number(lines[at := _line_with_text(lines, head)]):
        return at
    if not head or not lines[head - 1].strip():
        return head
    is_apart = head == 1 or not lines[head - 2].strip()
    if is_number(lines[head - 1]) and (numbering.is_usual or is_apart):
        return head - 1
    above = lines[head - 1].strip()
    may_be_named = is_apart and not above.startswith("WEBVTT") and not is_head(above)
    is_name = may_be_named and (is_vtt or head in numbering.named)
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
            problems.append(Problem(number, line.strip(), NO_CAPTION))
    return problems
