"""What a correction settled among the doubts, and what it taught the glossary."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from editor.errors import NotFound
from editor.review import terms_taught
from editor.store import Applied, Store, StoredSegment
from editor.web.present import open_doubts
from editor.web.schemas import AnyEdit, CorrectEdit, TextEdit


@dataclass(frozen=True)
class Uncorrected:
    """The texts that an edit is about, and how many doubts are open in them, before it."""

    texts: dict[str, str]
    doubts: int


def uncorrected(store: Store, transcript_id: str, edit: AnyEdit) -> Uncorrected:
    """What stands in the segments whose words an edit corrects; nothing for other edits."""
    ids: list[str] = []
    if isinstance(edit, TextEdit):
        ids = [edit.segment_id]
    elif isinstance(edit, CorrectEdit):
        ids = list(dict.fromkeys(place.segment_id for place in edit.places))
    stored = list(_present(store, transcript_id, ids))
    texts = {one.segment.id: one.segment.text for one in stored}
    return Uncorrected(texts, open_doubts(store, transcript_id, stored))


def note_correction(
    store: Store, transcript_id: str, before: Uncorrected, applied: Applied
) -> list[str]:
    """Keep with the edit what it settled and taught; gives the terms that are new."""
    stored = [one for one in applied.segments if one.segment.id in before.texts]
    if applied.revision_id is None or not stored:
        return []
    language = store.transcript(transcript_id).language
    known = {*store.glossary(transcript_id), *store.glossary(None)}
    terms = [
        term
        for one in stored
        for term in terms_taught(before.texts[one.segment.id], one.segment.text, language)
        if term not in known
    ]
    terms = list(dict.fromkeys(terms))
    store.forget_taught(transcript_id, _replaced(known, before, stored))
    corrected = before.doubts - open_doubts(store, transcript_id, stored)
    if terms or corrected > 0:
        store.note_correction(applied.revision_id, corrected=max(0, corrected), terms=terms)
    return terms


def _replaced(
    known: Collection[str], before: Uncorrected, stored: Sequence[StoredSegment]
) -> list[str]:
    """Terms that stood in segments before and do not now, such as a word half typed."""
    return [
        term
        for term in known
        for one in stored
        if term in before.texts[one.segment.id] and not _has(one.segment.text, term)
    ]


def _has(text: str, term: str) -> bool:
    """Whether a term stands in a text as whole words."""
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None


def _present(store: Store, transcript_id: str, ids: list[str]) -> Iterator[StoredSegment]:
    for segment_id in ids:
        try:
            yield store.segment(transcript_id, segment_id)
        except NotFound:
            # Applying the edit says so.
            continue
