"""When each voice of a recording was heard, as finding its speakers told."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from editor.document import Turn
from editor.review import Named, Voices
from editor.store.db.database import StorePart
from editor.store.db.tables import SegmentTable, VoiceTurnTable
from editor.store.rows import StoredSegment
from editor.store.segments import present, stored_segments
from editor.store.transcripts import lock_transcript, next_seq


def turns_in(
    connection: Connection, transcript_id: str, start_ms: int = 0, end_ms: int | None = None
) -> list[Turn]:
    """The turns of a recording that reach into [start_ms, end_ms), in order of their starts."""
    table = VoiceTurnTable
    query = select(table.start_ms, table.end_ms, table.voice).where(
        table.transcript_id == transcript_id, table.end_ms > start_ms
    )
    if end_ms is not None:
        query = query.where(table.start_ms < end_ms)
    ordered = query.order_by(table.start_ms, table.voice)
    return [Turn(*row) for row in connection.execute(ordered)]


def _named_in(connection: Connection, transcript_id: str) -> list[Named]:
    """What the text names."""
    segments = SegmentTable
    named = select(segments.speaker, segments.first_start_ms, segments.last_start_ms).where(
        segments.transcript_id == transcript_id,
        segments.removed.is_(False),
    )
    return [
        Named(name, first, last)
        for name, first, last in connection.execute(named)
        if name is not None and first is not None and last is not None
    ]


class VoiceTurns(StorePart):
    """Saving when each voice was heard, and what of the text is judged by it."""

    def voices(self, transcript_id: str) -> Voices:
        """The voices of a recording, and what the text names; none where they were not sought."""
        with self._database.read() as connection:
            turns = turns_in(connection, transcript_id)
            return Voices(turns, _named_in(connection, transcript_id)) if turns else Voices()

    def judged_anew(self, transcript_id: str, since: int) -> list[StoredSegment]:
        """The segments right below those that were written or removed after `since`.

        Whether another voice begins with one is judged by the segment above it. None where no
        speakers were found.
        """
        table, written, below = SegmentTable, aliased(SegmentTable), aliased(SegmentTable)
        place = (
            select(func.min(below.position))
            .where(
                below.transcript_id == transcript_id,
                below.removed.is_(False),
                below.position > written.position,
            )
            .scalar_subquery()
        )
        places = select(place).where(written.transcript_id == transcript_id, written.seq > since)
        query = present(transcript_id).where(table.seq <= since, table.position.in_(places))
        voices = select(VoiceTurnTable.voice).where(VoiceTurnTable.transcript_id == transcript_id)
        with self._database.read() as connection:
            if connection.execute(voices.limit(1)).first() is None:
                return []
            return stored_segments(connection, query.order_by(table.position))

    def save_voice_turns(self, transcript_id: str, turns: Sequence[Turn]) -> int:
        """Save who was heard when, in place of what was saved before; gives the new `seq`.

        All segments count as written, so that others learn of their doubts.
        """
        table, segments = VoiceTurnTable, SegmentTable
        # Nobody begins twice at one moment.
        ends_ms = {(turn.start_ms, turn.speaker): turn.end_ms for turn in turns}
        rows = [
            {"transcript_id": transcript_id, "start_ms": start, "voice": voice, "end_ms": end}
            for (start, voice), end in ends_ms.items()
        ]
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            connection.execute(delete(table).where(table.transcript_id == transcript_id))
            if rows:
                connection.execute(insert(table), rows)
            seq = next_seq(connection, transcript_id, self._clock())
            there = (segments.transcript_id == transcript_id, segments.removed.is_(False))
            connection.execute(update(segments).where(*there).values(seq=seq))
            return seq
