"""Steps of the history as they are written and read, and what others made meanwhile."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from editor.edits import Change, ChangeKind
from editor.errors import ChangedMeanwhile
from editor.store.db.codec import splices_from_list
from editor.store.db.tables import RevisionTable
from editor.store.rows import Action, Applied, RevisionRow
from editor.store.segments import touched_segments
from editor.store.splices import Placed
from editor.store.undo import Maker, can_revert, saved_change

STEP_COLUMNS = (
    RevisionTable.id,
    RevisionTable.action,
    RevisionTable.kind,
    RevisionTable.splices,
    RevisionTable.author,
    RevisionTable.created_ms,
    RevisionTable.state,
)
#: More undone by others between two questions are not told one by one.
_MOST_REVERTS = 10


def revision_row(row: Row[Any]) -> RevisionRow:
    """A step from its `STEP_COLUMNS`."""
    change = Change(row.kind, splices_from_list(row.splices))
    told = (row.author, row.created_ms, row.state)
    return RevisionRow(row.id, row.action, row.kind, change, *told)


def check_seen(connection: Connection, transcript_id: str, seq: int, maker: Maker) -> None:
    """Check that nobody else made a step after `seq`.

    Raises:
        ChangedMeanwhile: somebody did.
    """
    table = RevisionTable
    newest = (
        select(table.author, table.seq)
        .where(table.transcript_id == transcript_id, table.seq > seq, maker.is_another())
        .order_by(table.id.desc())
        .limit(1)
    )
    row = connection.execute(newest).first()
    if row is not None:
        raise ChangedMeanwhile(
            "text",
            row.seq,
            who=row.author,
            refusal="Nothing was done.",
            advice="Check it, then try again if you still want to.",
        )


def reverts_since(
    connection: Connection, transcript_id: str, seq: int, maker: Maker
) -> tuple[RevisionRow, ...]:
    """The newest steps after `seq` by which others undid something or did it again, in order."""
    table = RevisionTable
    newest = (
        select(*STEP_COLUMNS)
        .where(table.transcript_id == transcript_id, table.seq > seq, table.action != "edit")
        .where(maker.is_another())
        .order_by(table.id.desc())
        .limit(_MOST_REVERTS)
    )
    return tuple(reversed([revision_row(row) for row in connection.execute(newest)]))


def step_columns(
    transcript_id: str,
    kind: ChangeKind,
    placed: Placed,
    action: Action,
    maker: Maker,
    now_ms: int,
) -> dict[str, Any]:
    """The columns of the step of the history that a write is."""
    return {
        "transcript_id": transcript_id,
        "action": action,
        "kind": kind,
        "splices": placed.splices,
        "author": maker.name,
        "client": maker.client,
        "created_ms": now_ms,
        "state": "done",
        "seq": placed.seq,
    }


def applied_now(
    connection: Connection,
    transcript_id: str,
    revision_id: int | None,
    seq: int,
    maker: Maker,
    *,
    since: int,
) -> Applied:
    """What was written after `since`, and what a revision touched, as it is now."""
    ids = [] if revision_id is None else saved_change(connection, revision_id).segment_ids()
    segments, removed = touched_segments(connection, transcript_id, ids, since=since)
    may_undo, may_redo = can_revert(connection, transcript_id, maker)
    return Applied(revision_id, seq, segments, removed, may_undo, may_redo)
