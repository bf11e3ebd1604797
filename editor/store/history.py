"""Edits, undo and redo: every change of a person, in one transaction with its revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, String, cast, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from editor.edits import Change, ChangeKind
from editor.edits.window import Window
from editor.errors import ChangedMeanwhile, EditConflict, InvariantBroken, NotFound, UndoBlocked
from editor.store.db.database import StorePart
from editor.store.db.tables import RevisionTable
from editor.store.glossary import forget_learned
from editor.store.prepared import Prepared
from editor.store.rows import (
    Action,
    Applied,
    Changes,
    Resolved,
    RevisionRow,
)
from editor.store.segments import touched_segments
from editor.store.splices import Placed, check_base_revisions
from editor.store.steps import STEP_COLUMNS, check_seen, reverts_since, revision_row
from editor.store.transcripts import current_seq, next_seq
from editor.store.undo import (
    Maker,
    can_revert,
    change_back,
    drop_undone,
    next_step,
    saved_change,
)
from editor.store.windows import window_in

#: So often a step is taken back anew because others changed what is around it.
_ATTEMPTS = 5
#: A change of so many places is put in place before the write lock is taken.
_LARGE = 20


class History(StorePart):
    """Saving edits and going back and forth in them."""

    def window(
        self, transcript_id: str, ids: Sequence[str] | None, *, past_id: int | None = None
    ) -> Window:
        """What an edit of some segments is made on, as one state; with None all of the transcript.

        `past_id` is a revision: the segments as they stood after it are read, too.

        Raises:
            NotFound: there is no such transcript, or no such revision.
        """
        with self._database.read() as connection:
            return window_in(connection, transcript_id, ids, past_id=past_id)

    def save(
        self,
        transcript_id: str,
        change: Change,
        *,
        base_revisions: Mapping[str, int],
        author: str | None = None,
        client: str | None = None,
        edit_id: str | None = None,
        base_seq: int | None = None,
    ) -> Applied:
        """Save a change that was made on a `window`, all or nothing.

        An edit sent again under the same `edit_id` is not saved again, but answered with the
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
        if not change.splices:
            earlier = self.saved_before(transcript_id, edit_id, author=author, client=client)
            if earlier is not None:
                return earlier
            with self._database.read() as connection:
                seq = current_seq(connection, transcript_id)
                if base_seq is not None:
                    check_seen(connection, transcript_id, base_seq, maker)
                check_base_revisions(connection, transcript_id, base_revisions)
                return _applied(connection, transcript_id, None, seq, maker, since=seq)
        prepared = Prepared(change)
        try:
            ahead = self._placed_ahead(transcript_id, prepared, base_revisions)
            with self._database.write() as connection:
                now = self._clock()
                seq = next_seq(connection, transcript_id, now)
                if base_seq is not None:
                    check_seen(connection, transcript_id, base_seq, maker)
                placed = _placed(connection, transcript_id, prepared, ahead, seq, base_revisions)
                placed.write(connection)
                drop_undone(connection, transcript_id, maker)
                revision = _revision(transcript_id, change.kind, placed, "edit", maker, now)
                added = insert(RevisionTable).values(**revision, edit_id=edit_id)
                revision_id = connection.execute(added.returning(RevisionTable.id)).scalar_one()
        except (ChangedMeanwhile, EditConflict, NotFound, InvariantBroken, IntegrityError):
            earlier = self.saved_before(transcript_id, edit_id, author=author, client=client)
            if earlier is None:
                raise
            return earlier
        return Applied(
            revision_id, seq, placed.segments, placed.removed_ids, can_undo=True, can_redo=False
        )

    def saved_before(
        self,
        transcript_id: str,
        edit_id: str | None,
        *,
        author: str | None = None,
        client: str | None = None,
    ) -> Applied | None:
        """What an edit that was saved under this id touched, as it is now; None without one."""
        if edit_id is None:
            return None
        table = RevisionTable
        sent = select(table.id).where(
            table.transcript_id == transcript_id, table.edit_id == edit_id
        )
        with self._database.read() as connection:
            revision_id = connection.execute(sent).scalar_one_or_none()
            if revision_id is None:
                return None
            seq = current_seq(connection, transcript_id)
            maker = Maker(author, client)
            return _applied(connection, transcript_id, revision_id, seq, maker, since=seq)

    def check_revisions(self, transcript_id: str, base_revisions: Mapping[str, int]) -> None:
        """Check that segments still are as an edit knew them.

        Raises:
            EditConflict: one was changed or removed meanwhile.
            NotFound: one never was.
        """
        with self._database.read() as connection:
            check_base_revisions(connection, transcript_id, base_revisions)

    def save_resolved(self, transcript_id: str, revision_id: int, resolved: Resolved) -> None:
        """Save with an edit which doubts it resolved, and which terms were learned from it."""
        if resolved == Resolved():
            return
        with self._database.write() as connection:
            forget_learned(connection, transcript_id, resolved.forgotten)
            noted = update(RevisionTable).where(RevisionTable.id == revision_id)
            terms = list(resolved.terms) or None
            connection.execute(noted.values(resolved_count=resolved.count, learned_terms=terms))

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
            placed = _placed(connection, transcript_id, prepared, ahead, seq, {})
            placed.write(connection)
            kind = prepared.change.kind
            revision = _revision(transcript_id, kind, placed, action, maker, now)
            added = (
                insert(table)
                .values(**revision, reverts_id=revision_id, edit_id=edit_id)
                .returning(table.id)
            )
            made = connection.execute(added).scalar_one()
            may = can_revert(connection, transcript_id, maker)
            return Applied(made, seq, placed.segments, placed.removed_ids, *may)

    def _placed_ahead(
        self, transcript_id: str, prepared: Prepared, base_revisions: Mapping[str, int]
    ) -> Placed | None:
        """A large change in its place before anybody has to wait for it; None for a small one."""
        if len(prepared.change.splices) < _LARGE:
            return None
        with self._database.read() as connection:
            seq = current_seq(connection, transcript_id) + 1
            return Placed(connection, transcript_id, prepared, seq, base_revisions)


def _placed(
    connection: Connection,
    transcript_id: str,
    prepared: Prepared,
    ahead: Placed | None,
    seq: int,
    base_revisions: Mapping[str, int],
) -> Placed:
    """What was placed ahead; placed now where nothing was, or others wrote since."""
    if ahead is not None and ahead.seq == seq:
        return ahead
    return Placed(connection, transcript_id, prepared, seq, base_revisions)


def _revision(
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


def _applied(
    connection: Connection,
    transcript_id: str,
    revision_id: int | None,
    seq: int,
    maker: Maker,
    *,
    since: int,
) -> Applied:
    ids = [] if revision_id is None else saved_change(connection, revision_id).segment_ids()
    segments, removed = touched_segments(connection, transcript_id, ids, since=since)
    may_undo, may_redo = can_revert(connection, transcript_id, maker)
    return Applied(revision_id, seq, segments, removed, may_undo, may_redo)
