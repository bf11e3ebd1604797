"""How a transcript stood earlier, and the change that brings it back."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from editor.document import Segment
from editor.edits import Change, Splice, clamped, with_present_times
from editor.edits.marks import MARKS, marked_as, marks_of


def rolled_back(segments: Sequence[Segment], changes: Iterable[Change]) -> list[Segment]:
    """The segments as they were before `changes`, which are given newest first.

    Segments that no change touched keep the times they have now.
    """
    order = [segment.id for segment in segments]
    past = {segment.id: segment for segment in segments}
    for change in changes:
        for splice in reversed(change.splices):
            now, then = ([one.id for one in part] for part in (splice.inserted, splice.removed))
            past |= {segment.id: segment for segment in splice.removed}
            if now != then:
                anchor = now[0] if now else splice.after_id
                at = order.index(anchor) + (not now) if anchor is not None else 0
                order[at : at + len(now)] = then
    return [past[segment_id] for segment_id in order]


def difference(present: Sequence[Segment], wanted: Sequence[Segment]) -> Change:
    """The change from what stands there to earlier segments; words on both sides keep their times.

    Starts are moved where they would pass those of a neighbour.
    """
    splices: list[Splice] = []
    last_start, above_id = 0, None
    for removed, inserted, high in _runs(present, wanted):
        if removed != inserted:
            timed = with_present_times(inserted, removed)
            inserted = tuple(
                replace(then, words=marked_as(then.words, was.words))
                for was, then in zip(inserted, timed, strict=True)
            )
            inserted = tuple(clamped(segment, last_start, high) for segment in inserted)
            if not _say_the_same(removed, inserted):
                splices.append(Splice(above_id, removed, inserted))
            else:
                inserted = removed
        for segment in inserted:
            above_id = segment.id
            last_start = segment.words[-1].start_ms if segment.words else last_start
    return Change("replace", tuple(splices))


_Run = tuple[tuple[Segment, ...], tuple[Segment, ...], int | None]


def _runs(present: Sequence[Segment], wanted: Sequence[Segment]) -> Iterable[_Run]:
    """What gives way to what, in order, with the next start below that stays."""
    next_starts = _next_starts(present)
    for op in Levenshtein.opcodes([one.id for one in present], [one.id for one in wanted]):
        if op.tag != "equal":
            removed = tuple(present[op.src_start : op.src_end])
            inserted = tuple(wanted[op.dest_start : op.dest_end])
            yield removed, inserted, next_starts[op.src_end]
            continue
        for i, j in zip(
            range(op.src_start, op.src_end), range(op.dest_start, op.dest_end), strict=True
        ):
            yield (present[i],), (wanted[j],), next_starts[i + 1]


def _next_starts(segments: Sequence[Segment]) -> list[int | None]:
    """For each place the start of the first word from there on; None where there is none."""
    starts: list[int | None] = [None]
    for segment in reversed(segments):
        starts.append(segment.start_ms if segment.words else starts[-1])
    return starts[::-1]


def _say_the_same(a: Sequence[Segment], b: Sequence[Segment]) -> bool:
    """Whether they differ in times and revisions at most."""
    return [replace(one, words=(), text="", revision=1) for one in a] == [
        replace(one, words=(), text="", revision=1) for one in b
    ] and [_marked(one) for one in a] == [_marked(one) for one in b]


def _marked(segment: Segment) -> tuple[object, ...]:
    return segment.text, *(marks_of(segment, mark) for mark in MARKS)
