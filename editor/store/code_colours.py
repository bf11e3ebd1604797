"""The colours of codes, kept with each transcript, alike in all where nobody chose otherwise."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert, select

from editor.store.db.database import StorePart
from editor.store.db.tables import CodeColourTable
from editor.store.transcripts import lock_transcript, transcript_row


class CodeColours(StorePart):
    """Saving which tone of the page's palette a code has."""

    def code_tones(self, transcript_id: str) -> dict[str, int]:
        """The tone of each code of a transcript that has one.

        Raises:
            NotFound: there is no such transcript.
        """
        with self._database.read() as connection:
            transcript_row(connection, transcript_id)
            return _tones(connection, transcript_id)

    def set_code_tones(
        self, transcript_id: str, tones: Mapping[str, int], *, only_new: bool
    ) -> dict[str, int]:
        """Give codes their tones; gives all of the transcript.

        With `only_new` those that have one keep it, and the others get the one that they have in
        another transcript, if any.

        Raises:
            NotFound: there is no such transcript.
        """
        table = CodeColourTable
        with self._database.write() as connection:
            lock_transcript(connection, transcript_id)
            wanted = dict(tones)
            if only_new:
                elsewhere = select(table.code, table.tone).where(table.code.in_(wanted))
                wanted |= dict(iter(connection.execute(elsewhere)))
                wanted |= _tones(connection, transcript_id)
            own = table.transcript_id == transcript_id
            connection.execute(delete(table).where(own, table.code.in_(wanted)))
            if wanted:
                rows = [
                    {"transcript_id": transcript_id, "code": code, "tone": tone}
                    for code, tone in wanted.items()
                ]
                connection.execute(insert(table), rows)
            return _tones(connection, transcript_id)


def _tones(connection: Connection, transcript_id: str) -> dict[str, int]:
    table = CodeColourTable
    query = select(table.code, table.tone).where(table.transcript_id == transcript_id)
    return dict(iter(connection.execute(query)))
