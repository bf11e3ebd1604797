"""Reads the span of a transcript that an edit is made on."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from editor.edits.window import Window
from editor.store.db.tables import SegmentTable
from editor.store.recognised import recognised_between
from editor.store.segments import MANY, present, span_around, stored_segments
from editor.store.transcripts import current_seq
from editor.store.versions import segments_at

#: Words recognised this far outside of segments may still belong to them.
MARGIN_MS = 5_000


def window_in(
    connection: Connection,
    transcript_id: str,
    ids: Sequence[str] | None,
    *,
    is_from_top: bool = False,
    past_id: int | None = None,
) -> Window:
    """What an edit of some segments is made on, as one state; with None all of the transcript.

    `past_id` is a revision: the segments as they stood after it are read, too.

    Raises:
        NotFound: there is no such transcript, or no such revision.
    """
    query = present(transcript_id).order_by(SegmentTable.position)
    if ids is not None and len(ids) <= MANY:
        query = query.where(*span_around(transcript_id, ids, is_from_top=is_from_top or not ids))
    segments = [stored.segment for stored in stored_segments(connection, query)]
    if not segments:
        current_seq(connection, transcript_id)
    start_ms = end_ms = None
    if segments and ids is not None:
        first, last = segments[0], segments[-1]
        if first.words and first.id not in ids:
            start_ms = first.words[0].start_ms - MARGIN_MS
        if last.words and last.id not in ids:
            end_ms = last.words[-1].end_ms + MARGIN_MS
    recognised = recognised_between(connection, transcript_id, start_ms, end_ms)
    past = () if past_id is None else segments_at(connection, transcript_id, past_id)
    return Window(segments, recognised, past)
