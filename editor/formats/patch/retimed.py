"""Moves the times of a caption file and leaves everything else in it as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from operator import add

from editor.errors import UnreadableTranscript
from editor.formats import ass, srt, vtt
from editor.formats.blocks import arrow_lines
from editor.formats.frame_times import with_frames, without_frames
from editor.formats.patch import ttml_times
from editor.formats.patch.times import (
    numbers_at,
    raw_lines,
    renumber,
    with_inline_times,
    with_times,
)
from editor.formats.result import Place
from editor.formats.timing_line import Timing, timing_of

#: From when to when a caption is to be shown, in ms.
Span = tuple[int, int]

_NO_TIMES = "it has no caption times that could be moved"


def timings_in(text: str, name: str, format_name: str) -> list[Timing]:
    """The times of the captions of an SRT, WebVTT, ASS or TTML text.

    Raises:
        UnreadableTranscript: it is no such file, or no line of times in it can be read.
    """
    bare = [line.rstrip("\r\n") for line in raw_lines(text.removeprefix("\ufeff"))]
    timings = list[Timing]()
    if format_name == "ttml":
        timings = ttml_times.timings(text.removeprefix("\ufeff"), name)
    elif format_name == "ass":
        timings = ass.timings(bare)
    elif format_name in ("srt", "vtt"):
        bare, _ = without_frames(bare)
        found = (timing_of(bare[number - 1], number) for number in arrow_lines(bare))
        timings = [timing for timing in found if timing is not None]
    if not timings:
        raise UnreadableTranscript(name, _NO_TIMES)
    return timings


def retimed(text: str, name: str, format_name: str, spans: Sequence[Span | None]) -> str:
    """Move each caption of such a text to its one of the `spans`, or take it out where it is None.

    Texts, breaks, line ends, notes and settings stay, and numbers where no caption goes. A caption
    ends at the latest where the next one begins, if it did so before. One that does not move stays
    as written.

    Raises:
        UnreadableTranscript: as `timings_in`.
    """
    unmarked = text.removeprefix("\ufeff")
    mark, lines = text[: len(text) - len(unmarked)], raw_lines(unmarked)
    bare = [line.rstrip("\r\n") for line in lines]
    timings = timings_in(text, name, format_name)
    spans = _in_a_row(timings, spans)
    if format_name == "ttml":
        return mark + ttml_times.with_spans(unmarked, name, spans)
    ends = [*(timing.line for timing in timings[1:]), len(lines) + 1]
    counted = lines
    lines, frames = without_frames(lines) if format_name != "ass" else (lines, 0)
    plain = list(lines) if frames else lines
    for timing, span, end in zip(timings, spans, ends, strict=True):
        if span in (None, (timing.start_ms, max(timing.start_ms, timing.end_ms))):
            continue
        _move_one(lines, timing, span or (0, 0), end, format_name)
    for at, line in enumerate(counted if frames else ()):
        if line != plain[at]:
            is_moved = lines[at] != plain[at]
            lines[at] = with_frames(lines[at], frames) if is_moved else line
    gone = {timing.line for timing, span in zip(timings, spans, strict=True) if span is None}
    return mark + "".join(_without(lines, bare, gone, format_name) if gone else lines)


def _move_one(lines: list[str], timing: Timing, span: Span, end: int, format_name: str) -> None:
    at = timing.line - 1
    if format_name == "ass":
        lines[at] = ass.with_times(lines[at], *span)
        return
    lines[at] = with_times(lines[at], timing, *span, decimal="," if format_name == "srt" else ".")
    shifted = partial(add, span[0] - timing.start_ms)
    for below in range(timing.line, end - 1):
        lines[below] = with_inline_times(lines[below], shifted)


def _in_a_row(timings: Sequence[Timing], spans: Sequence[Span | None]) -> list[Span | None]:
    spans = list(spans)
    shown = [number for number, span in enumerate(spans) if span is not None]
    for k, following in pairwise(shown):
        (start, end), (start_after, _) = spans[k] or (0, 0), spans[following] or (0, 0)
        if timings[k].end_ms <= timings[following].start_ms and start < start_after:
            spans[k] = start, min(end, start_after)
    return spans


def _without(lines: list[str], bare: Sequence[str], gone: set[int], format_name: str) -> list[str]:
    """The lines without the captions of some lines of times, numbered anew if they had numbers."""
    if format_name == "ass":
        return [line for number, line in enumerate(lines, start=1) if number not in gone]
    places: list[Place] = (vtt if format_name == "vtt" else srt).places(bare)
    dropped = set[int]()
    for place in places:
        if place.line in gone:
            dropped.update(range(place.first, place.end))
            after = place.end
            while after < len(bare) and not bare[after].strip():
                dropped.add(after)
                after += 1
    kept = [line for at, line in enumerate(lines) if at not in dropped]
    if format_name == "srt":
        renumber(kept, next((int(bare[at]) for at in numbers_at(bare)), 1) or 1)
    return kept
