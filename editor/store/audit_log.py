"""The audit log: what was done to a transcript as a whole, and by whom (title, deletion, names)."""

from __future__ import annotations

from sqlalchemy import Connection, insert, select, update

from editor.errors import ChangedMeanwhile
from editor.store.db.database import StorePart
from editor.store.db.tables import ActivityTable, TranscriptTable
from editor.store.rows import ActivityKind, ActivityRow, TranscriptRow
from editor.store.transcripts import next_seq, transcript_row

_COLUMNS = tuple(getattr(ActivityTable, name) for name in ActivityRow.__dataclass_fields__)


def record_activity(
    connection: Connection,
    transcript_id: str,
    kind: ActivityKind,
    now_ms: int,
    *,
    author: str | None,
    before: str = "",
    after: str = "",
) -> None:
    """Write down in the running transaction who did it."""
    values = {"kind": kind, "before": before, "after": after, "author": author}
    row = {"transcript_id": transcript_id, "created_ms": now_ms, **values}
    connection.execute(insert(ActivityTable).values(row))


class AuditLog(StorePart):
    """Doing such things, and telling of them."""

    def rename_transcript(
        self,
        transcript_id: str,
        title: str,
        *,
        was: str | None = None,
        author: str | None = None,
    ) -> TranscriptRow:
        """Give a transcript another title; `was` is the one that the person saw.

        Raises:
            NotFound: there is none with this id.
            ChangedMeanwhile: it has another title by now.
        """
        now = self._clock()
        with self._database.write() as connection:
            next_seq(connection, transcript_id, now)
            before = transcript_row(connection, transcript_id).title
            if was is not None and before not in (was, title):
                raise ChangedMeanwhile("title", before)
            if title != before:
                same = update(TranscriptTable).where(TranscriptTable.id == transcript_id)
                connection.execute(same.values(title=title))
                record_activity(
                    connection,
                    transcript_id,
                    "title",
                    now,
                    author=author,
                    before=before,
                    after=title,
                )
            return transcript_row(connection, transcript_id)

    def move_to_trash(
        self, transcript_id: str, *, is_deleted: bool = True, author: str | None = None
    ) -> TranscriptRow:
        """Put a transcript into the trash, or with `is_deleted` False take it out again.

        Raises:
            NotFound: there is none with this id.
        """
        now = self._clock()
        with self._database.write() as connection:
            next_seq(connection, transcript_id, now)
            was_deleted = transcript_row(connection, transcript_id).deleted_ms is not None
            if is_deleted != was_deleted:
                same = update(TranscriptTable).where(TranscriptTable.id == transcript_id)
                connection.execute(same.values(deleted_ms=now if is_deleted else None))
                kind: ActivityKind = "delete" if is_deleted else "restore"
                record_activity(connection, transcript_id, kind, now, author=author)
            return transcript_row(connection, transcript_id)

    def activity(self, transcript_id: str, *, limit: int = 200) -> list[ActivityRow]:
        """What was done to a transcript as a whole, newest first."""
        of_transcript = select(*_COLUMNS).where(ActivityTable.transcript_id == transcript_id)
        newest_first = of_transcript.order_by(ActivityTable.id.desc()).limit(limit)
        with self._database.read() as connection:
            return [ActivityRow(*row) for row in connection.execute(newest_first)]
