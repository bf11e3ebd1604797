"""Turns what a person asks for into a `Change`, on a window of the transcript. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import reduce, singledispatch
from itertools import groupby
from typing import Any

from editor import edits
from editor.captions import rules_from_dict
from editor.captions.resegment import broken_anew
from editor.document import Segment, new_segment_id
from editor.edits import Change, ChangeKind, Splice
from editor.edits.commands import (
    AnyEdit,
    BreakEdit,
    CorrectEdit,
    DeleteEdit,
    DeleteManyEdit,
    InsertEdit,
    MergeEdit,
    MergeManyEdit,
    MoveEdit,
    RenameSpeaker,
    ReplacedPlace,
    RestoreEdit,
    SetEdit,
    SetManyEdit,
    SplitEdit,
    TextEdit,
    TimesEdit,
    UnlockEdit,
)
from editor.edits.shift import RECORDING_START, moved_segments
from editor.edits.utf16 import code_point_offset
from editor.edits.versions import difference
from editor.edits.window import Window
from editor.errors import ChangedMeanwhile, NotFound, NotPossible

ManyEdit = SetManyEdit | DeleteManyEdit | MergeManyEdit


def base_revisions(edit: AnyEdit) -> dict[str, int]:
    """The segments an edit was made on, with the revision its author saw."""
    if isinstance(edit, InsertEdit | RenameSpeaker):
        return {}
    if isinstance(edit, RestoreEdit | BreakEdit):
        if edit.segment_id is None or edit.base_revision is None:
            return {}
        return {edit.segment_id: edit.base_revision}
    if isinstance(edit, ManyEdit):
        return {chosen.segment_id: chosen.base_revision for chosen in edit.segments}
    if isinstance(edit, CorrectEdit):
        return {place.segment_id: place.base_revision for place in edit.places}
    seen = {edit.segment_id: edit.base_revision}
    if isinstance(edit, MergeEdit):
        seen[edit.next_id] = edit.next_revision
    return seen


def base_seq(edit: AnyEdit) -> int | None:
    """The last write of the transcript that the author of an edit of the whole had seen."""
    return edit.base_seq if isinstance(edit, RestoreEdit | BreakEdit) else None


def named_ids(edit: AnyEdit) -> list[str] | None:
    """The segments that an edit is about, each once; None where it may be about all.

    An insertion at the top names none.
    """
    if isinstance(edit, InsertEdit):
        return [edit.after_id] if edit.after_id is not None else []
    if isinstance(edit, RenameSpeaker | RestoreEdit | BreakEdit | MoveEdit):
        return None
    return list(base_revisions(edit))


@singledispatch
def change_of(edit: AnyEdit, window: Window) -> Change:
    """Build the change that an edit asks for.

    Raises:
        NotPossible: it cannot be done on these segments.
        NotFound: it names a segment that does not exist.
    """
    raise TypeError(f"no change for {type(edit).__name__}")


@change_of.register
def _text(edit: TextEdit, window: Window) -> Change:
    segment = window.segment(edit.segment_id)
    written = _written(window, segment, edit.text)
    return _change("text", window, [segment], [written])


@change_of.register
def _split(edit: SplitEdit, window: Window) -> Change:
    segment = window.segment(edit.segment_id)
    offset = code_point_offset(edit.text, edit.offset)
    written = _written(window, segment, edit.text)
    # Saving a text trims it, so the place is counted from what the trimming left.
    offset = min(max(0, offset - _trimmed_before(edit.text)), len(written.text))
    below_ms = window.first_start_below(segment.id)
    parts = edits.split(written, offset, new_id=new_segment_id(), not_after_ms=below_ms)
    return _change("split", window, [segment], list(parts))


@change_of.register
def _merge(edit: MergeEdit, window: Window) -> Change:
    first, second = window.segment(edit.segment_id), window.segment(edit.next_id)
    follower = window.below(first.id)
    if follower is None or follower.id != second.id:
        raise NotPossible("next_id", "The segment below has changed. Try again.")
    first_written = _written(window, first, edit.text)
    second_written = _written(window, second, edit.next_text, above=first_written)
    merged = edits.merge(first_written, second_written)
    return _change("merge", window, [first, second], [merged])


@change_of.register
def _set(edit: SetEdit, window: Window) -> Change:
    segment = window.segment(edit.segment_id)
    return _change("set", window, [segment], [replace(segment, **_facts(edit))])


def _facts(edit: SetEdit | SetManyEdit) -> dict[str, Any]:
    """What is to be set, by the segment's names."""
    names = ("speaker", "reviewed", "new_turn", "note", "kind_of_segment")
    given = {name: getattr(edit, name) for name in names if name in edit.model_fields_set}
    return {"kind" if name == "kind_of_segment" else name: one for name, one in given.items()}


@change_of.register
def _set_many(edit: SetManyEdit, window: Window) -> Change:
    facts = _facts(edit)
    splices = []
    for above_id, run in _runs(edit, window):
        changed = tuple(replace(segment, **facts) for segment in run)
        if changed != run:
            splices.append(Splice(above_id, run, changed))
    return Change("set", tuple(splices))


@change_of.register
def _delete_many(edit: DeleteManyEdit, window: Window) -> Change:
    runs = _runs(edit, window)
    return Change("delete", tuple(Splice(above_id, run, ()) for above_id, run in runs))


@change_of.register
def _merge_many(edit: MergeManyEdit, window: Window) -> Change:
    runs = _runs(edit, window)
    if len(runs) > 1:
        raise NotPossible("segments", "Only neighbouring segments can be joined.")
    ((above_id, run),) = runs
    return Change("merge", (Splice(above_id, run, (reduce(edits.merge, run),)),))


def _runs(edit: ManyEdit, window: Window) -> list[tuple[str | None, tuple[Segment, ...]]]:
    """The chosen segments in runs of neighbours, each with what stands above it."""
    ids = {chosen.segment_id for chosen in edit.segments}
    first = next((one for one in window.segments if one.id in ids), None)
    if first is None:
        raise NotFound("segment", edit.segments[0].segment_id)
    above = window.above(first.id)
    above_id = above.id if above else None
    runs: list[tuple[str | None, tuple[Segment, ...]]] = []
    for is_chosen, group in groupby(window.from_segment(first.id), lambda one: one.id in ids):
        run = tuple(group)
        if is_chosen:
            runs.append((above_id, run))
        above_id = run[-1].id
    return runs


@change_of.register
def _unlock(edit: UnlockEdit, window: Window) -> Change:
    segment = window.segment(edit.segment_id)
    free = edits.let_go(segment, edit.first_word, edit.last_word)
    return _change("times", window, [segment], [free])


@change_of.register
def _insert(edit: InsertEdit, window: Window) -> Change:
    above = window.segment(edit.after_id) if edit.after_id is not None else None
    after_ms = window.first_start_below(edit.after_id)
    before_ms = _within(_last_end(window, above), after_ms)
    inserted = edits.new_segment(
        new_segment_id(),
        edit.text,
        before_ms=before_ms,
        after_ms=after_ms,
        recognised=window.words_between(before_ms, after_ms),
        speaker=edit.speaker,
    )
    if edit.start_ms is not None and edit.end_ms is not None and inserted.words:
        inserted = edits.set_times(
            inserted,
            0,
            len(inserted.words) - 1,
            edit.start_ms,
            edit.end_ms,
            not_before_ms=_last_start(window, above),
            not_after_ms=after_ms,
        )
    return Change("insert", (Splice(edit.after_id, (), (inserted,)),))


@change_of.register
def _delete(edit: DeleteEdit, window: Window) -> Change:
    return _change("delete", window, [window.segment(edit.segment_id)], [])


@change_of.register
def _times(edit: TimesEdit, window: Window) -> Change:
    segment = window.segment(edit.segment_id)
    above = window.timed_above(segment.id)
    timed = edits.set_times(
        segment,
        edit.first_word,
        edit.last_word,
        edit.start_ms,
        edit.end_ms,
        not_before_ms=above.words[-1].start_ms if above else 0,
        not_after_ms=window.first_start_below(segment.id),
    )
    return _change("times", window, [segment], [timed])


@change_of.register
def _restore(edit: RestoreEdit, window: Window) -> Change:
    wanted = window.past
    if edit.segment_id is None:
        return difference(window.segments, wanted)
    present = window.segment(edit.segment_id)
    former = next((one for one in wanted if one.id == present.id), None)
    if former is None:
        raise NotPossible(
            "segment_id", "This segment did not exist then. Restore the whole transcript instead."
        )
    everything = window.segments
    return difference(everything, [former if one.id == present.id else one for one in everything])


@change_of.register
def _correct(edit: CorrectEdit, window: Window) -> Change:
    by_segment: dict[str, list[ReplacedPlace]] = {}
    for place in edit.places:
        by_segment.setdefault(place.segment_id, []).append(place)
    for segment_id in by_segment:
        window.segment(segment_id)
    splices: list[Splice] = []
    for segment in (one for one in window.segments if one.id in by_segment):
        text = _with_places(segment.text, by_segment[segment.id])
        written = _written(window, segment, text)
        splices += _change("correct", window, [segment], [written]).splices
    return Change("correct", tuple(splices))


def _with_places(text: str, places: list[ReplacedPlace]) -> str:
    """The text with other words at some places; where they go, no second space stays."""
    end = len(text)
    for place in sorted(places, key=lambda one: one.start, reverse=True):
        first = code_point_offset(text, place.start)
        last = code_point_offset(text, place.start + place.length)
        if last > end:
            raise NotPossible("places", "Two of these matches overlap.")
        if not place.new and text[first - 1 : first] in ("", " ") and text[last : last + 1] == " ":
            last += 1
        text, end = text[:first] + place.new + text[last:], first
    return text


@change_of.register
def _break(edit: BreakEdit, window: Window) -> Change:
    rules = rules_from_dict(edit.rules.model_dump())
    return broken_anew(
        window.segments,
        rules,
        language=edit.language,
        only=edit.segment_id,
        new_id=new_segment_id,
    )


@change_of.register
def _rename_speaker(edit: RenameSpeaker, window: Window) -> Change:
    above: Segment | None = None
    splices = []
    base, names_now = set(edit.base or ()), []
    for segment in window.segments:
        if segment.speaker == edit.speaker != edit.to:
            renamed = replace(segment, speaker=edit.to)
            splices.append(Splice(above.id if above else None, (segment,), (renamed,)))
        elif segment.id in base:
            names_now.append(segment.speaker)
        above = segment
    if base and not splices and edit.to not in (edit.speaker, *names_now):
        raise ChangedMeanwhile(f"name “{edit.speaker}”", names_now[0] if names_now else None)
    return Change("set", tuple(splices))


@change_of.register
def _move(edit: MoveEdit, window: Window) -> Change:
    anchor = edit.anchor
    first_id = edit.segment_id if anchor is None else anchor.segment_id
    run = list(window.from_segment(first_id))
    word_at = _counted_through(run)
    if anchor is None:
        anchor_at = None
    else:
        anchor_at = word_at(anchor.segment_id, anchor.word) if first_id else RECORDING_START
    above = window.timed_above(first_id) if first_id else None
    moved = moved_segments(
        run,
        word_at(edit.segment_id, edit.word),
        edit.to_ms,
        anchor=anchor_at,
        not_before_ms=above.words[-1].start_ms if above else 0,
    )
    return _change("times", window, run, moved)


def _counted_through(run: list[Segment]) -> Callable[[str | None, int], int]:
    """Gives the number, counted through the run, of a word of a segment."""

    def word_at(segment_id: str | None, word: int) -> int:
        before = 0
        for segment in run:
            if segment.id == segment_id and word < len(segment.words):
                return before + word
            before += len(segment.words)
        raise NotPossible("word", "This word has changed. Try again.")

    return word_at


def _change(
    kind: ChangeKind, window: Window, removed: list[Segment], inserted: list[Segment]
) -> Change:
    """The change of neighbouring segments into others; none at all where nothing differs."""
    if removed == inserted:
        return Change(kind, ())
    above = window.above(removed[0].id)
    after_id = above.id if above else None
    return Change(kind, (Splice(after_id, tuple(removed), tuple(inserted)),))


def _written(
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
    before_ms = _within(end_above, after_ms if segment.start_ms is None else segment.start_ms)
    recognised = window.words_between(before_ms, after_ms)
    return edits.edit_text(
        segment, text, before_ms=before_ms, after_ms=after_ms, recognised=recognised
    )


def _last_end(window: Window, segment: Segment | None) -> int:
    """Where a segment ends, or the nearest with words above it; 0 where there is none."""
    if segment is None:
        return 0
    return segment.end_ms if segment.end_ms is not None else _last_end_above(window, segment.id)


def _last_start(window: Window, segment: Segment | None) -> int:
    """Where the last word of a segment begins, or of the nearest above it; else 0."""
    if segment is None:
        return 0
    timed = segment if segment.words else window.timed_above(segment.id)
    return timed.words[-1].start_ms if timed else 0


def _last_end_above(window: Window, segment_id: str) -> int:
    above = window.timed_above(segment_id)
    return above.end_ms or 0 if above else 0


def _within(before_ms: int, after_ms: int | None) -> int:
    return before_ms if after_ms is None else min(before_ms, after_ms)


def _trimmed_before(text: str) -> int:
    return len(text) - len(text.lstrip())
