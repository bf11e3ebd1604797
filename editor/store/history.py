"""Edits, undo and redo: every change of a person, in one transaction with its revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, func, insert, select, update

from editor.edits import Change
from editor.errors import EditConflict, InvariantBroken, NotFound, UndoBlocked
from editor.store.db.codec import list_from_splices
from editor.store.db.database import StorePart
from editor.store.db.tables import RevisionTable
from editor.store.glossary import forget_taught
from editor.store.review_context import JudgingReader
from editor.store.rows import (
    Action,
    Applied,
    Changes,
    RevisionRow,
    RevisionState,
    Settled,
)
from editor.store.splices import check_base_revisions, touched_segments, write_change
from editor.store.steps import STEP_COLUMNS, check_seen, reverts_since, revision_row
from editor.store.transcripts import current_seq, lock_transcript, next_seq
from editor.store.undo import (
    Maker,
    can_revert,
    change_back,
    drop_undone,
    ids_of,
    saved_change,
)


class History(StorePart):
    """Applying edits and going back and forth in them."""

    def edit(
        self,
        transcript_id: str,
        build: Callable[[JudgingReader], Change],
        *,
        base_revisions: Mapping[str, int],
        author: str | None = None,
        client: str | None = None,
        edit_id: str | None = None,
        base_seq: int | None = None,
        settle: Callable[[JudgingReader, Applied], Settled] | None = None,
    ) -> Applied:
        """Apply the change that `build` makes of the present segments, all or nothing.

        What it settled and taught, as `settle` finds once it is applied, is saved with it.

        An edit sent again under the same `edit_id` is not applied again, but answered with the
        present state of what it touched. A change without splices saves nothing.

        With `base_seq`, the number of the last write that its author saw, nobody else may have
        changed anything since.

        Raises:
            ChangedMeanwhile: somebody did.
            EditConflict: a segment is not at its base revision any more.
            NotFound: the transcript or a segment does not exist.
            InvariantBroken: the result would break a rule of the transcript.
        """
        maker = Maker(author, client)
        with self._database.write() as connection:
            before = lock_transcript(connection, transcript_id)
            earlier = _sent_before(connection, transcript_id, edit_id)
            if earlier is not None:
                return _applied(connection, transcript_id, earlier, before, maker, since=before)
            if base_seq is not None:
                check_seen(connection, transcript_id, base_seq, maker)
            check_base_revisions(connection, transcript_id, base_revisions)
            reader = JudgingReader(connection, transcript_id)
            change = build(reader)
            if not change.splices:
                return _applied(connection, transcript_id, None, before, maker, since=before)
            drop_undone(connection, transcript_id, maker)
            applied = self._apply(
                connection, transcript_id, change, "edit", maker=maker, edit_id=edit_id
            )
            if settle is not None:
                _save_settled(connection, transcript_id, applied, settle(reader, applied))
            return applied

    def apply_change(
        self,
        transcript_id: str,
        change: Change,
        *,
        base_revisions: Mapping[str, int],
        author: str | None = None,
        client: str | None = None,
        edit_id: str | None = None,
    ) -> Applied:
        """Apply a change that was made beforehand; otherwise like `edit`."""
        return self.edit(
            transcript_id,
            lambda reader: change,
            base_revisions=base_revisions,
            author=author,
            client=client,
            edit_id=edit_id,
        )

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

    def can_revert(
        self, transcript_id: str, *, author: str | None = None, client: str | None = None
    ) -> tuple[bool, bool]:
        """Whether there is an edit of theirs to undo, and one to do again."""
        with self._database.read() as connection:
            return can_revert(connection, transcript_id, Maker(author, client))

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

    def corrected_count(self, transcript_id: str) -> int:
        """How many doubts the edits settled that hold."""
        table = RevisionTable
        query = select(func.sum(table.corrected)).where(
            table.transcript_id == transcript_id,
            table.action == "edit",
            table.state == "done",
            table.corrected.is_not(None),
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
            state = _applied(connection, transcript_id, None, now, maker, since=seq)
            reverts = reverts_since(connection, transcript_id, seq, maker) if seq else ()
        standing = (state.segments, state.removed_ids, state.can_undo, state.can_redo)
        return Changes(now, *standing, reverts)

    def _revert(
        self,
        transcript_id: str,
        action: Action,
        maker: Maker,
        before: int | None,
        edit_id: str | None,
    ) -> Applied:
        is_undo = action == "undo"
        with self._database.write() as connection:
            now = lock_transcript(connection, transcript_id)
            earlier = _sent_before(connection, transcript_id, edit_id)
            if earlier is not None:
                return _applied(connection, transcript_id, earlier, now, maker, since=now)
            revision_id, change = change_back(
                connection, transcript_id, maker, is_undo=is_undo, before=before
            )
            try:
                return self._apply(
                    connection,
                    transcript_id,
                    change,
                    action,
                    maker=maker,
                    edit_id=edit_id,
                    reverts_id=revision_id,
                    state="undone" if is_undo else "done",
                )
            except (EditConflict, InvariantBroken, NotFound) as error:
                raise UndoBlocked(action, revision_id) from error

    def _apply(
        self,
        connection: Connection,
        transcript_id: str,
        change: Change,
        action: Action,
        *,
        maker: Maker,
        edit_id: str | None = None,
        reverts_id: int | None = None,
        state: RevisionState = "done",
    ) -> Applied:
        now = self._clock()
        seq = next_seq(connection, transcript_id, now)
        saved = write_change(connection, transcript_id, change, seq)
        if reverts_id is not None:
            reverted = update(RevisionTable).where(RevisionTable.id == reverts_id)
            connection.execute(reverted.values(state=state))
        inserted = insert(RevisionTable).values(
            transcript_id=transcript_id,
            action=action,
            kind=saved.kind,
            splices=list_from_splices(saved.splices),
            author=maker.name,
            client=maker.client,
            created_ms=now,
            state="done",
            edit_id=edit_id,
            reverts_id=reverts_id,
            seq=seq,
        )
        revision_id = connection.execute(inserted.returning(RevisionTable.id)).scalar_one()
        return _applied(
            connection, transcript_id, revision_id, seq, maker, since=seq - 1, is_news=True
        )


def _applied(
    connection: Connection,
    transcript_id: str,
    revision_id: int | None,
    seq: int,
    maker: Maker,
    *,
    since: int,
    is_news: bool = False,
) -> Applied:
    ids: list[str] = []
    if revision_id is not None and not is_news:
        ids = ids_of(saved_change(connection, revision_id))
    segments, removed = touched_segments(connection, transcript_id, ids, since=since)
    may_undo, may_redo = can_revert(connection, transcript_id, maker)
    return Applied(revision_id, seq, segments, removed, may_undo, may_redo)


def _save_settled(
    connection: Connection, transcript_id: str, applied: Applied, settled: Settled
) -> None:
    forget_taught(connection, transcript_id, settled.forgotten)
    if settled.corrected or settled.terms:
        noted = update(RevisionTable).where(RevisionTable.id == applied.revision_id)
        terms = list(settled.terms) or None
        connection.execute(noted.values(corrected=settled.corrected, terms=terms))


def _sent_before(connection: Connection, transcript_id: str, edit_id: str | None) -> int | None:
    if edit_id is None:
        return None
    table = RevisionTable
    sent = select(table.id).where(table.transcript_id == transcript_id, table.edit_id == edit_id)
    return connection.execute(sent).scalar_one_or_none()
