"""Times as files have them, made sane: in order, and each end after its start."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from editor.document import MIN_WORD_MS, DraftSegment
from editor.formats.reading import Problem

_MS_A_CHARACTER = 60


def with_sane_times(drafts: Sequence[DraftSegment]) -> tuple[list[DraftSegment], list[Problem]]:
    """Make every draft end after it starts, and starts never decrease in the file's order.

    The longest series of starts in order is believed; the rest go between their neighbours.
    """
    believed = set(_longest_in_order([draft.start_ms or 0 for draft in drafts]))
    following: list[DraftSegment | None] = [None]
    for number in range(len(drafts) - 1, -1, -1):
        following.append(drafts[number] if number in believed else following[-1])
    following.reverse()
    sane: list[DraftSegment] = []
    problems = []
    for number, draft in enumerate(drafts):
        start_ms, end_ms = draft.start_ms or 0, draft.end_ms or 0
        if number not in believed:
            problems.append(Problem(draft.line, draft.text, "its time is out of order"))
            before = sane[-1] if sane else None
            start_ms, end_ms = _between(before, draft, following[number])
        elif end_ms < start_ms:
            problems.append(Problem(draft.line, draft.text, "it ends before it starts"))
            end_ms = start_ms + _MS_A_CHARACTER * len(draft.text)
        is_moved = (start_ms, end_ms) != (draft.start_ms, draft.end_ms)
        end_ms = max(end_ms, start_ms + MIN_WORD_MS)
        times = () if is_moved else draft.word_times_ms
        sane.append(replace(draft, start_ms=start_ms, end_ms=end_ms, word_times_ms=times))
    return sane, problems


def _between(
    before: DraftSegment | None, draft: DraftSegment, after: DraftSegment | None
) -> tuple[int, int]:
    before_start_ms = before.start_ms or 0 if before else 0
    before_end_ms = before.end_ms or 0 if before else 0
    length_ms = _MS_A_CHARACTER * len(draft.text)
    if after is None:
        return before_end_ms, before_end_ms + length_ms
    latest_ms = after.start_ms or 0
    start_ms = max(before_start_ms, min(before_end_ms, latest_ms))
    return start_ms, min(start_ms + length_ms, max(latest_ms, start_ms))


def _longest_in_order(starts_ms: Sequence[int]) -> list[int]:
    """Indices of a longest series that never decreases."""
    tails: list[int] = []
    tail_at: list[int] = []
    came_from: list[int | None] = []
    for number, start_ms in enumerate(starts_ms):
        place = bisect_right(tails, start_ms)
        came_from.append(tail_at[place - 1] if place else None)
        tails[place : place + 1] = [start_ms]
        tail_at[place : place + 1] = [number]
    series, at = [], tail_at[-1] if tail_at else None
    while at is not None:
        series.append(at)
        at = came_from[at]
    return series[::-1]
