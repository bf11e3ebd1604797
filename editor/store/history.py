"""Edits, undo and redo: every change of a person, in one transaction with its revision."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sqlalchemy import Connection, func, insert, select, update

from editor.edits import Change, Splice, restored
from editor.errors import NothingToUndo
from editor.store.codec import list_from_splices, splices_from_list
from editor.store.glossary import forget_taught
from editor.store.judging import JudgingReader
from editor.store.rows import (
    Action,
    Applied,
    Changes,
    RevisionRow,
    RevisionState,
    Settled,
    StoredSegment,
)
from editor.store.segments import SegmentReader
from editor.store.splices import check_base_revisions, touched_segments, write_change
from editor.store.tables import RevisionTable
from editor.store.transcripts import StorePart, current_seq, lock_transcript, next_seq

_COLUMNS = (
    RevisionTable.id,
    RevisionTable.action,
    RevisionTable.kind,
    RevisionTable.splices,
    RevisionTable.author,
    RevisionTable.created_ms,
    RevisionTable.state,
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
        edit_id: str | None = None,
        settle: Callable[[JudgingReader, Applied], Settled] | None = None,
    ) -> Applied:
        """Apply the change that `build` makes of the present segments, all or nothing.

        What it settled and taught, as `settle` finds once it is applied, is saved with it.

        An edit sent again under the same `edit_id` is not applied again, but answered with the
        present state of what it touched. A change without splices saves nothing.

        Raises:
            EditConflict: a segment is not at its base revision any more.
            NotFound: the transcript or a segment does not exist.
            InvariantBroken: the result would break a rule of the transcript.
        """
        with self._database.write() as connection:
            before = lock_transcript(connection, transcript_id)
            earlier = _sent_before(connection, transcript_id, edit_id)
            if earlier is not None:
                return _applied(connection, transcript_id, earlier, before, since=before)
            check_base_revisions(connection, transcript_id, base_revisions)
            reader = JudgingReader(connection, transcript_id)
            change = build(reader)
            if not change.splices:
                return _applied(connection, transcript_id, None, before, since=before)
            _drop_undone(connection, transcript_id)
            applied = self._apply(
                connection, transcript_id, change, "edit", author=author, edit_id=edit_id
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
        edit_id: str | None = None,
    ) -> Applied:
        """Apply a change that was made beforehand; otherwise like `edit`."""
        return self.edit(
            transcript_id,
            lambda reader: change,
            base_revisions=base_revisions,
            author=author,
            edit_id=edit_id,
        )

    def undo(self, transcript_id: str, *, author: str | None = None) -> Applied:
        """Take back the newest edit that holds.

        Raises:
            NothingToUndo: there is none.
        """
        return self._revert(transcript_id, "undo", author)

    def redo(self, transcript_id: str, *, author: str | None = None) -> Applied:
        """Apply again the edit that was taken back last, unless another was made since.

        Raises:
            NothingToUndo: there is none.
        """
        return self._revert(transcript_id, "redo", author)

    def revisions(
        self, transcript_id: str, *, limit: int = 100, before: int | None = None
    ) -> list[RevisionRow]:
        """The history, newest first, from below the revision `before` on."""
        query = (
            select(*_COLUMNS)
            .where(RevisionTable.transcript_id == transcript_id)
            .order_by(RevisionTable.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(RevisionTable.id < before)
        with self._database.read() as connection:
            return [
                RevisionRow(
                    row.id,
                    row.action,
                    row.kind,
                    Change(row.kind, splices_from_list(row.splices)),
                    row.author,
                    row.created_ms,
                    row.state,
                )
                for row in connection.execute(query)
            ]

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

    def changes_since(self, transcript_id: str, seq: int) -> Changes:
        """All that was written after `seq`; after 0 it is the whole transcript.

        Raises:
            NotFound: there is no such transcript.
        """
        with self._database.read() as connection:
            now = current_seq(connection, transcript_id)
            state = _applied(connection, transcript_id, None, now, since=seq)
        return Changes(now, state.segments, state.removed_ids, state.can_undo, state.can_redo)

    def _revert(self, transcript_id: str, action: Action, author: str | None) -> Applied:
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            is_undo = action == "undo"
            revision_id = _next_to_revert(connection, transcript_id, is_undo=is_undo)
            if revision_id is None:
                raise NothingToUndo(action)
            change = _change(connection, revision_id)
            reader = SegmentReader(connection, transcript_id)
            stored = reader.stored_many(_ids(change))
            current = {segment_id: one.segment for segment_id, one in stored.items()}
            bounds = [_bounds(reader, splice, stored) for splice in change.splices]
            back = restored(change, current, forward=not is_undo, bounds=bounds)
            if is_undo:
                # The place of a splice may be named by a segment that an earlier one put in.
                back = replace(back, splices=back.splices[::-1])
            return self._apply(
                connection,
                transcript_id,
                back,
                action,
                author=author,
                reverts_id=revision_id,
                state="undone" if is_undo else "done",
            )

    def _apply(
        self,
        connection: Connection,
        transcript_id: str,
        change: Change,
        action: Action,
        *,
        author: str | None,
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
            author=author,
            created_ms=now,
            state="done",
            edit_id=edit_id,
            reverts_id=reverts_id,
        )
        revision_id = connection.execute(inserted.returning(RevisionTable.id)).scalar_one()
        return _applied(connection, transcript_id, revision_id, seq, since=seq - 1, is_news=True)


def _applied(
    connection: Connection,
    transcript_id: str,
    revision_id: int | None,
    seq: int,
    *,
    since: int,
    is_news: bool = False,
) -> Applied:
    ids: list[str] = []
    if revision_id is not None and not is_news:
        ids = _ids(_change(connection, revision_id))
    segments, removed = touched_segments(connection, transcript_id, ids, since=since)
    return Applied(
        revision_id,
        seq,
        segments,
        removed,
        _next_to_revert(connection, transcript_id, is_undo=True) is not None,
        _next_to_revert(connection, transcript_id, is_undo=False) is not None,
    )


def _save_settled(
    connection: Connection, transcript_id: str, applied: Applied, settled: Settled
) -> None:
    forget_taught(connection, transcript_id, settled.forgotten)
    if settled.corrected or settled.terms:
        noted = update(RevisionTable).where(RevisionTable.id == applied.revision_id)
        terms = list(settled.terms) or None
        connection.execute(noted.values(corrected=settled.corrected, terms=terms))


def _ids(change: Change) -> list[str]:
    segments = (s for splice in change.splices for s in (*splice.removed, *splice.inserted))
    return list(dict.fromkeys(segment.id for segment in segments))


def _sent_before(connection: Connection, transcript_id: str, edit_id: str | None) -> int | None:
    if edit_id is None:
        return None
    table = RevisionTable
    sent = select(table.id).where(table.transcript_id == transcript_id, table.edit_id == edit_id)
    return connection.execute(sent).scalar_one_or_none()


def _drop_undone(connection: Connection, transcript_id: str) -> None:
    table = RevisionTable
    undone = (table.transcript_id == transcript_id, table.state == "undone")
    connection.execute(update(table).where(*undone).values(state="dropped"))


def _next_to_revert(connection: Connection, transcript_id: str, *, is_undo: bool) -> int | None:
    table = RevisionTable
    query = select(table.id).where(
        table.transcript_id == transcript_id,
        table.action == "edit",
        table.state == ("done" if is_undo else "undone"),
    )
    ordered = query.order_by(table.id.desc() if is_undo else table.id)
    return connection.execute(ordered.limit(1)).scalar_one_or_none()


def _change(connection: Connection, revision_id: int) -> Change:
    table = RevisionTable
    found = select(table.kind, table.splices).where(table.id == revision_id)
    row = connection.execute(found).one()
    return Change(row.kind, splices_from_list(row.splices))


def _bounds(
    reader: SegmentReader, splice: Splice, stored: Mapping[str, StoredSegment]
) -> tuple[int, int | None]:
    """The latest start above a splice and the earliest start below it, as they are now."""
    ids = {item.id for item in (*splice.removed, *splice.inserted)} & stored.keys()
    present = sorted(ids, key=lambda item: stored[item].position)
    if present:
        first, last = stored[present[0]].position, stored[present[-1]].position
    else:
        last = reader.stored(splice.after_id).position if splice.after_id else 0
        first = last + 1
    above, below = reader.before(first, timed=True), reader.after(last, timed=True)
    return (
        above.segment.words[-1].start_ms if above else 0,
        below.segment.words[0].start_ms if below else None,
    )
