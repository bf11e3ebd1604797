"""How many doubts transcripts have left, without judging their texts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    SQLColumnExpression,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.orm import aliased

from editor.store.db.database import StorePart
from editor.store.db.tables import DismissedDoubtTable, DoubtCountTable, RevisionTable
from editor.store.transcripts import lock_transcript


def doubts_left(transcript_id: SQLColumnExpression[Any]) -> ColumnElement[int]:
    """How many doubts a transcript has left; null where it was never judged.

    Those it had, less those that edits resolved and people dismissed since or before.
    """
    counts = aliased(DoubtCountTable)
    total = select(counts.total).where(counts.transcript_id == transcript_id).scalar_subquery()
    resolved, dismissed = _settled(transcript_id)
    return total - resolved - dismissed


def _settled(
    transcript_id: SQLColumnExpression[Any],
) -> tuple[ScalarSelect[int], ScalarSelect[int]]:
    """How many doubts edits resolved that hold, and how many were dismissed."""
    edits, kept = RevisionTable, DismissedDoubtTable
    resolved = select(func.coalesce(func.sum(edits.resolved_count), 0)).where(
        edits.transcript_id == transcript_id,
        edits.action == "edit",
        edits.state == "done",
        edits.resolved_count.is_not(None),
    )
    dismissed = select(func.count()).where(kept.transcript_id == transcript_id)
    return resolved.scalar_subquery(), dismissed.scalar_subquery()


class DoubtCounts(StorePart):
    """Saving how many doubts there are, and telling how many are left."""

    def save_doubt_count(self, transcript_id: str, open_count: int) -> None:
        """Remember that the text has so many doubts now that nobody has settled."""
        table = DoubtCountTable
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            resolved, dismissed = _settled(literal(transcript_id))
            settled = int(connection.execute(select(resolved + dismissed)).scalar_one())
            connection.execute(delete(table).where(table.transcript_id == transcript_id))
            row = {"transcript_id": transcript_id, "total": open_count + settled}
            connection.execute(insert(table).values(row))

    def doubts_left(self, transcript_ids: Sequence[str]) -> dict[str, int]:
        """How many doubts each of these transcripts has left, where it was judged.

        Doubts about what was typed since are not among them.
        """
        table = DoubtCountTable
        query = select(table.transcript_id, doubts_left(table.transcript_id)).where(
            table.transcript_id.in_(transcript_ids)
        )
        with self._database.read() as connection:
            return {item: max(0, int(left)) for item, left in connection.execute(query)}
