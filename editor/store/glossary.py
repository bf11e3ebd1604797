"""The glossaries: one for each transcript, and one for all."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from sqlalchemy import ColumnElement, Connection, Row, delete, insert, select, update

from editor.review import merged_terms
from editor.store.db.database import StorePart
from editor.store.db.tables import GlossaryTermTable, RevisionTable
from editor.store.transcripts import current_seq, lock_transcript


def glossary_in(connection: Connection, transcript_id: str | None) -> list[str]:
    """The terms of a transcript's glossary, or with None of the one for all, in order."""
    table = GlossaryTermTable
    query = select(table.term).where(_of(transcript_id)).order_by(table.id)
    given = list(connection.execute(query).scalars())
    if transcript_id is None:
        return given
    learned = [term for row in _learned(connection, transcript_id) for term in row.learned_terms]
    return list(dict.fromkeys([*given, *learned]))


def glossaries_in(connection: Connection, transcript_id: str) -> list[str]:
    """The terms of a transcript's glossary, then those of the one for all."""
    table = GlossaryTermTable
    both = select(table.transcript_id, table.term).where(_of(transcript_id) | _of(None))
    given = connection.execute(both.order_by(table.id)).all()
    own = [row.term for row in given if row.transcript_id is not None]
    learned = [term for row in _learned(connection, transcript_id) for term in row.learned_terms]
    common = [row.term for row in given if row.transcript_id is None]
    return list(dict.fromkeys([*own, *learned, *common]))


def forget_learned(connection: Connection, transcript_id: str, terms: Collection[str]) -> None:
    """Forget that these terms were learned from the edits of a transcript."""
    if terms:
        _forget(connection, transcript_id, is_kept=lambda term: term not in terms)


class Glossaries(StorePart):
    """Saving and finding glossaries; a transcript of None means the one for all.

    A transcript's has what people put there, then what was learned from the edits that hold.
    """

    def glossary(self, transcript_id: str | None) -> list[str]:
        """The terms, in the order they were given.

        Raises:
            NotFound: there is no such transcript.
        """
        with self._database.read() as connection:
            if transcript_id is not None:
                current_seq(connection, transcript_id)
            return glossary_in(connection, transcript_id)

    def terms_known(self, transcript_id: str) -> list[str]:
        """The terms of a transcript's glossary, then those of the one for all."""
        with self._database.read() as connection:
            return glossaries_in(connection, transcript_id)

    def set_glossary(
        self,
        transcript_id: str | None,
        terms: Sequence[str],
        *,
        base: Collection[str] | None = None,
    ) -> None:
        """Put these terms in the place of all that were there.

        With `base`, the terms that the person saw, only what they changed is changed.

        Those learned from an edit stay with that edit, or are forgotten if they are not among them.

        Raises:
            NotFound: there is no such transcript.
        """
        with self._database.write() as connection:
            learned: set[str] = set()
            if transcript_id is not None:
                lock_transcript(connection, transcript_id)
            if base is not None:
                terms = merged_terms(glossary_in(connection, transcript_id), base, terms)
            connection.execute(delete(GlossaryTermTable).where(_of(transcript_id)))
            if transcript_id is not None:
                learned = _forget(connection, transcript_id, is_kept=set(terms).__contains__)
            given = [term for term in terms if term not in learned]
            if given:
                rows = [{"transcript_id": transcript_id, "term": term} for term in given]
                connection.execute(insert(GlossaryTermTable), rows)


def _of(transcript_id: str | None) -> ColumnElement[bool]:
    owner = GlossaryTermTable.transcript_id
    return owner.is_(None) if transcript_id is None else owner == transcript_id


def _learned(connection: Connection, transcript_id: str) -> Sequence[Row[int, list[str]]]:
    """The edits that hold and from which terms were learned, in order."""
    table = RevisionTable
    query = select(table.id, table.learned_terms).where(
        table.transcript_id == transcript_id,
        table.action == "edit",
        table.state == "done",
        table.learned_terms.is_not(None),
    )
    return connection.execute(query.order_by(table.id)).all()


def _forget(
    connection: Connection, transcript_id: str, *, is_kept: Callable[[str], bool]
) -> set[str]:
    """Leave edits only those of their terms that are kept; gives the terms left."""
    kept: set[str] = set()
    for row in _learned(connection, transcript_id):
        terms = [term for term in row.learned_terms if is_kept(term)]
        kept |= set(terms)
        if terms != row.learned_terms:
            edit = update(RevisionTable).where(RevisionTable.id == row.id)
            connection.execute(edit.values(learned_terms=terms or None))
    return kept
