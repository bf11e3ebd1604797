"""Puts segments into a store as if they had been recognised or brought."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from editor.document import Segment, check_order
from editor.store import Store
from editor.store.db.tables import SegmentTable
from editor.store.segments import GAP, row_from_segment
from editor.store.transcripts import lock_transcript, next_seq


def put_segments(store: Store, transcript_id: str, segments: Sequence[Segment]) -> int:
    """Put segments in place of all that a transcript has; gives the new `seq`."""
    check_order(segments)
    with store._database.write() as connection:
        lock_transcript(connection, transcript_id)
        seq = next_seq(connection, transcript_id, store._clock())
        _remove_others(connection, transcript_id, segments, seq)
        rows = [
            row_from_segment(transcript_id, segment, number * GAP, seq)
            for number, segment in enumerate(segments, start=1)
        ]
        if rows:
            connection.execute(insert(SegmentTable), rows)
        return seq


def _remove_others(
    connection: Connection, transcript_id: str, segments: Iterable[Segment], seq: int
) -> None:
    table = SegmentTable
    in_transcript = table.transcript_id == transcript_id
    kept = {segment.id for segment in segments}
    gone = set(connection.execute(select(table.id).where(in_transcript)).scalars())
    rows = [{"segment_id": segment_id} for segment_id in gone & kept]
    if rows:
        one = delete(table).where(in_transcript, table.id == bindparam("segment_id"))
        connection.execute(one, rows)
    connection.execute(
        update(table)
        .where(in_transcript, table.removed.is_(False))
        .values(removed=True, seq=seq, revision=table.revision + 1)
    )
