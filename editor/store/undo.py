"""Whose edits are undone and done again, and what doing so changes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, func, select, true, update

from editor.edits import Change, Splice, directed, is_as_left, restored
from editor.edits.window import Window
from editor.errors import NotFound, NothingToUndo, UndoBlocked
from editor.store.db.codec import splices_from_list
from editor.store.db.tables import RevisionTable
from editor.store.windows import window_in


@dataclass(frozen=True, slots=True)
class Maker:
    """Who makes an edit: a person's name where people log in, and the browser it comes from.

    Where nobody logs in the browser stands for the person, and edits that came from none belong to
    all. A script that tells neither may undo everything.
    """

    name: str | None = None
    client: str | None = None

    def owns(self) -> ColumnElement[bool]:
        """Whether a revision is one of theirs."""
        table = RevisionTable
        if self.name is not None:
            return table.author == self.name
        if self.client is not None:
            return (table.client == self.client) | table.client.is_(None)
        return true()

    def is_another(self) -> ColumnElement[bool]:
        """Whether a revision was made by somebody else, or by them in another browser."""
        table = RevisionTable
        return table.author.is_distinct_from(self.name) | table.client.is_distinct_from(self.client)


def can_revert(connection: Connection, transcript_id: str, maker: Maker) -> tuple[bool, bool]:
    """Whether there is an edit of theirs to undo, and one to do again."""
    undo = next_step(connection, transcript_id, maker, is_undo=True)
    redo = next_step(connection, transcript_id, maker, is_undo=False)
    return undo is not None, redo is not None


def drop_undone(connection: Connection, transcript_id: str, maker: Maker) -> None:
    """What they had undone cannot be done again any more."""
    table = RevisionTable
    undone = (table.transcript_id == transcript_id, table.state == "undone", maker.owns())
    connection.execute(update(table).where(*undone).values(state="dropped"))


def change_back(
    connection: Connection,
    transcript_id: str,
    maker: Maker,
    *,
    is_undo: bool,
    before: int | None = None,
) -> tuple[int, Change]:
    """The newest edit of theirs that holds, and what undoes it; or that was undone, and does it.

    With `before` only edits older than that revision are looked at.

    Raises:
        NothingToUndo: there is none.
        UndoBlocked: somebody else changed the same since.
    """
    direction = "undo" if is_undo else "redo"
    revision_id = next_step(connection, transcript_id, maker, is_undo=is_undo, before=before)
    if revision_id is None:
        raise NothingToUndo(direction)
    change = directed(saved_change(connection, revision_id), forward=not is_undo)
    own = set(change.segment_ids())
    window = window_in(
        connection, transcript_id, change.named_ids(), is_from_top=change.is_from_top()
    )
    current = {segment.id: segment for segment in window.segments if segment.id in own}
    if not is_as_left(change, current):
        raise UndoBlocked(direction, revision_id)
    try:
        change = _placed(window, change, own)
        bounds = [_bounds(window, splice) for splice in change.splices]
    except NotFound:
        raise UndoBlocked(direction, revision_id) from None
    return revision_id, restored(change, current, bounds=bounds)


def saved_change(connection: Connection, revision_id: int) -> Change:
    """The change of a revision."""
    table = RevisionTable
    found = select(table.kind, table.splices).where(table.id == revision_id)
    row = connection.execute(found).one()
    return Change(row.kind, splices_from_list(row.splices))


def next_step(
    connection: Connection,
    transcript_id: str,
    maker: Maker,
    *,
    is_undo: bool,
    before: int | None = None,
) -> int | None:
    """The newest step of theirs that holds, or the oldest that is undone."""
    table = RevisionTable
    query = select((func.max if is_undo else func.min)(table.id)).where(
        table.transcript_id == transcript_id,
        table.action == "edit",
        table.state == ("done" if is_undo else "undone"),
        maker.owns(),
    )
    if before is not None:
        query = query.where(table.id < before)
    return connection.execute(query).scalar_one_or_none()


def _placed(window: Window, change: Change, own: Collection[str]) -> Change:
    """The change where its segments stand now: others may have put something above them."""
    splices = []
    for splice in change.splices:
        if splice.removed and splice.after_id not in own:
            above = window.above(splice.removed[0].id)
            splice = replace(splice, after_id=above.id if above else None)
        splices.append(splice)
    return replace(change, splices=tuple(splices))


def _bounds(window: Window, splice: Splice) -> tuple[int, int | None]:
    """The latest start above a splice and the earliest start below it, as they are now."""
    there = [one for one in (*splice.removed, *splice.inserted) if one.id in window]
    present = window.in_order(dict.fromkeys(one.id for one in there))
    if present:
        above, last = window.timed_above(present[0].id), present[-1].id
    elif splice.after_id is None:
        above, last = None, None
    else:
        after = window.segment(splice.after_id)
        above, last = after if after.words else window.timed_above(after.id), after.id
    return above.words[-1].start_ms if above else 0, window.first_start_below(last)
