"""The captions of a file as they are written, and that file with some of them cut otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editor.formats import ass, srt, vtt
from editor.formats.patch import ttml_times
from editor.formats.patch.retimed import Span, retimed, timings_in
from editor.formats.patch.times import line_end, numbers_at, raw_lines, renumber
from editor.formats.timing_line import Timing

#: How lines are parted in a caption.
BREAKS = {"srt": "\n", "vtt": "\n", "ass": "\\N", "ttml": "<br/>"}
_XML_ID = re.compile(r"(?<!\s)\s++xml:id\s*+=\s*+(?:\"[^\"]*\"|'[^']*')")
_TIMES = re.compile(r"(?<!\s)\s++(?:begin|end|dur|xml:id)\s*+=\s*+(?:\"[^\"]*\"|'[^']*')")


@dataclass(frozen=True, slots=True)
class Written:
    """A caption as it stands in its file.

    `body` is its text, marks and all, None where it has none of its own; `look` is what else the
    file says of it, but its times.
    """

    timing: Timing
    body: str | None
    look: str


@dataclass(frozen=True, slots=True)
class Recut:
    """Captions `first` to `end` of a file's, and what stands in their place: spans and bodies."""

    first: int
    end: int
    parts: tuple[tuple[Span, str], ...]


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where the body of a caption stands in a text, and what comes before and behind a further one.

    One that is added comes at `at`.
    """

    first: int
    end: int
    at: int
    before: str
    behind: str
    look: str


def written(text: str, name: str, format_name: str) -> list[Written]:
    """The captions in the order of the file.

    Raises:
        UnreadableTranscript: its captions cannot be moved, see `timings_in`.
    """
    unmarked = text.removeprefix("\ufeff")
    timings = timings_in(unmarked, name, format_name)
    slots = _slots(unmarked, name, format_name, timings)
    return [
        Written(timing, unmarked[slot.first : slot.end].replace("\r\n", "\n"), slot.look)
        if slot
        else Written(timing, None, "")
        for timing, slot in zip(timings, slots, strict=True)
    ]


def recut(text: str, name: str, format_name: str, edits: Sequence[Recut]) -> str:
    """The text with captions cut otherwise; what is not in an edit stays byte for byte.

    A part without a body keeps what stands there. Numbers run on behind captions that came or went.

    Raises:
        UnreadableTranscript: as `written`.
    """
    unmarked = text.removeprefix("\ufeff")
    mark = text[: len(text) - len(unmarked)]
    timings = timings_in(unmarked, name, format_name)
    slots = _slots(unmarked, name, format_name, timings)
    newline = "\r\n" if "\r\n" in unmarked else "\n"
    by_first = {edit.first: edit for edit in edits}
    changes, spans, number = list[tuple[int, int, str]](), list[Span | None](), 0
    while number < len(timings):
        edit = by_first.get(number)
        if edit is None:
            timing = timings[number]
            spans.append((timing.start_ms, max(timing.start_ms, timing.end_ms)))
            number += 1
            continue
        here = slots[edit.first : edit.end]
        changes += _changes([slot for slot in here if slot], edit, unmarked, newline)
        spans += [span for span, _ in edit.parts]
        spans += [None] * (edit.end - edit.first - len(edit.parts))
        number = edit.end
    return mark + retimed(_numbered(unmarked, changes, format_name), name, format_name, spans)


def _changes(
    slots: Sequence[_Slot], edit: Recut, text: str, newline: str
) -> Iterator[tuple[int, int, str]]:
    """What is put where so that captions hold other bodies, where these are not empty."""
    for slot, (_, body) in zip(slots, edit.parts, strict=False):
        fresh = body.replace("\n", newline)
        if fresh and text[slot.first : slot.end] != fresh:
            yield slot.first, slot.end, fresh
    last = slots[min(len(slots), len(edit.parts)) - 1]
    for _, body in edit.parts[len(slots) :]:
        before = _XML_ID.sub("", last.before)
        yield last.at, last.at, before + body.replace("\n", newline) + last.behind


def _numbered(text: str, changes: Sequence[tuple[int, int, str]], format_name: str) -> str:
    parts, at = list[str](), 0
    for first, end, fresh in sorted(changes, key=lambda change: change[:2]):
        parts += [text[at:first], fresh]
        at = end
    changed = "".join([*parts, text[at:]])
    if format_name != "srt" or all(first < end for first, end, _ in changes):
        return changed
    lines = raw_lines(changed)
    renumber(lines, next((int(lines[at]) for at in numbers_at(lines)), 1) or 1)
    return "".join(lines)


def _slots(text: str, name: str, format_name: str, timings: Sequence[Timing]) -> list[_Slot | None]:
    if format_name == "ttml":
        return [
            _Slot(first, end, at, text[tag:first], text[end:at], _TIMES.sub("", text[tag:first]))
            for tag, first, end, at in ttml_times.places(text, name)
        ]
    lines = raw_lines(text)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    if format_name == "ass":
        return [_of_dialogue(lines, starts, timing.line - 1) for timing in timings]
    bare = [line.rstrip("\r\n") for line in lines]
    places = {place.line: place for place in (vtt if format_name == "vtt" else srt).places(bare)}
    has_numbers = any(numbers_at(bare))
    found = list[_Slot | None]()
    for timing in timings:
        place = places.get(timing.line)
        if place is None or place.text_first != timing.line or place.end <= place.text_first:
            found.append(None)
            continue
        newline = line_end(lines[timing.line - 1]) or "\n"
        ending = line_end(lines[place.end - 1])
        end = starts[place.end] - len(ending)
        number = f"0{newline}" if has_numbers and format_name == "srt" else ""
        before = newline * 2 + number + lines[timing.line - 1]
        first = starts[place.text_first]
        found.append(_Slot(first, end, end, before, "", timing.settings))
    return found


def _of_dialogue(lines: Sequence[str], starts: Sequence[int], at: int) -> _Slot | None:
    first = ass.text_place(lines, at)
    if first is None:
        return None
    end = len(lines[at].rstrip("\r\n"))
    newline = line_end(lines[at]) or "\n"
    place = starts[at] + end
    head = lines[at][:first]
    return _Slot(starts[at] + first, place, place, newline + head, "", ass.without_times(head))
