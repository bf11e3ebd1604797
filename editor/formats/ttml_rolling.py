"""Lines of live captions that roll up: each is shown once more above the next, said once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editor.formats.caption import Caption

_CONTIGUOUS_MS = 100


@dataclass(frozen=True, slots=True)
class Placed:
    """A caption, and how far down its region begins in any unit, None where that is not told."""

    caption: Caption
    top: float | None


def without_moved_up(placed: Sequence[Placed]) -> tuple[list[Caption], Caption | None]:
    """The captions without those that are one from further down at another place; and the first.

    Such a one has its text, and begins when it ends.
    """
    if len({each.top for each in placed}) < 2:
        return [one.caption for one in placed], None
    shown: dict[str, list[Placed]] = {}
    kept, first = list[Caption](), None
    for each in sorted(placed, key=lambda one: one.caption.start_ms):
        text = " ".join(each.caption.text.split())
        before = shown.get(text, [])
        if any(_moves_up(one, each) for one in before):
            first = first or each.caption
        else:
            kept.append(each.caption)
        shown[text] = [*before[-3:], each]
    return (kept, first) if first else ([one.caption for one in placed], None)


def _moves_up(before: Placed, after: Placed) -> bool:
    if before.top is None or after.top is None or after.top >= before.top:
        return False
    return abs(after.caption.start_ms - before.caption.end_ms) <= _CONTIGUOUS_MS
