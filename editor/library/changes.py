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
from editor.edits.asked import ManyEdit
from editor.edits.between import last_end, last_start, no_later_than, written_in
from editor.edits.commands import (
    AnyEdit,
    BreakEdit,
    CodeEdit,
    CorrectEdit,
    DeleteEdit,
    DeleteManyEdit,
    InsertEdit,
    LineEdit,
    MergeEdit,
    MergeManyEdit,
    MoveEdit,
    RenameCode,
    RenameSpeaker,
    ReplacedPlace,
    ReplaceRunEdit,
    RestoreEdit,
    SetEdit,
    SetManyEdit,
    SplitEdit,
    StrikeEdit,
    TextEdit,
    TimesEdit,
    UnlockEdit,
)
from editor.edits.line_ends import end_line
from editor.edits.shift import (
    RECORDING_START,
    counted_through,
    laid_with_rest,
    moved_segments,
)
from editor.edits.utf16 import code_point_offset, with_places
from editor.edits.versions import difference
from editor.edits.window import Window
from editor.errors import ChangedMeanwhile, NotFound, NotPossible


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
    written = written_in(window, segment, edit.text)
    return _change("text", window, [segment], [written])


@change_of.register
def _split(edit: SplitEdit, window: Window) -> Change:
    segment = window.segment(edit.segment_id)
    offset = code_point_offset(edit.text, edit.offset)
    written = written_in(window, segment, edit.text)
    # Saving a text trims it, so the place is counted from what the trimming left.
    offset = min(max(0, offset - (len(edit.text) - len(edit.text.lstrip()))), len(written.text))
    below_ms = window.first_start_below(segment.id)
    first, last = edits.split(written, offset, new_id=new_segment_id(), not_after_ms=below_ms)
    named = replace(last, new_turn=True, speaker=edit.speaker) if edit.new_turn else last
    return _change("split", window, [segment], [first, named])


@change_of.register
def _merge(edit: MergeEdit, window: Window) -> Change:
    first, second = window.segment(edit.segment_id), window.segment(edit.next_id)
    follower = window.below(first.id)
    if follower is None or follower.id != second.id:
        raise NotPossible("next_id", "The segment below has changed. Try again.")
    first_written = written_in(window, first, edit.text)
    second_written = written_in(window, second, edit.next_text, above=first_written)
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


@change_of.register
def _replace_run(edit: ReplaceRunEdit, window: Window) -> Change:
    runs = _runs(edit, window)
    if len(runs) > 1:
        raise NotPossible("segments", "Segments between these were added. Select the text again.")
    ((above_id, run),) = runs
    kept = list[Segment]()
    if edit.first_text.strip():
        kept.append(written_in(window, run[0], edit.first_text))
    if edit.last_text.strip():
        above = kept[0] if kept else None
        kept.append(written_in(window, run[-1], edit.last_text, above=above))
    return Change("text" if kept else "delete", (Splice(above_id, run, tuple(kept)),))


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
def _line(edit: LineEdit, window: Window) -> Change:
    segment = window.segment(edit.segment_id)
    broken = end_line(segment, edit.word, ends_line=edit.ends_line)
    return _change("line", window, [segment], [broken])


@change_of.register
def _strike(edit: StrikeEdit, window: Window) -> Change:
    return _marked(
        edit, window, lambda segment, spans: edits.strike(segment, spans, struck=edit.struck)
    )


@change_of.register
def _code(edit: CodeEdit, window: Window) -> Change:
    return _marked(
        edit,
        window,
        lambda segment, spans: edits.code(segment, spans, edit.code, coded=edit.coded),
    )


def _marked(
    edit: StrikeEdit | CodeEdit,
    window: Window,
    mark: Callable[[Segment, list[tuple[int, int]]], Segment],
) -> Change:
    spans = dict[str, list[tuple[int, int]]]()
    for place in edit.places:
        spans.setdefault(place.segment_id, []).append((place.first_word, place.last_word))
    splices = list[Splice]()
    for segment in window.in_order(spans):
        marked = mark(segment, spans[segment.id])
        splices += _change(edit.kind, window, [segment], [marked]).splices
    return Change(edit.kind, tuple(splices))


@change_of.register
def _rename_code(edit: RenameCode, window: Window) -> Change:
    above: Segment | None = None
    splices = list[Splice]()
    for segment in window.segments:
        renamed = edits.with_code_renamed(segment, edit.code, edit.to)
        if renamed != segment:
            splices.append(Splice(above.id if above else None, (segment,), (renamed,)))
        above = segment
    return Change("code", tuple(splices))


@change_of.register
def _insert(edit: InsertEdit, window: Window) -> Change:
    above = window.segment(edit.after_id) if edit.after_id is not None else None
    after_ms = window.first_start_below(edit.after_id)
    before_ms = no_later_than(last_end(window, above), after_ms)
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
            not_before_ms=last_start(window, above),
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
    before_ms = above.words[-1].start_ms if above else 0
    words = edit.first_word, edit.last_word
    span = edit.start_ms, edit.end_ms
    if edit.below_by_ms:
        run = list(window.from_segment(segment.id))
        laid = laid_with_rest(run, words, span, edit.below_by_ms, not_before_ms=before_ms)
        return _change("times", window, run, laid)
    below_ms = window.first_start_below(segment.id)
    timed = edits.set_times(segment, *words, *span, not_before_ms=before_ms, not_after_ms=below_ms)
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
        text = with_places(segment.text, by_segment[segment.id])
        written = written_in(window, segment, text)
        splices += _change("correct", window, [segment], [written]).splices
    return Change("correct", tuple(splices))


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
    word_at = counted_through(run)
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


def _change(
    kind: ChangeKind, window: Window, removed: list[Segment], inserted: list[Segment]
) -> Change:
    """The change of neighbouring segments into others; none at all where nothing differs."""
    if removed == inserted:
        return Change(kind, ())
    above = window.above(removed[0].id)
    after_id = above.id if above else None
    return Change(kind, (Splice(after_id, tuple(removed), tuple(inserted)),))
