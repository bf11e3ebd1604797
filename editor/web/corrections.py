"""What a correction settled among the doubts, and what it taught the glossary."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from editor.edits import Change
from editor.review import Doubt, is_kept, terms_taught
from editor.store import Applied, JudgingReader, Settled, StoredSegment
from editor.web.changes import change_of
from editor.web.schemas.requests import AnyEdit, CorrectEdit, TextEdit
from editor.web.schemas.serialize import Json, KeptByText, doubts_on, judged_json, kept_by_text


class Correction:
    """An edit, and what it settles and teaches if it corrects words.

    `taught` are the terms that are new, and `segments` those that it touched, with their doubts;
    None where these were not judged.
    """

    def __init__(self, edit: AnyEdit) -> None:
        self._edit = edit
        self._texts: dict[str, str] = {}
        self._doubts = 0
        self.taught: tuple[str, ...] = ()
        self.segments: list[Json] | None = None

    def change(self, reader: JudgingReader) -> Change:
        """The change that the edit is; sees first what stands where words are corrected."""
        stored = list(reader.stored_many(_corrected_ids(self._edit)).values())
        if stored:
            self._texts = {one.segment.id: one.segment.text for one in stored}
            ground = reader.ground(stored)
            kept = kept_by_text(ground.kept)
            self._doubts = _open(doubts_on(ground), kept, self._texts)
        return change_of(self._edit, reader)

    def settled(self, reader: JudgingReader, applied: Applied) -> Settled:
        """What it settled and taught, once it is applied."""
        stored = [one for one in applied.segments if one.segment.id in self._texts]
        if not stored:
            return Settled()
        ground = reader.ground(applied.segments)
        doubts, kept = doubts_on(ground), kept_by_text(ground.kept)
        self.segments = judged_json(applied.segments, doubts, kept)
        known = set(reader.glossary())
        self.taught = self._terms(stored, known, reader.language())
        corrected = max(0, self._doubts - _open(doubts, kept, self._texts))
        return Settled(corrected, self.taught, self._replaced(known, stored))

    def _terms(
        self, stored: Iterable[StoredSegment], known: Collection[str], language: str | None
    ) -> tuple[str, ...]:
        terms = (
            term
            for one in stored
            for term in terms_taught(self._texts[one.segment.id], one.segment.text, language)
            if term not in known
        )
        return tuple(dict.fromkeys(terms))

    def _replaced(self, known: Collection[str], stored: Sequence[StoredSegment]) -> tuple[str, ...]:
        """Terms that stood in segments before and do not now, such as a word half typed."""
        return tuple(
            term
            for term in known
            for one in stored
            if term in self._texts[one.segment.id] and not _has(one.segment.text, term)
        )


def _corrected_ids(edit: AnyEdit) -> list[str]:
    """The segments whose words an edit corrects; none for other edits."""
    if isinstance(edit, TextEdit):
        return [edit.segment_id]
    if isinstance(edit, CorrectEdit):
        return list(dict.fromkeys(place.segment_id for place in edit.places))
    return []


def _open(doubts: Mapping[str, Iterable[Doubt]], kept: KeptByText, ids: Collection[str]) -> int:
    """How many places of segments differ from what was heard, and nobody has decided about."""
    return sum(
        doubt.kind != "unsure" and not is_kept(doubt, segment_id, kept.get(doubt.written, ()))
        for segment_id in ids
        for doubt in doubts.get(segment_id, ())
    )


def _has(text: str, term: str) -> bool:
    """Whether a term stands in a text as whole words."""
    return re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text) is not None
