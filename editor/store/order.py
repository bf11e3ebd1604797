"""The order of a transcript's segments: the rows around a change, put in place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Insert, Select, Update, and_, bindparam, select, update
from sqlalchemy.dialects import postgresql, sqlite

from editor.document import Segment
from editor.edits import Splice
from editor.errors import EditConflict, InvariantBroken, NotFound
from editor.store.db.tables import SegmentTable
from editor.store.prepared import Prepared
from editor.store.rows import StoredSegment
from editor.store.segments import GAP, MANY, span_around, touched_segments

#: The gap that renumbering leaves at least: wide enough for many more insertions there.
ROOMY = 2**10


def check_bases(known: Mapping[str, Row], base_revisions: Mapping[str, int]) -> None:
    for segment_id, base in base_revisions.items():
        row = known.get(segment_id)
        if row is None:
            raise NotFound("segment", segment_id)
        if row.removed or row.revision != base:
            raise EditConflict(segment_id, base, row.revision)


@dataclass(eq=False)
class Row:
    """Where a segment stands and between which starts; `segment` is what is to be written."""

    id: str
    position: int
    revision: int
    removed: bool
    first_start_ms: int | None
    last_start_ms: int | None
    segment: Segment | None = None
    is_moved: bool = False

    def place(self, seq: int) -> dict[str, Any]:
        """The columns that say where it stands, at which revision."""
        return {
            "position": self.position,
            "seq": seq,
            "removed": False,
            "revision": self.revision,
            "first_start_ms": self.first_start_ms,
            "last_start_ms": self.last_start_ms,
        }


class Order:
    """The rows around a change, in order; read once, and changed here."""

    def __init__(
        self,
        connection: Connection,
        transcript_id: str,
        prepared: Prepared,
        base_revisions: Mapping[str, int],
    ) -> None:
        self._connection = connection
        self._transcript_id = transcript_id
        self._prepared = prepared
        change = prepared.change
        ids = list(dict.fromkeys([*change.named_ids(), *base_revisions]))
        is_from_top = change.is_from_top()
        self._known = rows_around(connection, transcript_id, ids, is_from_top=is_from_top)
        there = (row for row in self._known.values() if not row.removed)
        self._order = sorted(there, key=lambda row: row.position)
        self._changed: dict[str, Row] = {}
        check_bases(self._known, base_revisions)

    def put(self, splice: Splice) -> Splice:
        """Put a splice in its place; gives it with the revisions that it will have."""
        low = 0 if splice.after_id is None else self._place(splice.after_id) + 1
        high = low + len(splice.removed)
        old = self._checked_removed(splice, low)
        kept = {row.id: row.position for row in old}
        low_position = self._order[low - 1].position if low else 0
        high_position = self._order[high].position if high < len(self._order) else None
        wanted = [kept.get(segment.id) for segment in splice.inserted]
        positions = spread(low_position, high_position, wanted)
        if positions is None:
            positions = self._positions_made(low_position, high, len(splice.inserted))
        staying = {segment.id for segment in splice.inserted}
        for row in old:
            if row.id not in staying:
                row.removed, row.segment = True, None
                row.revision += 1
                self._changed[row.id] = row
        inserted = [
            self._row_of(segment, position)
            for segment, position in zip(splice.inserted, positions, strict=True)
        ]
        self._order[low:high] = inserted
        return replace(splice, inserted=tuple(row.segment for row in inserted if row.segment))

    def check_starts(self) -> None:
        """Check that what is written begins in order, with what is around it."""
        for above, below in pairwise(row for row in self._order if row.first_start_ms is not None):
            is_written = above.segment is not None or below.segment is not None
            if is_written and (below.first_start_ms or 0) < (above.last_start_ms or 0):
                raise InvariantBroken(below.id, "it starts before the previous segment")

    def statements(self, seq: int) -> Iterator[tuple[Insert | Update, list[dict[str, Any]]]]:
        """What writes all rows that were changed; each is there with as many rows as it takes."""
        table, mine = SegmentTable, SegmentTable.transcript_id == self._transcript_id
        written = [row for row in self._changed.values() if row.segment is not None]
        if written:
            owner = {"transcript_id": self._transcript_id}
            columns = self._prepared.columns
            values = [{**owner, **columns[row.id], **row.place(seq)} for row in written]
            yield _put(self._connection.dialect.name), values
        gone = {"removed": True, "seq": seq, "revision": table.revision + 1}
        removed = self.removed()
        for first in range(0, len(removed), MANY):
            some = table.id.in_(removed[first : first + MANY])
            yield update(table).where(mine, some).values(gone), []
        moved = [
            {"old_id": row.id, "new_position": row.position}
            for row in self._changed.values()
            if row.is_moved and row.segment is None and not row.removed
        ]
        if moved:
            place = {"position": bindparam("new_position"), "seq": seq}
            yield update(table).where(mine, table.id == bindparam("old_id")).values(place), moved

    def segments(self, seq: int) -> tuple[StoredSegment, ...]:
        """What is written, and what is moved to make room, in order."""
        written = [row for row in self._order if row.id in self._changed]
        moved = [row.id for row in written if row.segment is None]
        read = {} if not moved else self._read(moved)
        return tuple(
            StoredSegment(row.segment or read[row.id], row.position, seq) for row in written
        )

    def removed(self) -> tuple[str, ...]:
        """The ids of what is removed, in the order it had."""
        gone = [row for row in self._changed.values() if row.removed]
        return tuple(row.id for row in sorted(gone, key=lambda row: row.position))

    def _read(self, ids: Sequence[str]) -> dict[str, Segment]:
        found, _ = touched_segments(self._connection, self._transcript_id, ids, since=2**62)
        return {one.segment.id: one.segment for one in found}

    def _place(self, segment_id: str) -> int:
        row = self._known.get(segment_id)
        if row is None or row.removed:
            raise NotFound("segment", segment_id)
        return bisect_left(self._order, row.position, key=lambda one: one.position)

    def _checked_removed(self, splice: Splice, low: int) -> list[Row]:
        rows = self._order[low : low + len(splice.removed)]
        for number, segment in enumerate(splice.removed):
            row = rows[number] if number < len(rows) else None
            if row is None or row.id != segment.id:
                self._place(segment.id)
                raise InvariantBroken(segment.id, "its position has changed")
            if row.revision != segment.revision:
                raise EditConflict(segment.id, segment.revision, row.revision)
        return rows

    def _row_of(self, segment: Segment, position: int) -> Row:
        """The row of a segment that is to be written, counted on from what it was."""
        row = self._known.get(segment.id)
        if row is None:
            row = Row(segment.id, position, 0, False, None, None)
            self._known[segment.id] = row
        row.position, row.removed = position, False
        row.revision += 1
        expected = self._prepared.segments[segment.id]
        is_as_expected = expected.revision == row.revision
        row.segment = expected if is_as_expected else replace(segment, revision=row.revision)
        row.first_start_ms = segment.words[0].start_ms if segment.words else None
        row.last_start_ms = segment.words[-1].start_ms if segment.words else None
        self._changed[segment.id] = row
        return row

    def _positions_made(self, low_position: int, high: int, count: int) -> list[int]:
        """Fresh positions for so many before a place, after moving the fewest rows from there."""
        self._read_to_the_end()
        end = high
        while end < len(self._order):
            room = self._order[end].position - low_position
            if room >= (end - high + count + 1) * ROOMY:
                break
            end += 1
        total = end - high + count
        last = self._order[end].position if end < len(self._order) else None
        step = GAP if last is None else (last - low_position) // (total + 1)
        positions = [low_position + step * number for number in range(1, total + 1)]
        for row, position in zip(self._order[high:end], positions[count:], strict=True):
            row.position, row.is_moved = position, True
            self._changed[row.id] = row
        return positions[:count]

    def _read_to_the_end(self) -> None:
        last = max(row.position for row in self._order) if self._order else 0
        table = SegmentTable
        below = _light(self._transcript_id).where(table.removed.is_(False), table.position > last)
        for row in self._connection.execute(below.order_by(table.position)):
            self._known[row.id] = Row(*row)
            self._order.append(self._known[row.id])


def _put(dialect: str) -> Insert:
    """Inserts segments or writes over them: one statement, in which no other thread is asked."""
    table = SegmentTable
    put = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    keys = [table.transcript_id, table.id]
    others = {each.name: each for each in put.excluded if not each.primary_key}
    return put.on_conflict_do_update(index_elements=keys, set_=others).returning(table.id)


def spread(low: int, high: int | None, kept: Sequence[int | None]) -> list[int] | None:
    """Places between `low` and `high` (None: no end) for segments of which some have one already.

    Places that still ascend are kept. None when a gap is too narrow.

    >>> spread(0, 100, [None, 50, None])
    [25, 50, 75]
    >>> spread(7, 8, [None]) is None
    True
    """
    places: list[int] = []
    ends = [place for place in kept if place is not None]
    if ends != sorted(set(ends)):
        kept, ends = [None] * len(kept), []
    waiting = 0
    for place in [*kept, high]:
        if place is None and len(places) + waiting < len(kept):
            waiting += 1
            continue
        start = places[-1] if places else low
        step = GAP if place is None else (place - start) // (waiting + 1)
        if waiting and step < 1:
            return None
        places += [start + step * number for number in range(1, waiting + 1)]
        waiting = 0
        if place is not None and len(places) < len(kept):
            places.append(place)
    return places


def _light(transcript_id: str) -> Select[str, int, int, bool, int | None, int | None]:
    """A query for what a `Row` holds, of segments that are there or were."""
    table = SegmentTable
    return select(
        table.id,
        table.position,
        table.revision,
        table.removed,
        table.first_start_ms,
        table.last_start_ms,
    ).where(table.transcript_id == transcript_id)


def rows_named(connection: Connection, transcript_id: str, ids: Sequence[str]) -> dict[str, Row]:
    query = _light(transcript_id)
    if len(ids) <= MANY:
        query = query.where(SegmentTable.id.in_(ids))
    return {row.id: Row(*row) for row in connection.execute(query)}


def rows_around(
    connection: Connection, transcript_id: str, ids: Sequence[str], *, is_from_top: bool
) -> dict[str, Row]:
    """The rows named, removed ones too, and those between and around; see `span_around`."""
    query = _light(transcript_id)
    if len(ids) <= MANY:
        table = SegmentTable
        between = span_around(transcript_id, ids, is_from_top=is_from_top)
        query = query.where(table.id.in_(ids) | and_(table.removed.is_(False), *between))
    return {row.id: Row(*row) for row in connection.execute(query)}
