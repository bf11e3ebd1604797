"""Undo and redo: a step of the history taken back or made again, which is a step of its own."""

from __future__ import annotations

from sqlalchemy import String, cast, func, insert, select, update

from editor.errors import EditConflict, InvariantBroken, NotFound, UndoBlocked
from editor.store.db.tables import RevisionTable
from editor.store.edits import Edits
from editor.store.prepared import Prepared
from editor.store.rows import Action, Applied
from editor.store.splices import placed_at
from editor.store.steps import step_columns
from editor.store.transcripts import current_seq, next_seq
from editor.store.undo import Maker, can_revert, change_back, next_step

#: So often a step is taken back anew because others changed what is around it.
_ATTEMPTS = 5


class Reverts(Edits):
    """Going back and forth in the edits."""

    def undo(
        self,
        transcript_id: str,
        *,
        author: str | None = None,
        client: str | None = None,
        before: int | None = None,
        edit_id: str | None = None,
    ) -> Applied:
        """Take back the newest edit of theirs that holds, or the newest `before` a revision.

        Sent again under the same `edit_id`, it is done once.

        Raises:
            NothingToUndo: there is none.
            UndoBlocked: somebody else changed the same since.
        """
        return self._revert(transcript_id, "undo", Maker(author, client), before, edit_id)

    def redo(
        self,
        transcript_id: str,
        *,
        author: str | None = None,
        client: str | None = None,
        edit_id: str | None = None,
    ) -> Applied:
        """Apply again the edit that they took back last, unless they made another since.

        Sent again under the same `edit_id`, it is done once.

        Raises:
            NothingToUndo: there is none.
            UndoBlocked: somebody else changed the same since.
        """
        return self._revert(transcript_id, "redo", Maker(author, client), None, edit_id)

    def revert_bytes(
        self,
        transcript_id: str,
        action: Action,
        *,
        author: str | None = None,
        client: str | None = None,
        before: int | None = None,
    ) -> int:
        """About how much the step holds that would be undone or done again; 0 without one."""
        maker, is_undo = Maker(author, client), action == "undo"
        with self._database.read() as connection:
            newest = next_step(connection, transcript_id, maker, is_undo=is_undo, before=before)
            length = select(func.length(cast(RevisionTable.splices, String)))
            found = connection.execute(length.where(RevisionTable.id == newest))
            return found.scalar_one_or_none() or 0

    def can_revert(
        self, transcript_id: str, *, author: str | None = None, client: str | None = None
    ) -> tuple[bool, bool]:
        """Whether there is an edit of theirs to undo, and one to do again."""
        with self._database.read() as connection:
            return can_revert(connection, transcript_id, Maker(author, client))

    def _revert(
        self,
        transcript_id: str,
        action: Action,
        maker: Maker,
        before: int | None,
        edit_id: str | None,
    ) -> Applied:
        earlier = self.saved_before(transcript_id, edit_id, author=maker.name, client=maker.client)
        if earlier is not None:
            return earlier
        for attempt in range(1, _ATTEMPTS + 1):
            with self._database.read() as connection:
                current_seq(connection, transcript_id)
                revision_id, change = change_back(
                    connection, transcript_id, maker, is_undo=action == "undo", before=before
                )
            prepared = Prepared(change)
            try:
                return self._save_reverted(
                    transcript_id, prepared, action, maker, revision_id, edit_id
                )
            except (EditConflict, InvariantBroken, NotFound) as error:
                # Others may have been faster; then it is looked at anew.
                if attempt == _ATTEMPTS:
                    raise UndoBlocked(action, revision_id) from error
        raise AssertionError("each attempt returns or raises")

    def _save_reverted(
        self,
        transcript_id: str,
        prepared: Prepared,
        action: Action,
        maker: Maker,
        revision_id: int,
        edit_id: str | None,
    ) -> Applied:
        table = RevisionTable
        before, after = ("done", "undone") if action == "undo" else ("undone", "done")
        ahead = self._placed_ahead(transcript_id, prepared, {})
        with self._database.write() as connection:
            now = self._clock()
            seq = next_seq(connection, transcript_id, now)
            standing = (table.id == revision_id, table.state == before)
            reverted = connection.execute(update(table).where(*standing).values(state=after))
            if reverted.rowcount == 0:
                raise NotFound("revision", revision_id)
            placed = placed_at(connection, transcript_id, prepared, ahead, seq, {})
            placed.write(connection)
            kind = prepared.change.kind
            revision = step_columns(transcript_id, kind, placed, action, maker, now)
            added = (
                insert(table)
                .values(**revision, reverts_id=revision_id, edit_id=edit_id)
                .returning(table.id)
            )
            made = connection.execute(added).scalar_one()
            may = can_revert(connection, transcript_id, maker)
            return Applied(made, seq, placed.segments, placed.removed_ids, *may)
