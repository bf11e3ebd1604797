"""When captions go from the screen."""

from __future__ import annotations

from editor.captions.rules import Rules
from editor.document import MIN_WORD_MS


def out_time(
    rules: Rules, start_ms: int, wanted_ms: int, latest_ms: int | None, next_ms: int | None
) -> int:
    """When a cue goes: not before it is read, not in the next one's time, gaps as asked for."""
    end_ms = max(wanted_ms, start_ms + MIN_WORD_MS)
    if latest_ms is not None:
        end_ms = min(end_ms, latest_ms)
    closed_ms = None if next_ms is None else rules.closed_ms(start_ms, end_ms, next_ms)
    if next_ms is None or closed_ms is None:
        return end_ms
    closed_ms = max(closed_ms, min(start_ms + MIN_WORD_MS, next_ms))
    return closed_ms if latest_ms is None else min(closed_ms, latest_ms)
