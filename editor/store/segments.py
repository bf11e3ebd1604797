"""Segments as rows: reading them in order, and the writes that are not edits of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    func,
    select,
    update,
)

from editor.document import Segment, Word
from editor.errors import NotFound
from editor.store.db.codec import columns_from_segment, segment_from_columns
from editor.store.db.database import StorePart
from editor.store.db.tables import SegmentTable
from editor.store.retiming import retime
from editor.store.rows import Retimed, StoredSegment
from editor.store.transcripts import current_seq, lock_transcript, next_seq

#: Distance between the positions of neighbours in a fresh order.
GAP = 2**20
#: Ids in one question: databases bound the number of parameters.
MANY = 1000

_COLUMNS = tuple(SegmentTable.__table__.columns)
Timed = tuple[str, int, tuple[Word, ...]]


def stored_segments(connection: Connection, query: Select[Any]) -> list[StoredSegment]:
    """Read the rows of a query on all columns of the segments."""
    return [
        StoredSegment(segment_from_columns(row), row["position"], row["seq"])
        for row in connection.execute(query).mappings()
    ]


def present(transcript_id: str) -> Select[Any]:
    """A query for the segments that are not removed, in no order."""
    table = SegmentTable
    return select(*_COLUMNS).where(table.transcript_id == transcript_id, table.removed.is_(False))


def row_from_segment(
    transcript_id: str, segment: Segment, position: int, seq: int
) -> dict[str, Any]:
    """All column values of a segment in its place."""
    return {
        **columns_from_segment(segment),
        "transcript_id": transcript_id,
        "position": position,
        "seq": seq,
        "removed": False,
        "first_start_ms": segment.words[0].start_ms if segment.words else None,
        "last_start_ms": segment.words[-1].start_ms if segment.words else None,
    }


def span_around(
    transcript_id: str, ids: Sequence[str], *, is_from_top: bool = False
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Which positions lie between the named segments and the nearest with words around them.

    At most `MANY` ids. Where there is none with words it reaches to the end.
    """
    table = SegmentTable
    there = (table.transcript_id == transcript_id, table.removed.is_(False))
    named = select(func.min(table.position)).where(*there, table.id.in_(ids)).scalar_subquery()
    last = select(func.max(table.position)).where(*there, table.id.in_(ids)).scalar_subquery()
    timed = (*there, table.first_start_ms.is_not(None))
    above = select(func.max(table.position)).where(*timed, table.position < named)
    below = select(func.min(table.position)).where(*timed, table.position > func.coalesce(last, 0))
    low = func.coalesce(above.scalar_subquery(), 0)
    return (
        table.position >= (0 if is_from_top else low),
        table.position <= func.coalesce(below.scalar_subquery(), 2**62),
    )


def touched_segments(
    connection: Connection, transcript_id: str, ids: Sequence[str], *, since: int
) -> tuple[tuple[StoredSegment, ...], tuple[str, ...]]:
    """The segments written after `since` or named, in order, and which of those are removed."""
    table = SegmentTable
    # A database takes so many parameters at once and no more.
    parts = [table.id.in_(ids[first : first + MANY]) for first in range(MANY, len(ids), MANY)]
    segments: dict[str, StoredSegment] = {}
    removed: dict[str, int] = {}
    for is_wanted in ((table.seq > since) | table.id.in_(ids[:MANY]), *parts):
        mine = and_(table.transcript_id == transcript_id, is_wanted)
        there = select(*table.__table__.columns).where(mine, table.removed.is_(False))
        segments |= {one.segment.id: one for one in stored_segments(connection, there)}
        gone = select(table.id, table.position).where(mine, table.removed.is_(True))
        removed |= {row.id: row.position for row in connection.execute(gone)}
    return (
        tuple(sorted(segments.values(), key=lambda one: one.position)),
        tuple(sorted(removed, key=removed.__getitem__)),
    )


class SegmentReader:
    """The segments of one transcript as the running transaction sees them."""

    def __init__(self, connection: Connection, transcript_id: str) -> None:
        self._connection = connection
        self._transcript_id = transcript_id
        self._present = present(transcript_id)

    def stored(self, segment_id: str) -> StoredSegment:
        """One segment with its place.

        Raises:
            NotFound: it does not exist, or was removed.
        """
        found = self._one(self._present.where(SegmentTable.id == segment_id))
        if found is None:
            raise NotFound("segment", segment_id)
        return found

    def stored_many(self, ids: Iterable[str]) -> dict[str, StoredSegment]:
        """Those of the named segments that are there, by id."""
        wanted = list(ids)
        found: dict[str, StoredSegment] = {}
        for first in range(0, len(wanted), MANY):
            some = self._present.where(SegmentTable.id.in_(wanted[first : first + MANY]))
            found |= {one.segment.id: one for one in stored_segments(self._connection, some)}
        return found

    def before(self, position: int) -> StoredSegment | None:
        """The nearest segment above a position."""
        above = self._present.where(SegmentTable.position < position)
        return self._one(above.order_by(SegmentTable.position.desc()))

    def after(self, position: int) -> StoredSegment | None:
        """The nearest segment below a position."""
        below = self._present.where(SegmentTable.position > position)
        return self._one(below.order_by(SegmentTable.position))

    def with_neighbours(self, stored: Sequence[StoredSegment]) -> list[Segment]:
        """These segments and the ones above and below each, in the order of the text."""
        if not stored:
            return []
        positions = [one.position for one in stored]
        # Of a long text only the span they lie in is looked at: mostly it is one segment.
        above, below = self.before(min(positions)), self.after(max(positions))
        ends = [one for one in (above, below) if one]
        known = {one.segment.id: one.segment for one in (*ends, *stored)}
        order = [one.segment.id for one in (above, *stored, below) if one]
        if len(stored) > 1:
            order = self._order(above, below)
        given = {one.segment.id for one in stored}
        there = [n for n, segment_id in enumerate(order) if segment_id in given]
        chosen = sorted({n + by for n in there for by in (-1, 0, 1)} & set(range(len(order))))
        others = self.stored_many(order[n] for n in chosen if order[n] not in known)
        known |= {segment_id: one.segment for segment_id, one in others.items()}
        return [known[order[n]] for n in chosen]

    def _order(self, first: StoredSegment | None, last: StoredSegment | None) -> list[str]:
        """The ids from one segment to another, in order; None: from the top, to the end."""
        table = SegmentTable
        query = self._present.with_only_columns(table.id).order_by(table.position)
        if first is not None:
            query = query.where(table.position >= first.position)
        if last is not None:
            query = query.where(table.position <= last.position)
        return list(self._connection.execute(query).scalars())

    def _one(self, query: Select[Any]) -> StoredSegment | None:
        found = stored_segments(self._connection, query.limit(1))
        return found[0] if found else None


class Segments(StorePart):
    """Reading segments, and giving them times."""

    def segments(self, transcript_id: str) -> list[StoredSegment]:
        """All segments in order; none for an unknown transcript."""
        with self._database.read() as connection:
            ordered = present(transcript_id).order_by(SegmentTable.position)
            return stored_segments(connection, ordered)

    def segments_again(
        self, transcript_id: str, known: Mapping[str, StoredSegment]
    ) -> list[StoredSegment]:
        """All segments in order, of which those `known`, by id, are the same values if they are
        still as they were: a long text is read in a tenth of the time."""
        table = SegmentTable
        query = present(transcript_id).with_only_columns(table.id, table.seq, table.position)
        with self._database.read() as connection:
            rows = connection.execute(query.order_by(table.position)).all()
            found = {
                one.segment.id: one
                for row in rows
                if (one := known.get(row.id)) and (one.seq, one.position) == row[1:]
            }
            other = [row.id for row in rows if row.id not in found]
            if len(other) > MANY:
                ordered = present(transcript_id).order_by(table.position)
                fresh = stored_segments(connection, ordered)
                return [found.get(one.segment.id, one) for one in fresh]
            found |= SegmentReader(connection, transcript_id).stored_many(other)
            return [found[row.id] for row in rows]

    def segment(self, transcript_id: str, segment_id: str) -> StoredSegment:
        """One segment.

        Raises:
            NotFound: it does not exist, or was removed.
        """
        with self._database.read() as connection:
            return SegmentReader(connection, transcript_id).stored(segment_id)

    def neighbours(
        self, transcript_id: str, segment_id: str
    ) -> tuple[Segment | None, Segment | None]:
        """The segments above and below one."""
        with self._database.read() as connection:
            reader = SegmentReader(connection, transcript_id)
            position = reader.stored(segment_id).position
            return _bare(reader.before(position)), _bare(reader.after(position))

    def count_segments(self, transcript_id: str) -> int:
        """How many segments are not removed."""
        there = present(transcript_id).with_only_columns(func.count())
        with self._database.read() as connection:
            return connection.execute(there).scalar_one()

    def speakers(self, transcript_id: str) -> dict[str, str | None]:
        """The speaker of each segment that is not removed, by its id."""
        table = SegmentTable
        query = select(table.id, table.speaker).where(
            table.transcript_id == transcript_id, table.removed.is_(False)
        )
        with self._database.read() as connection:
            return {row.id: row.speaker for row in connection.execute(query)}

    def texts(self, transcript_id: str) -> list[tuple[str, int, str]]:
        """The id, revision and text of each segment that is not removed, in order.

        Raises:
            NotFound: there is no such transcript.
        """
        table = SegmentTable
        query = (
            select(table.id, table.revision, table.text)
            .where(table.transcript_id == transcript_id, table.removed.is_(False))
            .order_by(table.position)
        )
        with self._database.read() as connection:
            current_seq(connection, transcript_id)
            return [(row.id, row.revision, row.text) for row in connection.execute(query)]

    def with_neighbours(self, transcript_id: str, stored: Sequence[StoredSegment]) -> list[Segment]:
        """These segments and the ones above and below each, in the order of the text."""
        with self._database.read() as connection:
            return SegmentReader(connection, transcript_id).with_neighbours(stored)

    def update_times(self, transcript_id: str, timed: Sequence[Timed]) -> Retimed:
        """Save the times alignment found: (segment id, revision it was made for, words) each.

        Left out, and named in the answer, are segments that were changed or removed meanwhile,
        and those whose new times would break their own rules or the order of their neighbours.
        The revision stays: only people's changes count.
        """
        with self._database.write() as connection:
            seq = lock_transcript(connection, transcript_id)
            rows, skipped = retime(connection, transcript_id, timed)
            if rows:
                seq = next_seq(connection, transcript_id, self._clock())
                write_times(connection, transcript_id, rows, seq)
            return Retimed(seq, tuple(row["segment_id"] for row in rows), skipped)


def _bare(stored: StoredSegment | None) -> Segment | None:
    return stored.segment if stored else None


def write_times(
    connection: Connection, transcript_id: str, rows: list[dict[str, Any]], seq: int
) -> None:
    """Save rows that `retime` gave."""
    table = SegmentTable
    one = (
        update(table)
        .where(table.transcript_id == transcript_id, table.id == bindparam("segment_id"))
        .values(
            words=bindparam("words"),
            first_start_ms=bindparam("first_start_ms"),
            last_start_ms=bindparam("last_start_ms"),
            seq=seq,
        )
    )
    connection.execute(one, rows)
