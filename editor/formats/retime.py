"""Moves the times of a caption file and leaves everything else in it as it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from editor.errors import UnreadableTranscript
from editor.formats.blocks import Timing, arrow_lines, timing_of
from editor.timecode import ms_from_timestamp, timestamp_from_ms

_INLINE = re.compile(r"(?<=<)(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3}(?=>)")


def retimed(text: str, name: str, format_name: str, move: Callable[[int], int]) -> str:
    """Move each caption of an SRT or WebVTT text to where `move` says its start belongs, in ms.

    Texts, breaks, numbers, notes, settings and durations stay. A caption ends at the latest where
    the next one begins, if it did so before.

    Raises:
        UnreadableTranscript: it is no caption file, or no line of times in it can be read.
    """
    lines = text.split("\n")
    found = [timing_of(lines[number - 1], number) for number in arrow_lines(lines)]
    timings = [timing for timing in found if timing is not None]
    if format_name not in ("srt", "vtt") or not timings:
        raise UnreadableTranscript(name, "it has no caption times that could be moved")
    decimal = "," if format_name == "srt" else "."
    ends = [*(timing.line for timing in timings[1:]), len(lines) + 1]
    for timing, (start_ms, end_ms), end in zip(timings, _moved(timings, move), ends, strict=True):
        span = [timestamp_from_ms(ms, decimal=decimal) for ms in (start_ms, end_ms)]
        lines[timing.line - 1] = f"{span[0]} --> {span[1]} {timing.settings}".rstrip()
        shifted = partial(_shifted, start_ms - timing.start_ms)
        for at in range(timing.line, end - 1):
            lines[at] = _INLINE.sub(shifted, lines[at])
    return "\n".join(lines)


def _moved(timings: Sequence[Timing], move: Callable[[int], int]) -> list[tuple[int, int]]:
    starts = [move(timing.start_ms) for timing in timings]
    ends = [s + max(0, t.end_ms - t.start_ms) for s, t in zip(starts, timings, strict=True)]
    for k, (one, following) in enumerate(pairwise(timings)):
        if one.end_ms <= following.start_ms and starts[k] < starts[k + 1]:
            ends[k] = min(ends[k], starts[k + 1])
    return list(zip(starts, ends, strict=True))


def _shifted(by_ms: int, written: re.Match[str]) -> str:
    return timestamp_from_ms(max(0, ms_from_timestamp(written[0]) + by_ms))
