"""A change of a transcript as a value: splices of neighbouring segments."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from editor.document import Segment

ChangeKind = Literal[
    "text",
    "split",
    "merge",
    "set",
    "insert",
    "delete",
    "times",
    "break",
    "replace",
    "correct",
    "speakers",
    "strike",
    "line",
    "code",
]


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

    def segment_ids(self) -> list[str]:
        """The ids of the segments that it takes away or puts in, each once."""
        segments = (one for splice in self.splices for one in (*splice.removed, *splice.inserted))
        return list(dict.fromkeys(segment.id for segment in segments))

    def named_ids(self) -> list[str]:
        """The ids of all segments that it is about, those it is put below too, each once."""
        above = (splice.after_id for splice in self.splices if splice.after_id is not None)
        return list(dict.fromkeys([*self.segment_ids(), *above]))

    def is_from_top(self) -> bool:
        """Whether it puts or takes something at the top of the transcript."""
        return any(splice.after_id is None for splice in self.splices)


def retimed(old: Sequence[Segment], new: Sequence[Segment]) -> Change:
    """The change that gives all segments of a transcript new times, where they differ.

    Neighbours that change go together: undone one by one, they would bound each other.
    """
    splices: list[Splice] = []
    above_id, run = None, list[tuple[Segment, Segment]]()
    for before, after in [*zip(old, new, strict=True), (None, None)]:
        if before and after and (before != after or (run and not before.words)):
            run.append((before, after))
            continue
        if run:
            removed, inserted = zip(*run, strict=True)
            splices.append(Splice(above_id, removed, inserted))
            above_id, run = removed[-1].id, []
        above_id = before.id if before else None
    return Change("times", tuple(splices))
