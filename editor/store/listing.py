"""Which transcripts the library lists: by words, by how their newest job stands, or the trash."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Integer,
    Select,
    and_,
    cast,
    func,
    or_,
    select,
)

from editor.store.db.database import StorePart
from editor.store.db.tables import JobTable, SegmentTable, TranscriptTable, TranscriptTagTable
from editor.store.doubt_counts import doubts_left
from editor.store.rows import ListedState, Reviewed, Sought, TranscriptRow
from editor.store.search import holding
from editor.store.transcripts import COLUMNS

ALL = Sought()


class Listing(StorePart):
    """The transcripts of the library, in parts."""

    def list_transcripts(
        self, sought: Sought = ALL, *, limit: int | None = None, offset: int = 0
    ) -> list[TranscriptRow]:
        """Those that are sought, in their order, from `offset` on."""
        newest_first = TranscriptTable.created_ms.desc(), TranscriptTable.id
        with self._database.read() as connection:
            listed = _listed(connection, select(*COLUMNS), sought)
            some = listed.order_by(*_order(sought), *newest_first).limit(limit).offset(offset)
            return [TranscriptRow(*row) for row in connection.execute(some)]

    def some_transcripts(self, transcript_ids: Collection[str]) -> list[TranscriptRow]:
        """Those of these transcripts that there are, by their ids."""
        table = TranscriptTable
        query = select(*COLUMNS).where(table.id.in_(transcript_ids)).order_by(table.id)
        with self._database.read() as connection:
            return [TranscriptRow(*row) for row in connection.execute(query)]

    def reviewed_counts(self, transcript_ids: Sequence[str]) -> dict[str, Reviewed]:
        """How many segments of each are reviewed; those without segments are missing."""
        table = SegmentTable
        counted = (
            select(table.transcript_id, func.sum(cast(table.reviewed, Integer)), func.count())
            .where(table.transcript_id.in_(transcript_ids), table.removed.is_(False))
            .group_by(table.transcript_id)
        )
        with self._database.read() as connection:
            return {one: Reviewed(int(done), n) for one, done, n in connection.execute(counted)}

    def count_transcripts(self, sought: Sought = ALL) -> int:
        """How many `list_transcripts` has."""
        with self._database.read() as connection:
            counted = _listed(connection, select(func.count(TranscriptTable.id)), sought)
            return int(connection.execute(counted).scalar_one())


def _order(sought: Sought) -> tuple[ColumnElement[Any], ...]:
    """What comes before the age of a transcript."""
    table, segments = TranscriptTable, SegmentTable
    match sought.order:
        case "title":
            return (func.lower(table.title),)
        case "longest":
            return (func.coalesce(table.duration_ms, 0).desc(),)
        case "left":
            left = (
                select(func.count())
                .where(
                    segments.transcript_id == table.id,
                    segments.removed.is_(False),
                    segments.reviewed.is_(False),
                )
                .correlate(table)
                .scalar_subquery()
            )
            return (left.desc(),)
        case "doubts":
            return (func.coalesce(doubts_left(table.id), -1).desc(),)
        case _:
            return ()


def _listed(
    connection: Connection, query: Select[*tuple[Any, ...]], sought: Sought
) -> Select[*tuple[Any, ...]]:
    table = TranscriptTable
    query = query.where(
        table.deleted_ms.is_not(None) if sought.in_trash else table.deleted_ms.is_(None)
    )
    if sought.words:
        words, tags = sought.words.strip('"'), TranscriptTagTable
        titled = table.title.icontains(words, autoescape=True)
        tagged = select(tags.transcript_id).where(tags.tag.icontains(words, autoescape=True))
        found = holding(connection, sought.words)
        query = query.where(or_(titled, table.id.in_(tagged), found))
    if sought.tag:
        tags = TranscriptTagTable
        tagged = select(tags.transcript_id).where(tags.tag == sought.tag)
        query = query.where(table.id.in_(tagged))
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
