"""Which of the times that alignment found can be saved: those that break no rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from editor.document import Word, check_words
from editor.errors import InvariantBroken
from editor.store.db.codec import list_from_words
from editor.store.db.tables import SegmentTable

Starts = tuple[int, int] | None

#: For so many segments only their neighbours are read along with them.
_FEW = 20


def retime(
    connection: Connection, transcript_id: str, timed: Sequence[tuple[str, int, tuple[Word, ...]]]
) -> tuple[list[dict[str, Any]], tuple[str, ...]]:
    """The rows to update (segment_id, words, first_start_ms, last_start_ms), and the ids left out.

    Segments without words, which have no times, are left out as well.
    """
    present = _present_rows(connection, transcript_id, [segment_id for segment_id, _, _ in timed])
    known = {row.id: (row.revision, row.text) for row in present}
    accepted = {
        segment_id: words
        for segment_id, revision, words in timed
        if words and _fits(segment_id, revision, words, known)
    }
    old: dict[str, Starts] = {
        row.id: None if row.first_start_ms is None else (row.first_start_ms, row.last_start_ms)
        for row in present
    }
    for segment_id in _out_of_order(old, accepted):
        del accepted[segment_id]
    rows = [
        {
            "segment_id": segment_id,
            "words": list_from_words(words),
            "first_start_ms": words[0].start_ms,
            "last_start_ms": words[-1].start_ms,
        }
        for segment_id, words in accepted.items()
    ]
    return rows, tuple(item[0] for item in timed if item[0] not in accepted)


def _present_rows(connection: Connection, transcript_id: str, ids: Sequence[str]) -> Sequence[Any]:
    """The rows that decide: of few segments those and their timed neighbours, of many all."""
    table = SegmentTable
    query = select(
        table.id,
        table.revision,
        table.text,
        table.first_start_ms,
        table.last_start_ms,
        table.position,
    ).where(table.transcript_id == transcript_id, table.removed.is_(False))
    if len(ids) > _FEW:
        return connection.execute(query.order_by(table.position)).all()
    timed = query.where(table.first_start_ms.is_not(None))
    found = {row.id: row for row in connection.execute(query.where(table.id.in_(ids)))}
    for row in list(found.values()):
        above = timed.where(table.position < row.position).order_by(table.position.desc())
        below = timed.where(table.position > row.position).order_by(table.position)
        for beside in (above, below):
            found |= {one.id: one for one in connection.execute(beside.limit(1))}
    return sorted(found.values(), key=lambda row: row.position)


def _fits(
    segment_id: str,
    revision: int,
    words: tuple[Word, ...],
    known: dict[str, tuple[int, str]],
) -> bool:
    if segment_id not in known or known[segment_id][0] != revision:
        return False
    try:
        check_words(segment_id, known[segment_id][1], words)
    except InvariantBroken:
        return False
    return True


def _out_of_order(old: dict[str, Starts], accepted: dict[str, tuple[Word, ...]]) -> set[str]:
    """The segments that keep their old times, so that starts never decrease down the transcript.

    Taking one back can set it against a neighbour that moved with it, hence the repetition; it
    ends at the latest with all old times, which were in order.
    """
    back: set[str] = set()
    while True:
        clashing = _clashing(old, accepted, back)
        if not clashing:
            return back
        back |= clashing


def _clashing(
    old: dict[str, Starts], accepted: dict[str, tuple[Word, ...]], back: set[str]
) -> set[str]:
    clashing: set[str] = set()
    above: str | None = None
    last_start = -1
    for segment_id, old_starts in old.items():
        is_new = segment_id in accepted and segment_id not in back
        starts = old_starts
        if is_new:
            words = accepted[segment_id]
            starts = (words[0].start_ms, words[-1].start_ms)
        if starts is None:
            continue
        if starts[0] < last_start:
            # The one above is at fault as often; taken back is whichever is new, the lower first.
            clashing |= {segment_id} if is_new else {above} if above else set()
            if is_new:
                continue
        above = segment_id if is_new else None
        last_start = starts[1]
    return clashing
