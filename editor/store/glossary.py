"""The glossaries: one for each transcript, and one for all."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, insert, select

from editor.store.tables import GlossaryTermTable
from editor.store.transcripts import StorePart, current_seq, lock_transcript


class Glossaries(StorePart):
    """Saving and finding glossaries; a transcript of None means the one for all."""

    def glossary(self, transcript_id: str | None) -> list[str]:
        """The terms, in the order they were given.

        Raises:
            NotFound: there is no such transcript.
        """
        table = GlossaryTermTable
        query = select(table.term).where(_of(transcript_id)).order_by(table.id)
        with self._database.read() as connection:
            if transcript_id is not None:
                current_seq(connection, transcript_id)
            return list(connection.execute(query).scalars())

    def set_glossary(self, transcript_id: str | None, terms: Sequence[str]) -> None:
        """Put these terms in the place of all that were there.

        Raises:
            NotFound: there is no such transcript.
        """
        rows = [{"transcript_id": transcript_id, "term": term} for term in terms]
        with self._database.write() as connection:
            if transcript_id is not None:
                lock_transcript(connection, transcript_id)
            connection.execute(delete(GlossaryTermTable).where(_of(transcript_id)))
            if rows:
                connection.execute(insert(GlossaryTermTable), rows)


def _of(transcript_id: str | None) -> ColumnElement[bool]:
    owner = GlossaryTermTable.transcript_id
    return owner.is_(None) if transcript_id is None else owner == transcript_id
