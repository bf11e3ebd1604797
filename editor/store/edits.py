"""Edits: every change of a person, in one transaction with its revision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from editor.edits import Change
from editor.edits.window import Window
from editor.errors import ChangedMeanwhile, EditConflict, InvariantBroken, NotFound
from editor.store.db.database import StorePart
from editor.store.db.tables import RevisionTable
from editor.store.glossary import forget_learned
from editor.store.prepared import Prepared
from editor.store.rows import Applied, Resolved
from editor.store.splices import Placed, check_base_revisions, placed_at
from editor.store.steps import applied_now, check_seen, step_columns
from editor.store.transcripts import current_seq, next_seq
from editor.store.undo import Maker, drop_undone
from editor.store.windows import window_in

#: A change of so many places is put in place before the write lock is taken.
_LARGE = 20


class Edits(StorePart):
    """Saving edits."""

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
                return applied_now(connection, transcript_id, None, seq, maker, since=seq)
        prepared = Prepared(change)
        try:
            ahead = self._placed_ahead(transcript_id, prepared, base_revisions)
            with self._database.write() as connection:
                now = self._clock()
                seq = next_seq(connection, transcript_id, now)
                if base_seq is not None:
                    check_seen(connection, transcript_id, base_seq, maker)
                placed = placed_at(connection, transcript_id, prepared, ahead, seq, base_revisions)
                placed.write(connection)
                drop_undone(connection, transcript_id, maker)
                revision = step_columns(transcript_id, change.kind, placed, "edit", maker, now)
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
            return applied_now(connection, transcript_id, revision_id, seq, maker, since=seq)

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

    def _placed_ahead(
        self, transcript_id: str, prepared: Prepared, base_revisions: Mapping[str, int]
    ) -> Placed | None:
        """A large change in its place before anybody has to wait for it; None for a small one."""
        if len(prepared.change.splices) < _LARGE:
            return None
        with self._database.read() as connection:
            seq = current_seq(connection, transcript_id) + 1
            return Placed(connection, transcript_id, prepared, seq, base_revisions)
