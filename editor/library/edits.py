"""Edits: made on what was read once, saved, then judged for what they resolved and taught.

Nobody waits for the judging: what was saved is saved before it begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from editor.document import Segment, new_segment_id
from editor.edits import Change
from editor.edits.asked import base_revisions, base_seq, named_ids
from editor.edits.commands import (
    AnyEdit,
    CorrectEdit,
    FollowVoices,
    RestoreEdit,
    SetEdit,
    SetManyEdit,
    SplitEdit,
    TextEdit,
)
from editor.edits.window import Window
from editor.errors import EditConflict, InvariantBroken, NotFound, NotPossible
from editor.library.changes import change_of
from editor.library.follow_voices import voices_followed
from editor.review import (
    VOICE_KINDS,
    Findings,
    ReviewContext,
    dismissed_by_text,
    is_dismissed,
    learned_terms,
    speaker_doubts,
)
from editor.store import Applied, Resolved, Store

#: So often an edit is made anew because others changed what is around it.
_ATTEMPTS = 5


@dataclass(frozen=True)
class Edited:
    """What an edit did, by what its segments are judged, and the new terms learned from it."""

    applied: Applied
    context: ReviewContext
    learned: tuple[str, ...] = ()


def apply_edit(
    store: Store,
    transcript_id: str,
    edit: AnyEdit,
    *,
    author: str | None = None,
    client: str | None = None,
) -> Edited:
    """Apply one edit, all or nothing; sent again under its `edit_id` it is applied once.

    Raises:
        EditConflict: a segment is not at its base revision any more.
        NotFound: it names a segment, or the transcript, that does not exist.
        NotPossible: it cannot be done on these segments.
        InvariantBroken: the result would break a rule of the transcript.
    """
    bases, seq_seen = base_revisions(edit), base_seq(edit)
    past_id = edit.revision_id if isinstance(edit, RestoreEdit) else None
    who = {"author": author, "client": client, "edit_id": edit.edit_id}
    make = partial(change_of, edit)
    if isinstance(edit, FollowVoices):
        make = partial(_voices_followed, store, transcript_id)
    try:
        window, change, applied = save_made(
            store,
            transcript_id,
            make,
            ids=named_ids(edit),
            past_id=past_id,
            base_revisions=bases,
            base_seq=seq_seen,
            **who,
        )
    except (EditConflict, NotFound, NotPossible):
        earlier = store.saved_before(transcript_id, **who)
        if earlier is not None:
            return Edited(earlier, store.review_context(transcript_id, earlier.segments))
        # What the person sees first is that somebody else changed it.
        store.check_revisions(transcript_id, bases)
        raise
    return _judged(store, transcript_id, edit, window, change, applied)


def save_made(
    store: Store,
    transcript_id: str,
    make: Callable[[Window], Change],
    *,
    ids: Sequence[str] | None = None,
    past_id: int | None = None,
    base_revisions: Mapping[str, int],
    base_seq: int | None = None,
    **who: str | None,
) -> tuple[Window, Change, Applied]:
    """Save the change that is made of a window, anew where others changed what is around it.

    `ids` are the segments that it is about, None: all. Gives what it was made of, too.

    Raises:
        EditConflict: a segment is not at its base revision any more.
        NotFound: a segment, or the transcript, does not exist.
        InvariantBroken: the result would break a rule of the transcript.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        window = store.window(transcript_id, ids, past_id=past_id)
        _check_bases(window, base_revisions)
        change = make(window)
        try:
            applied = store.save(
                transcript_id, change, base_revisions=base_revisions, base_seq=base_seq, **who
            )
        except (EditConflict, NotFound, InvariantBroken):
            if attempt == _ATTEMPTS:
                raise
            store.check_revisions(transcript_id, base_revisions)
            continue
        return window, change, applied
    raise AssertionError("each attempt returns or raises")


def _check_bases(window: Window, bases: Mapping[str, int]) -> None:
    for segment_id, base in bases.items():
        revision = window.segment(segment_id).revision
        if revision != base:
            raise EditConflict(segment_id, base, revision)


def _judged(
    store: Store,
    transcript_id: str,
    edit: AnyEdit,
    window: Window,
    change: Change,
    applied: Applied,
) -> Edited:
    """What a saved edit resolved among the doubts and taught the glossary; saves that."""
    findings = store.findings(transcript_id, window)
    after = window.after(change)
    touched = [one.segment.id for one in applied.segments]
    if all(segment_id in after for segment_id in touched):
        context = _context(after, touched, findings)
    else:
        # Others further below were moved to make room.
        context = store.review_context(transcript_id, applied.segments)
    is_news = applied.revision_id is not None and change.splices
    turned = _turned_ids(edit, change)
    if turned and is_news and findings.voices.turns:
        was_open = _open(_context(window, turned, findings), turned, of_voices=True)
        count = was_open - _open(context, touched, of_voices=True)
        store.save_resolved(transcript_id, applied.revision_id or 0, Resolved(max(0, count)))
    corrected = _corrected_ids(edit)
    if not corrected or not is_news:
        return Edited(applied, context)
    before = {one: window.segment(one) for one in corrected}
    now = {one: after.segment(one) for one in corrected}
    was_open = _open(_context(window, corrected, findings), corrected)
    known = store.terms_known(transcript_id)
    learned = _terms(before, now, set(known), findings.language)
    resolved = Resolved(
        max(0, was_open - _open(context, corrected)), learned, _replaced(before, now, known)
    )
    store.save_resolved(transcript_id, applied.revision_id or 0, resolved)
    return Edited(applied, context, learned)


def _context(window: Window, ids: Sequence[str], findings: Findings) -> ReviewContext:
    return ReviewContext.of(window.around(ids), ids, window.recognised, findings)


def _terms(
    before: Mapping[str, Segment],
    now: Mapping[str, Segment],
    known: Collection[str],
    language: str | None,
) -> tuple[str, ...]:
    """The new terms in what was put for other words."""
    terms = (
        term
        for one, segment in before.items()
        for term in learned_terms(segment.text, now[one].text, language)
        if term not in known
    )
    return tuple(dict.fromkeys(terms))


def _replaced(
    before: Mapping[str, Segment], now: Mapping[str, Segment], known: Iterable[str]
) -> tuple[str, ...]:
    """Terms that stood in segments before and do not now, such as a word half typed."""
    return tuple(
        term
        for term in known
        if any(
            term in segment.text and not _has(now[one].text, term)
            for one, segment in before.items()
        )
    )


def _open(context: ReviewContext, ids: Collection[str], *, of_voices: bool = False) -> int:
    """How many places of segments differ from what was heard, and nobody has decided about.

    Those are counted that are about words, or those about who speaks.
    """
    kept = context.dismissed_by_text()
    return sum(
        doubt.kind != "unsure"
        and (doubt.kind in VOICE_KINDS) is of_voices
        and not is_dismissed(doubt, segment_id, kept.get(doubt.written, ()))
        for segment_id in ids
        for doubt in context.doubts.get(segment_id, ())
    )


def _voices_followed(store: Store, transcript_id: str, window: Window) -> Change:
    kept = dismissed_by_text(store.dismissed_doubts(transcript_id))
    found = speaker_doubts(window.segments, store.voices(transcript_id))
    doubts = {
        segment_id: [
            one for one in some if not is_dismissed(one, segment_id, kept.get(one.written, ()))
        ]
        for segment_id, some in found.items()
    }
    return voices_followed(window.segments, doubts, new_id=new_segment_id)


def _turned_ids(edit: AnyEdit, change: Change) -> list[str]:
    """The segments about which an edit says who speaks; none for other edits."""
    if isinstance(edit, FollowVoices):
        return [one.id for splice in change.splices for one in splice.removed]
    if isinstance(edit, SplitEdit):
        return [edit.segment_id] if edit.new_turn else []
    says = edit.model_fields_set & {"speaker", "new_turn"}
    if isinstance(edit, SetEdit) and says:
        return [edit.segment_id]
    if isinstance(edit, SetManyEdit) and says:
        return [one.segment_id for one in edit.segments]
    return []


def _corrected_ids(edit: AnyEdit) -> list[str]:
    """The segments whose words an edit corrects; none for other edits."""
    if isinstance(edit, TextEdit):
        return [edit.segment_id]
    if isinstance(edit, CorrectEdit):
        return list(dict.fromkeys(place.segment_id for place in edit.places))
    return []


def _has(text: str, term: str) -> bool:
    """Whether a term stands in a text as whole words."""
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None
