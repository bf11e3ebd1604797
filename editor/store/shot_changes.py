"""When the shots of a film begin."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, insert, select

from editor.store.db.database import StorePart
from editor.store.db.tables import ShotChangeTable
from editor.store.transcripts import lock_transcript


class ShotChanges(StorePart):
    """Saving when shots begin, and telling it."""

    def shot_changes(self, transcript_id: str) -> tuple[int, tuple[int, ...]]:
        """Until when the film was looked at, in ms, and when shots begin there, in order.

        0 where nobody has looked for them.
        """
        table = ShotChangeTable
        query = select(table.until_ms, table.starts_ms).where(table.transcript_id == transcript_id)
        with self._database.read() as connection:
            row = connection.execute(query).first()
        return (row.until_ms, tuple(row.starts_ms)) if row else (0, ())

    def save_shot_changes(
        self, transcript_id: str, until_ms: int, starts_ms: Sequence[int]
    ) -> None:
        """Save when shots begin up to a time, in place of what was saved before."""
        table = ShotChangeTable
        values = {
            "transcript_id": transcript_id,
            "until_ms": until_ms,
            "starts_ms": list(starts_ms),
        }
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            connection.execute(delete(table).where(table.transcript_id == transcript_id))
            connection.execute(insert(table).values(values))
