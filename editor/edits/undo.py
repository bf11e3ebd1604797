"""The change that undoes another, or does it again, and whether it may."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from editor.document import Segment
from editor.edits.carry_times import with_present_times
from editor.edits.change import Change, ChangeKind, Splice
from editor.edits.marks import Mark, marked_as, marks_of, with_marks
from editor.edits.times import clamped

#: The marks of words that changes of a kind change alone.
_MARK_OF: dict[str, Mark] = {
    "strike": "struck",
    "code": "codes",
    "line": "ends_line",
}
#: What people say of a segment beside its text.
_SAID = ("speaker", "kind", "new_turn", "reviewed", "note")


def directed(change: Change, *, forward: bool) -> Change:
    """The change itself, or with its sides exchanged, its splices in the order to write them.

    The place of a splice may be named by a segment that an earlier one put in.
    """
    if forward:
        return change
    swapped = [Splice(one.after_id, one.inserted, one.removed) for one in change.splices]
    return replace(change, splices=tuple(reversed(swapped)))


def is_as_left(change: Change, current: Mapping[str, Segment]) -> bool:
    """Whether what a directed change takes away is still there, and nobody changed it since.

    Somebody may well have said something of a segment that the change said nothing of.
    """
    wanted = {segment.id: segment for splice in change.splices for segment in splice.inserted}
    gone = {segment.id: segment for splice in change.splices for segment in splice.removed}
    is_back = any(item in current for item in wanted.keys() - gone.keys())
    return not is_back and all(
        left.id in current and _is_alike(current[left.id], left, wanted.get(left.id), change.kind)
        for left in gone.values()
    )


def restored(
    change: Change, current: Mapping[str, Segment], *, bounds: Sequence[tuple[int, int | None]]
) -> Change:
    """Give what a directed change does to the segments as they stand there now.

    `current` holds these by id. Words that stand there still keep the times they have now, since
    alignment may have mended them meanwhile; only a change of times brings old times back, and only
    one of marks, such as strikes, old marks. What was said of a segment since stays. `bounds` gives
    for each splice the latest start above and the earliest start below it.
    """
    splices = []
    for splice, (low, high) in zip(change.splices, bounds, strict=True):
        present = tuple(current[segment.id] for segment in splice.removed)
        left = {segment.id: segment for segment in splice.removed}
        wanted = tuple(
            _with_news(segment, left[segment.id], current[segment.id], change.kind)
            if segment.id in left
            else segment
            for segment in splice.inserted
        )
        if change.kind != "times" and change.kind not in _MARK_OF:
            timed = with_present_times(wanted, present)
            wanted = _with_old_lines(timed, wanted) if _lines_as_left(splice, present) else timed
        inserted = tuple(clamped(segment, low, high) for segment in wanted)
        splices.append(Splice(splice.after_id, present, inserted))
    return Change(change.kind, tuple(splices))


def _lines_as_left(splice: Splice, present: Sequence[Segment]) -> bool:
    """Whether lines end in the segments as a change left them: it may have moved an end itself."""
    return [marks_of(one, "ends_line") for one in present] == [
        marks_of(one, "ends_line") for one in splice.removed
    ]


def _with_old_lines(timed: Sequence[Segment], wanted: Sequence[Segment]) -> tuple[Segment, ...]:
    return tuple(
        replace(one, words=with_marks(one.words, "ends_line", marks_of(old, "ends_line")))
        for one, old in zip(timed, wanted, strict=True)
    )


def _is_alike(now: Segment, left: Segment, wanted: Segment | None, kind: ChangeKind) -> bool:
    if kind == "times":
        return now.text == left.text and _locked(now) == _locked(left)
    if mark := _MARK_OF.get(kind):
        return now.text == left.text and marks_of(now, mark) == marks_of(left, mark)
    if wanted is None:
        # That it was looked through goes with it.
        changed = ["text", *(name for name in _SAID if name != "reviewed")]
    else:
        changed = [n for n in ("text", *_SAID) if getattr(left, n) != getattr(wanted, n)]
    return all(getattr(now, name) == getattr(left, name) for name in changed)


def _with_news(wanted: Segment, left: Segment, now: Segment, kind: ChangeKind) -> Segment:
    """A wanted segment, with all that the change did not say as it is now."""
    same = [name for name in _SAID if getattr(left, name) == getattr(wanted, name)]
    news = {name: getattr(now, name) for name in same}
    if mark := _MARK_OF.get(kind):
        words = with_marks(now.words, mark, marks_of(wanted, mark))
        news |= {"words": words, "released": now.released}
    elif kind == "times":
        news |= {"words": marked_as(wanted.words, now.words)}
    elif left.text == wanted.text:
        news |= {"text": now.text, "words": now.words, "released": now.released}
    return replace(wanted, **news)


def _locked(segment: Segment) -> list[tuple[int, int, int]]:
    """The words whose times were set by hand, by their number, with these times."""
    return [
        (number, word.start_ms, word.end_ms)
        for number, word in enumerate(segment.words)
        if word.locked
    ]
