"""New segments put by their times between those that people have written meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editor.document import Segment, is_guessed
from editor.edits.change import Splice
from editor.edits.times import clamped


@dataclass(frozen=True, slots=True)
class Filling:
    """What is inserted, and which segments have other times to make room for it."""

    splices: tuple[Splice, ...]
    moved: tuple[Segment, ...]


def filled(present: Sequence[Segment], found: Sequence[Segment]) -> Filling:
    """Put segments that were `found` in the recording below those that begin no later.

    Both are in order and have words. What was only guessed to be said there makes room; else what
    was found does, so that nothing fails and nothing that is known moves.
    """
    splices, moved = list[Splice](), list[Segment]()
    below = iter([*present, None])
    above, following = None, next(below)
    run: list[Segment] = []

    def insert() -> None:
        if run:
            splices.append(Splice(above.id if above else None, (), tuple(run)))
            run.clear()

    for segment in found:
        start_ms = segment.words[0].start_ms
        while following and following.words[0].start_ms <= start_ms:
            insert()
            above, following = following, next(below)
        if above and above.words[-1].start_ms > start_ms and all(map(is_guessed, above.words)):
            above = clamped(above, above.words[0].start_ms, start_ms)
            moved.append(above)
        low = above.words[-1].start_ms if above else 0
        run.append(clamped(segment, low, following.words[0].start_ms if following else None))
    insert()
    return Filling(tuple(splices), tuple(moved))
