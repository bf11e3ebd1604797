"""Changes of a transcript as values, so that each can be stored, sent, undone and done again.

Owns what an edit is and how words keep their times through it; not where it is saved.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from editor.document import Segment

ChangeKind = Literal["text", "split", "merge", "set", "insert", "delete", "times", "replace"]


@dataclass(frozen=True, slots=True)
class Splice:
    """Neighbouring segments `removed` give way to `inserted`, after the segment `after_id`.

    `after_id` is None at the top of the transcript. A segment that stays in place, changed, is in
    both, under the same id. `removed` is empty for an insertion, `inserted` for a deletion.
    """

    after_id: str | None
    removed: tuple[Segment, ...]
    inserted: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """One undoable step: splices at different places, in the order of the text."""

    kind: ChangeKind
    splices: tuple[Splice, ...]


def restored(change: Change, current: Mapping[str, Segment], *, forward: bool) -> Change:
    """The change that takes a saved one back, or with `forward` does it again.

    `current` holds the present segments of the change by id.
    """
    splices = []
    for splice in change.splices if forward else reversed(change.splices):
        old = splice.removed if forward else splice.inserted
        new = splice.inserted if forward else splice.removed
        splices.append(Splice(splice.after_id, tuple(current[item.id] for item in old), new))
    return Change(change.kind, tuple(splices))
