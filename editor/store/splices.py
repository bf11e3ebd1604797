"""Writes a change to the segments: checks that it fits, finds places, keeps the order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Insert, Update, bindparam, insert, select, update

from editor.document import Segment, check_order
from editor.edits import Change, Splice
from editor.errors import EditConflict, InvariantBroken, NotFound
from editor.store.rows import StoredSegment
from editor.store.segments import GAP, MANY, SegmentReader, row_from_segment, stored_segments
from editor.store.tables import SegmentTable

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
    writer = _Writer(connection, transcript_id, seq)
    saved = replace(change, splices=tuple(writer.write(splice) for splice in change.splices))
    for splice in saved.splices:
        writer.check_edges(splice)
    return saved


def touched_segments(
    connection: Connection, transcript_id: str, ids: Sequence[str], *, since: int
) -> tuple[tuple[StoredSegment, ...], tuple[str, ...]]:
    """The segments written after `since` or named, in order, and which of those are removed."""
    table = SegmentTable
    of_interest = select(*table.__table__.columns).where(
        table.transcript_id == transcript_id, (table.seq > since) | table.id.in_(ids)
    )
    removed = of_interest.where(table.removed.is_(True)).with_only_columns(table.id)
    there = of_interest.where(table.removed.is_(False)).order_by(table.position)
    return (
        tuple(stored_segments(connection, there)),
        tuple(connection.execute(removed.order_by(table.position)).scalars()),
    )


class _Writer:
    def __init__(self, connection: Connection, transcript_id: str, seq: int) -> None:
        self._connection = connection
        self._transcript_id = transcript_id
        self._seq = seq
        self._reader = SegmentReader(connection, transcript_id)

    def write(self, splice: Splice) -> Splice:
        low = self._reader.stored(splice.after_id).position if splice.after_id else 0
        old = self._checked_removed(splice, low)
        below = self._reader.after(old[-1].position if old else low)
        kept = {stored.segment.id: stored.position for stored in old}
        places = spread(
            low,
            below.position if below else None,
            [kept.get(segment.id) for segment in splice.inserted],
        )
        if places is None:
            places = self._places_made(low, below.position if below else None, splice)
        staying = {segment.id for segment in splice.inserted}
        self._remove([item for item in kept if item not in staying])
        return replace(splice, inserted=self._save(splice.inserted, places))

    def check_edges(self, splice: Splice) -> None:
        found = self._reader.stored_many(segment.id for segment in splice.inserted)
        present = sorted(found.values(), key=lambda stored: stored.position)
        if not present:
            return
        above = self._reader.before(present[0].position, timed=True)
        below = self._reader.after(present[-1].position, timed=True)
        around = [above, *present, below]
        check_order(stored.segment for stored in around if stored)

    def _checked_removed(self, splice: Splice, low: int) -> list[StoredSegment]:
        there = self._reader.run_after(low, len(splice.removed))
        for number, segment in enumerate(splice.removed):
            stored = there[number] if number < len(there) else None
            if stored is None or stored.segment.id != segment.id:
                self._reader.stored(segment.id)
                raise InvariantBroken(segment.id, "it is not where the change expects it")
            if stored.segment.revision != segment.revision:
                raise EditConflict(segment.id, segment.revision, stored.segment.revision)
        return there

    def _remove(self, ids: Sequence[str]) -> None:
        table = SegmentTable
        one = (table.transcript_id == self._transcript_id, table.id == bindparam("gone_id"))
        gone = {"removed": True, "seq": self._seq, "revision": table.revision + 1}
        self._write([{"gone_id": item} for item in ids], update(table).where(*one).values(gone))

    def _save(self, segments: Sequence[Segment], places: Sequence[int]) -> tuple[Segment, ...]:
        known = _revisions(self._connection, self._transcript_id, [one.id for one in segments])
        saved = tuple(replace(one, revision=known.get(one.id, 0) + 1) for one in segments)
        rows = [
            row_from_segment(self._transcript_id, segment, place, self._seq)
            for segment, place in zip(saved, places, strict=True)
        ]
        self._write([row for row in rows if row["id"] not in known], insert(SegmentTable))
        table = SegmentTable
        one = (table.transcript_id == self._transcript_id, table.id == bindparam("new_id"))
        names = [name for row in rows[:1] for name in row]
        values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
        changed = [
            {f"new_{name}": value for name, value in row.items()}
            for row in rows
            if row["id"] in known
        ]
        self._write(changed, update(table).where(*one).values(values))
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


def _revisions(connection: Connection, transcript_id: str, ids: Sequence[str]) -> dict[str, int]:
    """Revisions of those that were ever there, removed ones too."""
    table = SegmentTable
    found: dict[str, int] = {}
    for first in range(0, len(ids), MANY):
        some = select(table.id, table.revision).where(
            table.transcript_id == transcript_id, table.id.in_(ids[first : first + MANY])
        )
        found |= {row.id: row.revision for row in connection.execute(some)}
    return found
