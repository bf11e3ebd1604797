"""The change that undoes another, or does it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from editor.document import Segment
from editor.edits.change import Change, Splice
from editor.edits.standing import with_present_times
from editor.edits.times import clamped


def restored(
    change: Change,
    current: Mapping[str, Segment],
    *,
    forward: bool,
    bounds: Sequence[tuple[int, int | None]],
) -> Change:
    """Give the change that undoes `change`, or with `forward` does it again.

    `current` holds the segments that stand there now, by id. Words that stand there still keep the
    times they have now, since alignment may have mended them meanwhile; only a change of times
    brings old times back. `bounds` gives for each splice the latest start above and the earliest
    start below it.
    """
    splices = []
    for splice, (low, high) in zip(change.splices, bounds, strict=True):
        gone, wanted = (
            (splice.removed, splice.inserted) if forward else (splice.inserted, splice.removed)
        )
        present = tuple(current[segment.id] for segment in gone)
        if change.kind != "times":
            wanted = with_present_times(wanted, present)
        inserted = tuple(clamped(segment, low, high) for segment in wanted)
        splices.append(Splice(splice.after_id, present, inserted))
    return Change(change.kind, tuple(splices))
