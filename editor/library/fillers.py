"""Fillers of the library's transcripts: found, and struck out in one step."""

from __future__ import annotations

from collections.abc import Sequence

from editor.edits.commands import StrikeEdit, WordsPlace
from editor.library.edits import apply_edit
from editor.review import Filler, find_fillers
from editor.store import Store


def fillers_of(store: Store, transcript_id: str) -> list[Filler]:
    """The fillers of a transcript that are not struck out, in its language.

    Raises:
        NotFound: there is no such transcript.
    """
    language = store.transcript(transcript_id).language
    return find_fillers((one.segment for one in store.segments(transcript_id)), language)


def strike_fillers(store: Store, transcript_id: str, fillers: Sequence[Filler]) -> None:
    """Strike out fillers that were found, as one step that can be undone.

    Raises:
        EditConflict: somebody changed one of the segments since.
    """
    places = [
        WordsPlace(
            segment_id=one.segment_id,
            base_revision=one.revision,
            first_word=one.first_word,
            last_word=one.last_word,
        )
        for one in fillers
    ]
    if places:
        apply_edit(store, transcript_id, StrikeEdit(kind="strike", places=places))
