"""Which transcripts the library lists: by words, by how their newest job stands, or the trash."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from editor.store.db.database import StorePart
from editor.store.db.tables import JobTable, TranscriptTable
from editor.store.rows import ListedState, Sought, TranscriptRow
from editor.store.search import transcripts_with
from editor.store.transcripts import COLUMNS

ALL = Sought()


class Listing(StorePart):
    """The transcripts of the library, in parts."""

    def list_transcripts(
        self, sought: Sought = ALL, *, limit: int | None = None, offset: int = 0
    ) -> list[TranscriptRow]:
        """Those that are sought, newest first, from `offset` on."""
        newest_first = TranscriptTable.created_ms.desc(), TranscriptTable.id
        with self._database.read() as connection:
            listed = _listed(connection, select(*COLUMNS), sought)
            some = listed.order_by(*newest_first).limit(limit).offset(offset)
            return [TranscriptRow(*row) for row in connection.execute(some)]

    def count_transcripts(self, sought: Sought = ALL) -> int:
        """How many `list_transcripts` has."""
        with self._database.read() as connection:
            counted = _listed(connection, select(func.count(TranscriptTable.id)), sought)
            return int(connection.execute(counted).scalar_one())


def _listed(
    connection: Connection, query: Select[*tuple[Any, ...]], sought: Sought
) -> Select[*tuple[Any, ...]]:
    table = TranscriptTable
    query = query.where(
        table.deleted_ms.is_not(None) if sought.in_trash else table.deleted_ms.is_(None)
    )
    if sought.words:
        titled = table.title.icontains(sought.words, autoescape=True)
        query = query.where(or_(titled, table.id.in_(transcripts_with(connection, sought.words))))
    if sought.state is not None:
        query = query.where(_is_in(sought.state, sought.kind))
    return query


def _is_in(state: ListedState, kind: str) -> ColumnElement[bool]:
    """Whether a transcript is in one of the states, of which each is in just one."""
    newest = (
        select(JobTable.state)
        .where(JobTable.transcript_id == TranscriptTable.id, JobTable.kind == kind)
        .order_by(JobTable.created_ms.desc(), JobTable.id)
        .limit(1)
        .correlate(TranscriptTable)
        .scalar_subquery()
    )
    # One that was brought with its words has no job.
    is_heard = TranscriptTable.recognition.is_not(None)
    return {
        "working": newest.in_(("queued", "running")),
        "failed": newest == "failed",
        "ready": or_(newest == "done", and_(newest.is_(None), is_heard)),
        "unheard": or_(newest == "cancelled", and_(newest.is_(None), ~is_heard)),
    }[state]
