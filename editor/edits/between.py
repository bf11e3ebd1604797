"""Segments with another text, between the times of their neighbours in a window."""

from __future__ import annotations

from editor.document import Segment
from editor.edits.text import edit_text
from editor.edits.window import Window


def written_in(
    window: Window, segment: Segment, text: str, *, above: Segment | None = None
) -> Segment:
    """The segment with another text, between its neighbours' times.

    `above` stands in for the segment above where that one is changed in the same edit.
    """
    if text == segment.text:
        return segment
    after_ms = window.first_start_below(segment.id)
    if above is not None and above.end_ms is not None:
        end_above = above.end_ms
    else:
        end_above = _last_end_above(window, segment.id)
    # What is above may last into this segment.
    before_ms = no_later_than(end_above, after_ms if segment.start_ms is None else segment.start_ms)
    recognised = window.words_between(before_ms, after_ms)
    return edit_text(segment, text, before_ms=before_ms, after_ms=after_ms, recognised=recognised)


def last_end(window: Window, segment: Segment | None) -> int:
    """Where a segment ends, or the nearest with words above it; 0 where there is none."""
    if segment is None:
        return 0
    return segment.end_ms if segment.end_ms is not None else _last_end_above(window, segment.id)


def last_start(window: Window, segment: Segment | None) -> int:
    """Where the last word of a segment begins, or of the nearest above it; else 0."""
    if segment is None:
        return 0
    timed = segment if segment.words else window.timed_above(segment.id)
    return timed.words[-1].start_ms if timed else 0


def _last_end_above(window: Window, segment_id: str) -> int:
    above = window.timed_above(segment_id)
    return above.end_ms or 0 if above else 0


def no_later_than(before_ms: int, after_ms: int | None) -> int:
    """The first moment, or the second where that is earlier."""
    return before_ms if after_ms is None else min(before_ms, after_ms)
