"""The history: the steps made so far, and what was changed since one of them."""

from __future__ import annotations

from sqlalchemy import func, select

from editor.store.db.database import StorePart
from editor.store.db.tables import RevisionTable
from editor.store.rows import Changes, RevisionRow
from editor.store.steps import STEP_COLUMNS, applied_now, reverts_since, revision_row
from editor.store.transcripts import current_seq
from editor.store.undo import Maker


class History(StorePart):
    """Reading the history."""

    def revisions(
        self, transcript_id: str, *, limit: int = 100, before: int | None = None
    ) -> list[RevisionRow]:
        """The history, newest first, from below the revision `before` on."""
        query = (
            select(*STEP_COLUMNS)
            .where(RevisionTable.transcript_id == transcript_id)
            .order_by(RevisionTable.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(RevisionTable.id < before)
        with self._database.read() as connection:
            return [revision_row(row) for row in connection.execute(query)]

    def resolved_count(self, transcript_id: str) -> int:
        """How many doubts the edits resolved that hold."""
        table = RevisionTable
        query = select(func.sum(table.resolved_count)).where(
            table.transcript_id == transcript_id,
            table.action == "edit",
            table.state == "done",
            table.resolved_count.is_not(None),
        )
        with self._database.read() as connection:
            return int(connection.execute(query).scalar_one() or 0)

    def changes_since(
        self,
        transcript_id: str,
        seq: int,
        *,
        author: str | None = None,
        client: str | None = None,
    ) -> Changes:
        """All that was written after `seq`, and what they may undo; after 0 it is all there is.

        Raises:
            NotFound: there is no such transcript.
        """
        with self._database.read() as connection:
            now = current_seq(connection, transcript_id)
            maker = Maker(author, client)
            state = applied_now(connection, transcript_id, None, now, maker, since=seq)
            reverts = reverts_since(connection, transcript_id, seq, maker) if seq else ()
        standing = (state.segments, state.removed_ids, state.can_undo, state.can_redo)
        return Changes(now, *standing, reverts)
