"""The doubts that people answered with "the text is right"."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select, update

from editor.review import DismissedDoubt
from editor.store.db.database import StorePart
from editor.store.db.tables import DismissedDoubtTable, SegmentTable
from editor.store.segments import SegmentReader
from editor.store.transcripts import lock_transcript, next_seq

_COLUMNS = tuple(getattr(DismissedDoubtTable, name) for name in DismissedDoubt.__dataclass_fields__)
_KEY = ("segment_id", "kind", "written", "recognised")


def dismissed_in(connection: Connection, transcript_id: str) -> list[DismissedDoubt]:
    """All doubts of a transcript that were kept, in no order."""
    query = select(*_COLUMNS).where(DismissedDoubtTable.transcript_id == transcript_id)
    return [DismissedDoubt(*row) for row in connection.execute(query)]


class DismissedDoubts(StorePart):
    """Saving and finding what people decided about doubts."""

    def dismissed_doubts(self, transcript_id: str) -> list[DismissedDoubt]:
        """All that were kept, in no order."""
        with self._database.read() as connection:
            return dismissed_in(connection, transcript_id)

    def dismiss_doubt(
        self, transcript_id: str, kept: DismissedDoubt, *, is_dismissed: bool = True
    ) -> int:
        """Remember that a doubt was kept, or with `is_dismissed` False that it is open again.

        The segment counts as written, so that others learn of it; gives the new `seq`.

        Raises:
            NotFound: the transcript or the segment does not exist.
        """
        table = DismissedDoubtTable
        same = [getattr(table, name) == getattr(kept, name) for name in _KEY]
        values = {name: getattr(kept, name) for name in DismissedDoubt.__dataclass_fields__}
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            SegmentReader(connection, transcript_id).stored(kept.segment_id)
            connection.execute(delete(table).where(table.transcript_id == transcript_id, *same))
            if is_dismissed:
                connection.execute(insert(table).values(transcript_id=transcript_id, **values))
            seq = next_seq(connection, transcript_id, self._clock())
            written = (
                SegmentTable.transcript_id == transcript_id,
                SegmentTable.id == kept.segment_id,
            )
            connection.execute(update(SegmentTable).where(*written).values(seq=seq))
            return seq
