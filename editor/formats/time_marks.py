"""Times as people and programs write them within text, and which of those in a file are marks.

A mark says when what stands beside it was said; a time that was said itself is none. What repeats
in one form, and rises through the file, is a mark.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from editor.formats.names import name_in
from editor.timecode import ms_from_timecode

Place = Literal["alone", "start", "end", "middle"]

_CLOCK = (
    r"\d{1,3}[:;]\d\d(?:[:;]\d\d(?:[:;]\d\d\d?)?)?(?:[.,]\d{1,6}|-\d(?![\d:]))?"
    r"(?:\s?[ap]\.?m\b\.?)?"
    r"|\d{1,2}\.\d\d\.\d\d(?!\.?\d)|\d{1,3}\s?['′’]\s?\d\d\s?(?:''|[\"″”])"
)
#: Minutes and seconds by strokes, and hours, minutes and seconds with dots.
_STROKES, _DOTTED = re.compile(r"(\d{1,3})\s?['′’]\s?(\d+)\D+"), re.compile(r"\d{1,2}\.\d\d\.\d\d")
_DOTTED_FIRST_HOUR = re.compile(r"(?<![\d.])00?\.\d\d\.\d\d(?!\.?\d)")
#: Digits and signs of East Asian texts, each as wide as two.
_NARROW = str.maketrans("０１２３４５６７８９：【】［］（）〈〉", "0123456789:[][]()<>")
_SECONDS = r"\d{1,6}[.,]\d{1,6}\s?s?|\d{1,6}\s?s"
_SPELLED = (
    r"(?:\d{1,3}\s?h(?:ours?)?,?\s?)?(?:\d{1,4}\s?m(?:in(?:ute)?s?)?,?\s?)?"
    r"\d{1,4}\s?s(?:ec(?:ond)?s?)?\b"
)
_TIME = rf"(?:\d{{4}}-\d\d-\d\d[T ])?(?:{_CLOCK}|{_SPELLED}|{_SECONDS})"
#: What the time is called, before it.
_CALLED = r"(?:(?:\bTCR?\b|\btime[ -]?(?:code|stamp)\b)\s?:?\s?|\btime:\s)"
#: Between the first and the last frame of a caption, as caption programs write them.
_TO_FRAMES = r"(?<=[:;]\d\d)(?:\s?[,\\]\s?|[ \t]+)(?=\d\d[:;]\d\d[:;]\d\d[:;]\d\d)"
_MARK = re.compile(
    rf"(?:(?<![\w:;.,/+-])|(?=[\[(]))([\[({{<#|]?)\s?{_CALLED}?({_TIME})(?:(?:\s?(?:-{{1,2}}>|→|[-–—]|\bto\b)\s?|{_TO_FRAMES})({_TIME}))?"
    rf"\s?([\])}}>#|]?)(?![\d_;/]|:\d)",
    re.IGNORECASE,
)
_MAY_BE = re.compile(r"\d[:;]\d\d|\d\s?s|\d[.,]\d|\d\s?['′’]\s?\d\d")
#: Ends what is said before a time that stands behind it.
_SENTENCE_END = re.compile(r"[.?!…。？！][\"'”’»)」』]*\s*\Z")
_DATE, _TENTHS = re.compile(r"\A\d{4}-\d\d-\d\d[t ]"), re.compile(r"-(\d)\Z")
_HALF_OF_DAY = re.compile(r"\s?[ap]\.?m\.?\Z")
_WORDED = re.compile(r"(?<!\d)(\d+)\s?([hms])", re.IGNORECASE)
_OF_DAY = re.compile(r"[ap]\.?m", re.IGNORECASE)
_UNITS_S = {"h": 3600, "m": 60, "s": 1}
_PAIRS = {"[": "]", "(": ")", "{": "}", "<": ">", "#": "#", "|": "|"}
#: What stands around a mark and belongs to neither it nor the text.
AROUND = " \t\u00a0:：-–—|•*_>@"
#: So large a share of marks comes in the order of time, even where some were set by hand.
_RISING = 0.8
#: Of times without brackets before text, so large a share of the lines has one.
_MOST_LINES = 0.8
#: A transcript begins no later; what one does in the course of a day does.
_LATEST_BEGIN_MS = 300_000
#: Of those behind other text, more than this share stands behind names.
_MOST_NAMED = 0.6
_MOST_NAME_WORDS, _MOST_ABOVE = 6, 15
_HOUR_MS, _RULER_MS = 3_600_000, 300_000
_LONG = len("0:05:00")


@dataclass(frozen=True, slots=True)
class Form:
    """How a mark is written: its brackets, whether it tells an end, and what kind of time it is."""

    brackets: str
    is_range: bool
    kind: Literal["clock", "frames", "seconds"]


@dataclass(frozen=True, slots=True)
class Mark:
    """A time in a line, from `first` to `end` of its characters, and where it stands in there."""

    line: int
    first: int
    end: int
    form: Form
    place: Place
    start_ms: int
    end_ms: int | None
    is_exact: bool


def marks_in(lines: Sequence[str], is_name: Callable[[str], bool]) -> dict[int, list[Mark]]:
    """The marks of a file by the number of their line, from 0; none where it has no such form.

    `is_name` tells whether what stands before a mark may be who speaks.
    """
    found: defaultdict[Form, list[Mark]] = defaultdict(list)
    filled = sum(1 for line in lines if line.strip())
    # Days of a diary rise as well, but no day and no section is number 0.
    has_dotted = any(map(_DOTTED_FIRST_HOUR.search, lines))
    for number, line in enumerate(lines):
        narrow = line.translate(_NARROW) if not line.isascii() else line
        if _MAY_BE.search(narrow):
            for mark in _times_in(narrow, number):
                if not has_dotted and _DOTTED.search(narrow, mark.first, mark.end):
                    continue
                found[mark.form].append(mark)
    kept = [
        mark for form, marks in found.items() for mark in _kept(form, marks, lines, filled, is_name)
    ]
    by_line: defaultdict[int, list[Mark]] = defaultdict(list)
    for mark in sorted(kept, key=lambda mark: (mark.line, mark.first)):
        by_line[mark.line].append(mark)
    return dict(by_line)


def from_zero(marks: Sequence[Mark]) -> Callable[[int], int]:
    """What makes times in the recording of the marks' times, which may be those of the day."""
    times = [mark.start_ms for mark in marks]
    first, last = min(times, default=0), max(times, default=0)
    if first < _HOUR_MS or last - first >= first:
        return lambda ms: ms
    # Timecode of films begins at a whole hour.
    is_film = all(mark.form.kind == "frames" for mark in marks)
    zero_ms = first - first % _HOUR_MS if is_film else first
    return lambda ms: max(0, ms - zero_ms)


def are_rulers(marks: Sequence[Mark]) -> bool:
    """Whether they stand at every so many minutes, wherever that is in what is said."""
    is_each = all(m.place == "alone" and m.start_ms % _RULER_MS == 0 for m in marks)
    # One is enough where it has hours, minutes and seconds.
    return is_each and (len(marks) > 1 or any(m.end - m.first >= _LONG for m in marks))


def _times_in(line: str, number: int) -> Iterator[Mark]:
    for match in _MARK.finditer(line):
        opening, start, end, closing = match.groups()
        is_closed = bool(opening) and _PAIRS[opening] == closing
        # Only at the head of a line are words glued to a time.
        is_glued = line[match.end() : match.end() + 1].isalpha() and not match[0][-1].isspace()
        if is_glued and line[: match.start()].strip():
            continue
        kind, start_ms = _ms(start)
        last = _ms(end)[1] if end else None
        is_told = is_closed or _is_spelled(start) or (end and not line[: match.start()].strip())
        if start_ms is None or (kind == "seconds" and not is_told):
            continue
        is_called = match[0][:1].isalpha() and not line[: match.start()].strip(AROUND)
        first = match.start() if is_closed or is_called else match.start(2)
        stop = match.end() if is_closed else match.end(3 if end else 2)
        form = Form(opening + closing if is_closed else "", last is not None, kind)
        place = _place(line, first, stop)
        is_exact = kind == "frames" or "." in start
        yield Mark(number, first, stop, form, place, start_ms, last, is_exact)


def _place(line: str, first: int, end: int) -> Place:
    before, after = line[:first].strip(AROUND), line[end:].strip(AROUND)
    if before:
        return "middle" if after else "end"
    return "start" if after else "alone"


def _is_spelled(time: str) -> bool:
    return time[-1:].isalpha()


def _ms(time: str) -> tuple[Literal["clock", "frames", "seconds"], int | None]:
    """What kind of time it is, and how many ms; None where it is none, as 0:75."""
    time = time.strip().lower()
    is_dashed = "-" in time
    if is_dashed:
        time = _DATE.sub("", time)
    if strokes := _STROKES.fullmatch(time):
        time = ":".join(strokes.groups())
    elif _DOTTED.fullmatch(time):
        time = time.replace(".", ":")
    if ":" not in time and ";" not in time:
        if worded := _WORDED.findall(time) if re.search("[hm ]", time) else []:
            return "seconds", 1000 * sum(int(n) * _UNITS_S[unit] for n, unit in worded)
        return "seconds", round(1000 * float(time.rstrip("s econd").replace(",", ".")))
    hours_later, is_of_day = 0, time.endswith(("m", "m."))
    if is_of_day:
        hours_later = 12 if re.search(r"p\.?m", time) and not time.startswith("12") else 0
        time = _HALF_OF_DAY.sub("", time)
    if is_dashed:
        # f4 writes tenths of a second behind a dash.
        time = _TENTHS.sub(r".\1", time)
    ms = ms_from_timecode(f"{time}:00" if is_of_day and time.count(":") == 1 else time)
    kind: Literal["clock", "frames"] = "clock"
    if time.count(":") + time.count(";") == 3:
        kind = "frames"
    return kind, None if ms is None else ms + hours_later * _HOUR_MS


def _kept(
    form: Form,
    marks: Sequence[Mark],
    lines: Sequence[str],
    filled: int,
    is_name: Callable[[str], bool],
) -> Iterator[Mark]:
    """Those times of one form that are marks."""
    is_marked = form.brackets in ("[]", "##", "{}", "<>") or form.is_range or form.kind == "frames"
    if form.kind == "seconds" and form.is_range and not form.brackets:
        # Numbers with a dash between may be any.
        is_marked = _is_most(marks, lines, filled)
    if is_marked:
        # In the midst of a line a span of hours may have been said.
        marks = [m for m in marks if m.place != "middle" or _is_apart(m, lines)]
        at_edge = any(mark.place in ("alone", "start") for mark in marks)
        if _is_rising(marks) and (len(marks) > 1 or at_edge):
            yield from marks
        return
    if at_ends := _at_ends(marks, lines, filled):
        yield from at_ends
        return
    behind = [m for m in marks if m.place == "end" or (m.place == "middle" and _is_apart(m, lines))]
    before = Counter(lines[mark.line][: mark.first].strip(AROUND) for mark in behind)
    named = [m for m in behind if _names(lines[m.line][: m.first], before, is_name)]
    if not form.brackets and any(m.place == "middle" for m in named):
        named = _at_each_name(named, lines)
    for place in ("alone", "start"):
        some = [mark for mark in marks if mark.place == place]
        is_form = place == "alone" or bool(form.brackets) or _is_most(some, lines, filled)
        is_form = is_form or _heads_turns(some, lines, is_name)
        if is_form and (are_rulers(some) or (len(some) > 1 and _is_rising(some))):
            yield from some
    if len(named) > 1 and len(named) > _MOST_NAMED * len(behind) and _is_rising(named):
        yield from (m for m in behind if name_in(lines[m.line][: m.first]))


def _is_most(marks: Sequence[Mark], lines: Sequence[str], filled: int) -> bool:
    """Whether lines begin with a time, below a title, and it may be one of a recording."""
    if not marks:
        return False
    above = sum(1 for line in lines[: min(marks[0].line, _MOST_ABOVE)] if line.strip())
    is_early = min(mark.start_ms for mark in marks) < _LATEST_BEGIN_MS
    is_of_day = all(_OF_DAY.search(lines[mark.line][mark.first : mark.end]) for mark in marks)
    return len(marks) >= _MOST_LINES * (filled - above) and (is_early or is_of_day)


def _at_ends(marks: Sequence[Mark], lines: Sequence[str], filled: int) -> list[Mark]:
    """Times that end lines, if most lines have one behind what is said; in brackets or not."""
    ends = [mark for mark in marks if mark.place == "end"]
    said = [m for m in ends if m.form.brackets or _SENTENCE_END.search(lines[m.line][: m.first])]
    is_all = len(ends) > 2 and len(said) >= _MOST_LINES * len(ends)
    return ends if is_all and _is_most(ends, lines, filled) and _is_rising(ends) else []


def _is_apart(mark: Mark, lines: Sequence[str]) -> bool:
    """Whether more than a space parts a time from what stands before it."""
    before = lines[mark.line][: mark.first]
    return bool(mark.form.brackets) or before.endswith(("  ", "\t", ": ", "- ", "| "))


def _names(text: str, before: Counter[str], is_name: Callable[[str], bool]) -> bool:
    name = text.strip(AROUND)
    return is_name(name) or (before[name] > 1 and len(name.split()) <= _MOST_NAME_WORDS)


def _at_each_name(named: Sequence[Mark], lines: Sequence[str]) -> list[Mark]:
    """The marks, if the lines that begin with the same names have one; else it was said."""
    heads = tuple({lines[mark.line][: mark.first].strip(AROUND) for mark in named})
    begun = sum(line.strip(AROUND).startswith(heads) for line in lines)
    is_early = min(mark.start_ms for mark in named) < _LATEST_BEGIN_MS
    return list(named) if is_early and len(named) >= _MOST_LINES * begun else []


def _heads_turns(
    marks: Sequence[Mark], lines: Sequence[str], is_name: Callable[[str], bool]
) -> bool:
    """Whether beside each is a name and nothing more, and below it what was said."""
    return all(
        is_name(lines[mark.line][mark.end :])
        and mark.line + 1 < len(lines)
        and bool(lines[mark.line + 1].strip())
        for mark in marks
    )


def _is_rising(marks: Sequence[Mark]) -> bool:
    steps = [b.start_ms >= a.start_ms for a, b in pairwise(marks)]
    return sum(steps) >= _RISING * len(steps) and (
        len(marks) < 2 or marks[-1].start_ms > marks[0].start_ms
    )
