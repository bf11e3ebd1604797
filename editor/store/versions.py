"""Earlier states of a transcript, and the names people gave them."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from editor.document import Segment
from editor.edits import Change
from editor.edits.versions import rolled_back
from editor.errors import NotFound
from editor.store.audit_log import record_activity
from editor.store.db.codec import splices_from_list
from editor.store.db.database import StorePart
from editor.store.db.tables import RevisionTable, SegmentTable, VersionTable
from editor.store.rows import VersionRow
from editor.store.segments import present, stored_segments
from editor.store.transcripts import current_seq, lock_transcript

_COLUMNS = tuple(getattr(VersionTable, name) for name in VersionRow.__dataclass_fields__)


def segments_at(connection: Connection, transcript_id: str, revision_id: int) -> list[Segment]:
    """The segments as they stood after a revision; 0: before the first.

    Raises:
        NotFound: the transcript has no such revision.
    """
    table = RevisionTable
    of_transcript = select(table.id).where(table.transcript_id == transcript_id)
    known = connection.execute(of_transcript.where(table.id == revision_id)).first()
    if revision_id and known is None:
        raise NotFound("revision", revision_id)
    later = (
        select(table.kind, table.splices)
        .where(table.transcript_id == transcript_id, table.id > revision_id)
        .order_by(table.id.desc())
    )
    changes = (
        Change(row.kind, splices_from_list(row.splices)) for row in connection.execute(later)
    )
    ordered = present(transcript_id).order_by(SegmentTable.position)
    now = [stored.segment for stored in stored_segments(connection, ordered)]
    return rolled_back(now, changes)


class Versions(StorePart):
    """Looking at earlier states, and naming the present one."""

    def segments_at(self, transcript_id: str, revision_id: int) -> list[Segment]:
        """The segments as they stood after a revision; 0: before the first.

        Raises:
            NotFound: there is no such transcript, or it has no such revision.
        """
        with self._database.read() as connection:
            current_seq(connection, transcript_id)
            return segments_at(connection, transcript_id, revision_id)

    def name_version(
        self, transcript_id: str, name: str, *, author: str | None = None
    ) -> VersionRow:
        """Give the present state a name.

        Raises:
            NotFound: there is no such transcript.
        """
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            newest = select(func.max(RevisionTable.id)).where(
                RevisionTable.transcript_id == transcript_id
            )
            values = {
                "name": name,
                "revision_id": connection.execute(newest).scalar_one() or 0,
                "created_ms": self._clock(),
                "author": author,
            }
            made = insert(VersionTable).values(transcript_id=transcript_id, **values)
            row = connection.execute(made.returning(*_COLUMNS)).one()
            return VersionRow(*row)

    def versions(self, transcript_id: str) -> list[VersionRow]:
        """All names, newest first."""
        of_transcript = select(*_COLUMNS).where(VersionTable.transcript_id == transcript_id)
        with self._database.read() as connection:
            ordered = of_transcript.order_by(VersionTable.id.desc())
            return [VersionRow(*row) for row in connection.execute(ordered)]

    def forget_version(
        self, transcript_id: str, version_id: int, *, author: str | None = None
    ) -> None:
        """Take a name away; the state stays in the history.

        Raises:
            NotFound: there is no such name.
        """
        table = VersionTable
        one = delete(table).where(table.transcript_id == transcript_id, table.id == version_id)
        with self._database.write() as connection:
            name = connection.execute(one.returning(table.name)).scalar_one_or_none()
            if name is None:
                raise NotFound("version", version_id)
            now = self._clock()
            record_activity(connection, transcript_id, "forget", now, author=author, before=name)
