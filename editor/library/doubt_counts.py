"""Counts the doubts of a whole text once a job has judged it anew, for the list of transcripts."""

from __future__ import annotations

from editor.review import dismissed_by_text, is_dismissed
from editor.store import Store


def count_doubts(store: Store, transcript_id: str) -> None:
    """Save how many doubts of a text nobody has settled, those that the page marks."""
    # In a text that was brought, words heard as they stand there are not marked.
    has_own_text = store.transcript(transcript_id).imported_format is not None
    context = store.review_context(transcript_id, store.segments(transcript_id))
    kept = dismissed_by_text(store.dismissed_doubts(transcript_id))
    is_open = [
        not is_dismissed(doubt, segment_id, kept.get(doubt.written, ()))
        for segment_id, doubts in context.doubts.items()
        for doubt in doubts
        if not (has_own_text and doubt.kind == "unsure")
    ]
    store.save_doubt_count(transcript_id, sum(is_open))
