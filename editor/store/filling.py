"""The text of a recording alone: what is recognised is put into it as it comes."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, update

from editor.document import Segment
from editor.edits import Change, filled
from editor.store.db.database import StorePart
from editor.store.db.tables import SegmentTable, TranscriptTable
from editor.store.prepared import Prepared
from editor.store.retiming import retime
from editor.store.segments import present, stored_segments, write_times
from editor.store.splices import Placed
from editor.store.transcripts import lock_transcript, next_seq, transcript_row


class Fillings(StorePart):
    """Filling a text, and telling how far it is recognised."""

    def fill(self, transcript_id: str, found: Sequence[Segment], *, until_ms: int) -> None:
        """Put what was recognised up to `until_ms` into the text; no step of the history.

        `found` are in order; what people wrote meanwhile stays, and gets other times if it has but
        guessed ones where something was found.
        """
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            seq = next_seq(connection, transcript_id, self._clock())
            if found:
                self._insert(connection, transcript_id, found, seq)
            table = TranscriptTable
            filling = (
                update(table).where(table.id == transcript_id).values(generated_until_ms=until_ms)
            )
            connection.execute(filling)

    @staticmethod
    def _insert(
        connection: Connection, transcript_id: str, found: Sequence[Segment], seq: int
    ) -> None:
        filling = filled(_timed_from(connection, transcript_id, found[0].words[0].start_ms), found)
        moved = [(one.id, one.revision, one.words) for one in filling.moved]
        rows, _ = retime(connection, transcript_id, moved)
        if rows:
            write_times(connection, transcript_id, rows, seq)
        prepared = Prepared(Change("insert", filling.splices))
        Placed(connection, transcript_id, prepared, seq).write(connection)

    def set_recognised_until(self, transcript_id: str, recognised_until_ms: int) -> None:
        """The recording is recognised up to here; others learn of the segments that this judges."""
        table, segments = TranscriptTable, SegmentTable
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            seq = next_seq(connection, transcript_id, self._clock())
            low, high = sorted(
                (transcript_row(connection, transcript_id).recognised_until_ms, recognised_until_ms)
            )
            between = (
                segments.transcript_id == transcript_id,
                segments.last_start_ms >= low,
                segments.last_start_ms < high,
            )
            connection.execute(update(segments).where(*between).values(seq=seq))
            settling = update(table).where(table.id == transcript_id)
            connection.execute(settling.values(recognised_until_ms=recognised_until_ms))


def _timed_from(connection: Connection, transcript_id: str, start_ms: int) -> list[Segment]:
    """Segments with words: the last that begins before a time, and all below it, in order."""
    table = SegmentTable
    timed = present(transcript_id).where(table.first_start_ms.is_not(None))
    begun = timed.where(table.first_start_ms <= start_ms).order_by(table.position.desc()).limit(1)
    for above in stored_segments(connection, begun):
        timed = timed.where(table.position >= above.position)
    ordered = stored_segments(connection, timed.order_by(table.position))
    return [stored.segment for stored in ordered]
