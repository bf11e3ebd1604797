"""Turns what a person did into a `Change`, on the segments as they stand when it is saved."""

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
from editor.edits.shift import RECORDING_START, moved_segments
from editor.edits.versions import difference
from editor.errors import ChangedMeanwhile, NotPossible
from editor.store import PastReader, SegmentReader
from editor.web.schemas.requests import (
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
from editor.web.schemas.utf16 import code_point_offset

_END_OF_TIME_MS = 2**53 - 1

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


@singledispatch
def change_of(edit: AnyEdit, reader: PastReader) -> Change:
    """Build the change that an edit asks for.

    Raises:
        NotPossible: it cannot be done on these segments.
        NotFound: it names a segment that does not exist.
    """
    raise TypeError(f"no change for {type(edit).__name__}")


@change_of.register
def _text(edit: TextEdit, reader: PastReader) -> Change:
    segment = reader.segment(edit.segment_id)
    written = _written(reader, segment, edit.text)
    return _change("text", reader, [segment], [written])


@change_of.register
def _split(edit: SplitEdit, reader: PastReader) -> Change:
    segment = reader.segment(edit.segment_id)
    offset = code_point_offset(edit.text, edit.offset)
    written = _written(reader, segment, edit.text)
    # Saving a text trims it, so the place is counted from what the trimming left.
    offset = min(max(0, offset - _trimmed_before(edit.text)), len(written.text))
    below_ms = _first_start(reader, reader.next(segment.id))
    parts = edits.split(written, offset, new_id=new_segment_id(), not_after_ms=below_ms)
    return _change("split", reader, [segment], list(parts))


@change_of.register
def _merge(edit: MergeEdit, reader: PastReader) -> Change:
    first, second = reader.segment(edit.segment_id), reader.segment(edit.next_id)
    follower = reader.next(first.id)
    if follower is None or follower.id != second.id:
        raise NotPossible("next_id", "The segment below is another one now. Try again.")
    first_written = _written(reader, first, edit.text)
    second_written = _written(reader, second, edit.next_text, above=first_written)
    merged = edits.merge(first_written, second_written)
    return _change("merge", reader, [first, second], [merged])


@change_of.register
def _set(edit: SetEdit, reader: PastReader) -> Change:
    segment = reader.segment(edit.segment_id)
    return _change("set", reader, [segment], [replace(segment, **_facts(edit))])


def _facts(edit: SetEdit | SetManyEdit) -> dict[str, Any]:
    """What is to be set, by the segment's names."""
    names = ("speaker", "reviewed", "new_turn", "note", "kind_of_segment")
    given = {name: getattr(edit, name) for name in names if name in edit.model_fields_set}
    return {"kind" if name == "kind_of_segment" else name: one for name, one in given.items()}


@change_of.register
def _set_many(edit: SetManyEdit, reader: PastReader) -> Change:
    facts = _facts(edit)
    splices = []
    for above_id, run in _runs(edit, reader):
        changed = tuple(replace(segment, **facts) for segment in run)
        if changed != run:
            splices.append(Splice(above_id, run, changed))
    return Change("set", tuple(splices))


@change_of.register
def _delete_many(edit: DeleteManyEdit, reader: PastReader) -> Change:
    runs = _runs(edit, reader)
    return Change("delete", tuple(Splice(above_id, run, ()) for above_id, run in runs))


@change_of.register
def _merge_many(edit: MergeManyEdit, reader: PastReader) -> Change:
    runs = _runs(edit, reader)
    if len(runs) > 1:
        raise NotPossible("segments", "Only neighbours can be joined.")
    ((above_id, run),) = runs
    return Change("merge", (Splice(above_id, run, (reduce(edits.merge, run),)),))


def _runs(edit: ManyEdit, reader: PastReader) -> list[tuple[str | None, tuple[Segment, ...]]]:
    """The chosen segments in runs of neighbours, each with what stands above it."""
    ids = {chosen.segment_id for chosen in edit.segments}
    stored = reader.stored_many(ids)
    first = min(stored.values(), key=lambda one: one.position).segment
    above = reader.previous(first.id)
    above_id = above.id if above else None
    runs: list[tuple[str | None, tuple[Segment, ...]]] = []
    for is_chosen, group in groupby(reader.segments_from(first.id), lambda one: one.id in ids):
        run = tuple(group)
        if is_chosen:
            runs.append((above_id, run))
        above_id = run[-1].id
    return runs


@change_of.register
def _unlock(edit: UnlockEdit, reader: PastReader) -> Change:
    segment = reader.segment(edit.segment_id)
    free = edits.let_go(segment, edit.first_word, edit.last_word)
    return _change("times", reader, [segment], [free])


@change_of.register
def _insert(edit: InsertEdit, reader: PastReader) -> Change:
    above = reader.segment(edit.after_id) if edit.after_id is not None else None
    below = reader.next(above.id) if above else reader.first()
    after_ms = _first_start(reader, below)
    before_ms = _within(_last_end(reader, above), after_ms)
    inserted = edits.new_segment(
        new_segment_id(),
        edit.text,
        before_ms=before_ms,
        after_ms=after_ms,
        recognised=reader.heard_words(before_ms, _or_end(after_ms)),
        speaker=edit.speaker,
    )
    return Change("insert", (Splice(edit.after_id, (), (inserted,)),))


@change_of.register
def _delete(edit: DeleteEdit, reader: PastReader) -> Change:
    return _change("delete", reader, [reader.segment(edit.segment_id)], [])


@change_of.register
def _times(edit: TimesEdit, reader: PastReader) -> Change:
    segment = reader.segment(edit.segment_id)
    above = _timed_above(reader, reader.previous(segment.id))
    timed = edits.set_times(
        segment,
        edit.first_word,
        edit.last_word,
        edit.start_ms,
        edit.end_ms,
        not_before_ms=above.words[-1].start_ms if above else 0,
        not_after_ms=_first_start(reader, reader.next(segment.id)),
    )
    return _change("times", reader, [segment], [timed])


@change_of.register
def _restore(edit: RestoreEdit, reader: PastReader) -> Change:
    wanted = reader.segments_at(edit.revision_id)
    if edit.segment_id is None:
        return difference(reader.segments(), wanted)
    present = reader.segment(edit.segment_id)
    former = next((one for one in wanted if one.id == present.id), None)
    if former is None:
        raise NotPossible(
            "segment_id", "This was not there then. Bring back the whole transcript instead."
        )
    everything = reader.segments()
    return difference(everything, [former if one.id == present.id else one for one in everything])


@change_of.register
def _correct(edit: CorrectEdit, reader: PastReader) -> Change:
    by_segment: dict[str, list[ReplacedPlace]] = {}
    for place in edit.places:
        by_segment.setdefault(place.segment_id, []).append(place)
    there = sorted(map(reader.stored, by_segment), key=lambda one: one.position)
    splices: list[Splice] = []
    for segment in (one.segment for one in there):
        text = _with_places(segment.text, by_segment[segment.id])
        written = _written(reader, segment, text)
        splices += _change("correct", reader, [segment], [written]).splices
    return Change("correct", tuple(splices))


def _with_places(text: str, places: list[ReplacedPlace]) -> str:
    """The text with other words at some places; where they go, no second space stays."""
    end = len(text)
    for place in sorted(places, key=lambda one: one.start, reverse=True):
        first = code_point_offset(text, place.start)
        last = code_point_offset(text, place.start + place.length)
        if last > end:
            raise NotPossible("places", "Two of these places overlap.")
        if not place.new and text[first - 1 : first] in ("", " ") and text[last : last + 1] == " ":
            last += 1
        text, end = text[:first] + place.new + text[last:], first
    return text


@change_of.register
def _break(edit: BreakEdit, reader: PastReader) -> Change:
    rules = rules_from_dict(edit.rules.model_dump())
    return broken_anew(
        reader.segments(),
        rules,
        language=edit.language,
        only=edit.segment_id,
        new_id=new_segment_id,
    )


@change_of.register
def _rename_speaker(edit: RenameSpeaker, reader: PastReader) -> Change:
    above: Segment | None = None
    splices = []
    base, names_now = set(edit.base or ()), []
    for segment in reader.segments_from(None):
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
def _move(edit: MoveEdit, reader: PastReader) -> Change:
    anchor = edit.anchor
    first_id = edit.segment_id if anchor is None else anchor.segment_id
    run = reader.segments_from(first_id)
    word_at = _counted_through(run)
    if anchor is None:
        anchor_at = None
    else:
        anchor_at = word_at(anchor.segment_id, anchor.word) if first_id else RECORDING_START
    above = _timed_above(reader, reader.previous(first_id)) if first_id else None
    moved = moved_segments(
        run,
        word_at(edit.segment_id, edit.word),
        edit.to_ms,
        anchor=anchor_at,
        not_before_ms=above.words[-1].start_ms if above else 0,
    )
    return _change("times", reader, run, moved)


def _counted_through(run: list[Segment]) -> Callable[[str | None, int], int]:
    """Gives the number, counted through the run, of a word of a segment."""

    def word_at(segment_id: str | None, word: int) -> int:
        before = 0
        for segment in run:
            if segment.id == segment_id and word < len(segment.words):
                return before + word
            before += len(segment.words)
        raise NotPossible("word", "This word is not in its place any more. Try again.")

    return word_at


def _change(
    kind: ChangeKind, reader: SegmentReader, removed: list[Segment], inserted: list[Segment]
) -> Change:
    """The change of neighbouring segments into others; none at all where nothing differs."""
    if removed == inserted:
        return Change(kind, ())
    above = reader.previous(removed[0].id)
    after_id = above.id if above else None
    return Change(kind, (Splice(after_id, tuple(removed), tuple(inserted)),))


def _written(
    reader: SegmentReader, segment: Segment, text: str, *, above: Segment | None = None
) -> Segment:
    """The segment with another text, between its neighbours' times.

    `above` stands in for the segment above where that one is changed in the same edit.
    """
    if text == segment.text:
        return segment
    after_ms = _first_start(reader, reader.next(segment.id))
    if above is not None and above.end_ms is not None:
        end_above = above.end_ms
    else:
        end_above = _last_end(reader, reader.previous(segment.id))
    # What is above may last into this segment.
    before_ms = _within(end_above, after_ms if segment.start_ms is None else segment.start_ms)
    heard = reader.heard_words(before_ms, _or_end(after_ms))
    return edits.edit_text(segment, text, before_ms=before_ms, after_ms=after_ms, recognised=heard)


def _timed_above(reader: SegmentReader, segment: Segment | None) -> Segment | None:
    while segment is not None and not segment.words:
        segment = reader.previous(segment.id)
    return segment


def _last_end(reader: SegmentReader, segment: Segment | None) -> int:
    above = _timed_above(reader, segment)
    return above.end_ms or 0 if above else 0


def _first_start(reader: SegmentReader, segment: Segment | None) -> int | None:
    while segment is not None and not segment.words:
        segment = reader.next(segment.id)
    return segment.start_ms if segment else None


def _within(before_ms: int, after_ms: int | None) -> int:
    return before_ms if after_ms is None else min(before_ms, after_ms)


def _or_end(after_ms: int | None) -> int:
    return _END_OF_TIME_MS if after_ms is None else after_ms


def _trimmed_before(text: str) -> int:
    return len(text) - len(text.lstrip())
