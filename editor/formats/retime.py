"""Moves the times of a caption file and leaves everything else in it as it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from operator import add

from editor.errors import UnreadableTranscript
from editor.formats.blocks import Timing, arrow_lines, timing_of
from editor.formats.written_times import raw_lines, with_inline_times, with_times


def retimed(text: str, name: str, format_name: str, move: Callable[[int], int]) -> str:
    """Move each caption of an SRT or WebVTT text to where `move` says its start belongs, in ms.

    Texts, breaks, line ends, numbers, notes, settings and durations stay. A caption ends at the
    latest where the next one begins, if it did so before. One that does not move stays as written.

    Raises:
        UnreadableTranscript: it is no caption file, or no line of times in it can be read.
    """
    lines = raw_lines(text)
    bare = [line.rstrip("\r\n") for line in lines]
    found = [timing_of(bare[number - 1], number) for number in arrow_lines(bare)]
    timings = [timing for timing in found if timing is not None]
    if format_name not in ("srt", "vtt") or not timings:
        raise UnreadableTranscript(name, "it has no caption times that could be moved")
    decimal = "," if format_name == "srt" else "."
    ends = [*(timing.line for timing in timings[1:]), len(lines) + 1]
    for timing, (start_ms, end_ms), end in zip(timings, _moved(timings, move), ends, strict=True):
        if (start_ms, end_ms) == (timing.start_ms, max(timing.start_ms, timing.end_ms)):
            continue
        at = timing.line - 1
        lines[at] = with_times(lines[at], timing, start_ms, end_ms, decimal=decimal)
        shifted = partial(add, start_ms - timing.start_ms)
        for below in range(timing.line, end - 1):
            lines[below] = with_inline_times(lines[below], shifted)
    return "".join(lines)


def _moved(timings: Sequence[Timing], move: Callable[[int], int]) -> list[tuple[int, int]]:
    starts = [move(timing.start_ms) for timing in timings]
    ends = [s + max(0, t.end_ms - t.start_ms) for s, t in zip(starts, timings, strict=True)]
    for k, (one, following) in enumerate(pairwise(timings)):
        if one.end_ms <= following.start_ms and starts[k] < starts[k + 1]:
            ends[k] = min(ends[k], starts[k + 1])
    return list(zip(starts, ends, strict=True))
