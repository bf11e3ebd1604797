"""Writes a change to the segments: checks that it fits, finds places, keeps the order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, Insert, Row, Update, and_, bindparam, insert, select, update

from editor.document import Segment
from editor.edits import Change, Splice
from editor.errors import EditConflict, InvariantBroken, NotFound
from editor.store.db.tables import SegmentTable
from editor.store.rows import StoredSegment
from editor.store.segments import GAP, MANY, row_from_segment, stored_segments

#: The gap that renumbering leaves at least: wide enough for many more insertions there.
ROOMY = 2**10


def check_base_revisions(
    connection: Connection, transcript_id: str, base_revisions: Mapping[str, int]
) -> None:
    """Check that the segments still are as the edit knew them.

    Raises:
        EditConflict: one was changed or removed meanwhile.
        NotFound: one never was.
    """
    for segment_id, base in base_revisions.items():
        revision, removed = _revision(connection, transcript_id, segment_id)
        if revision is None:
            raise NotFound("segment", segment_id)
        if removed or revision != base:
            raise EditConflict(segment_id, base, revision)


def write_change(connection: Connection, transcript_id: str, change: Change, seq: int) -> Change:
    """Write the splices one after the other; gives the change with the revisions as saved.

    Raises:
        EditConflict: a segment to be removed is not the present one.
        NotFound: a segment to be removed, or the one above, does not exist.
        InvariantBroken: those to be removed are not neighbours, or starts would decrease.
    """
    writer = _Writer(connection, transcript_id, change, seq)
    saved = replace(change, splices=tuple(writer.write(splice) for splice in change.splices))
    writer.check_edges(segment.id for splice in saved.splices for segment in splice.inserted)
    return saved


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


@dataclass
class _Row:
    """Where a segment stands, at which revision; also when it is removed."""

    position: int
    revision: int
    removed: bool = False


class _Writer:
    """Writes splices; what they name is asked for once, and kept as it is written."""

    def __init__(
        self, connection: Connection, transcript_id: str, change: Change, seq: int
    ) -> None:
        self._connection = connection
        self._transcript_id = transcript_id
        self._seq = seq
        self._known = _known(connection, transcript_id, _named(change))

    def write(self, splice: Splice) -> Splice:
        low = self._place(splice.after_id) if splice.after_id else 0
        old, high = self._checked_removed(splice, low)
        places = spread(low, high, [old.get(segment.id) for segment in splice.inserted])
        if places is None:
            places = self._places_made(low, high, splice)
        staying = {segment.id for segment in splice.inserted}
        self._remove([item for item in old if item not in staying])
        return replace(splice, inserted=self._save(splice.inserted, places))

    def check_edges(self, ids: Iterable[str]) -> None:
        """Check that these begin in order, among themselves and with those around them."""
        written = {one for one in ids if not self._known[one].removed}
        if not written:
            return
        places = [self._known[one].position for one in written]
        for above, below in pairwise(self._timed(min(places), max(places))):
            if below.first_start_ms < above.last_start_ms and written & {above.id, below.id}:
                raise InvariantBroken(below.id, "it starts before the segment above it")

    def _timed(self, low: int, high: int) -> Sequence[Row[str, int | None, int | None]]:
        """Segments with words from `low` to `high`, and the nearest on both sides, in order."""
        table = SegmentTable
        timed = (
            select(table.position)
            .where(table.transcript_id == self._transcript_id, table.removed.is_(False))
            .where(table.first_start_ms.is_not(None))
        )
        above = timed.where(table.position < low).order_by(table.position.desc()).limit(1)
        below = timed.where(table.position > high).order_by(table.position).limit(1)
        first = self._connection.execute(above).scalar_one_or_none()
        last = self._connection.execute(below).scalar_one_or_none()
        columns = (table.id, table.first_start_ms, table.last_start_ms)
        between = timed.with_only_columns(*columns).where(
            table.position >= (low if first is None else first),
            table.position <= (high if last is None else last),
        )
        return self._connection.execute(between.order_by(table.position)).all()

    def _place(self, segment_id: str) -> int:
        row = self._known.get(segment_id)
        if row is None or row.removed:
            raise NotFound("segment", segment_id)
        return row.position

    def _checked_removed(self, splice: Splice, low: int) -> tuple[dict[str, int], int | None]:
        """The places of those to be removed, and the place below them."""
        there = self._below(low, len(splice.removed) + 1)
        for number, segment in enumerate(splice.removed):
            stored = there[number] if number < len(there) else None
            if stored is None or stored.id != segment.id:
                self._place(segment.id)
                raise InvariantBroken(segment.id, "it is not where the change expects it")
            if stored.revision != segment.revision:
                raise EditConflict(segment.id, segment.revision, stored.revision)
        count = len(splice.removed)
        high = there[count].position if count < len(there) else None
        return {row.id: row.position for row in there[:count]}, high

    def _below(self, low: int, count: int) -> Sequence[Row[str, int, int]]:
        """Up to `count` segments below a position, in order."""
        table = SegmentTable
        query = select(table.id, table.revision, table.position).where(
            table.transcript_id == self._transcript_id,
            table.removed.is_(False),
            table.position > low,
        )
        return self._connection.execute(query.order_by(table.position).limit(count)).all()

    def _remove(self, ids: Sequence[str]) -> None:
        table = SegmentTable
        one = (table.transcript_id == self._transcript_id, table.id == bindparam("gone_id"))
        gone = {"removed": True, "seq": self._seq, "revision": table.revision + 1}
        self._write([{"gone_id": item} for item in ids], update(table).where(*one).values(gone))
        for item in ids:
            self._known[item].removed = True
            self._known[item].revision += 1

    def _save(self, segments: Sequence[Segment], places: Sequence[int]) -> tuple[Segment, ...]:
        before = {one.id: self._known[one.id] for one in segments if one.id in self._known}
        saved = tuple(
            replace(one, revision=before[one.id].revision + 1 if one.id in before else 1)
            for one in segments
        )
        rows = [
            row_from_segment(self._transcript_id, segment, place, self._seq)
            for segment, place in zip(saved, places, strict=True)
        ]
        self._write([row for row in rows if row["id"] not in before], insert(SegmentTable))
        table = SegmentTable
        one = (table.transcript_id == self._transcript_id, table.id == bindparam("new_id"))
        names = [name for row in rows[:1] for name in row]
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        changed = [
            {f"new_{name}": value for name, value in row.items()}
            for row in rows
            if row["id"] in before
        ]
        self._write(changed, update(table).where(*one).values(values))
        for segment, place in zip(saved, places, strict=True):
            self._known[segment.id] = _Row(place, segment.revision)
        return saved

    def _write(self, rows: list[dict[str, Any]], statement: Insert | Update) -> None:
        if rows:
            self._connection.execute(statement, rows)

    def _places_made(self, low: int, high: int | None, splice: Splice) -> list[int]:
        """Fresh places for all that is inserted, after moving the fewest segments below."""
        count = len(splice.inserted)
        moving: list[str] = []
        while high is not None and high - low < (len(moving) + count + 1) * ROOMY:
            segment_id, high = self._from(high)
            moving.append(segment_id)
        total = len(moving) + count
        step = GAP if high is None else (high - low) // (total + 1)
        places = [low + step * number for number in range(1, total + 1)]
        table = SegmentTable
        for segment_id, place in zip(moving, places[count:], strict=True):
            same = (table.transcript_id == self._transcript_id, table.id == segment_id)
            moved = update(table).where(*same).values(position=place, seq=self._seq)
            self._connection.execute(moved)
            if segment_id in self._known:
                self._known[segment_id].position = place
        return places[:count]

    def _from(self, position: int) -> tuple[str, int | None]:
        """The id of the segment at a position, and the position of the one below it."""
        table = SegmentTable
        query = select(table.id, table.position).where(
            table.transcript_id == self._transcript_id,
            table.removed.is_(False),
            table.position >= position,
        )
        rows = self._connection.execute(query.order_by(table.position).limit(2)).all()
        return rows[0].id, rows[1].position if len(rows) > 1 else None


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


def _revision(
    connection: Connection, transcript_id: str, segment_id: str
) -> tuple[int | None, Any]:
    table = SegmentTable
    found = select(table.revision, table.removed).where(
        table.transcript_id == transcript_id, table.id == segment_id
    )
    row = connection.execute(found).one_or_none()
    return (None, None) if row is None else (row.revision, row.removed)


def _named(change: Change) -> list[str]:
    """The ids of all segments that a change is about, each once."""
    ids: dict[str, None] = {}
    for splice in change.splices:
        ids |= dict.fromkeys([splice.after_id] if splice.after_id else ())
        ids |= dict.fromkeys(segment.id for segment in (*splice.removed, *splice.inserted))
    return list(ids)


def _known(connection: Connection, transcript_id: str, ids: Sequence[str]) -> dict[str, _Row]:
    """Those that were ever there, removed ones too."""
    table = SegmentTable
    found: dict[str, _Row] = {}
    for first in range(0, len(ids), MANY):
        some = select(table.id, table.position, table.revision, table.removed).where(
            table.transcript_id == transcript_id, table.id.in_(ids[first : first + MANY])
        )
        found |= {
            row.id: _Row(row.position, row.revision, row.removed)
            for row in connection.execute(some)
        }
    return found
