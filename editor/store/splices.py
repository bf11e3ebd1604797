"""Writes a change to the segments: checks that it fits, finds places, keeps the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from editor.edits import Change
from editor.store.order import Order, check_bases, rows_named
from editor.store.prepared import Prepared
from editor.store.rows import StoredSegment


def check_base_revisions(
    connection: Connection, transcript_id: str, base_revisions: Mapping[str, int]
) -> None:
    """Check that segments still are as an edit knew them.

    Raises:
        EditConflict: one was changed or removed meanwhile.
        NotFound: one never was.
    """
    check_bases(rows_named(connection, transcript_id, list(base_revisions)), base_revisions)


def write_change(
    connection: Connection,
    transcript_id: str,
    prepared: Prepared,
    seq: int,
    base_revisions: Mapping[str, int] | None = None,
) -> Written:
    """Write the splices one after the other, in as many statements for one as for thousands.

    Raises:
        EditConflict: a segment to be removed, or named with a revision, is not the present one.
        NotFound: a segment to be removed, or the one above, does not exist.
        InvariantBroken: those to be removed are not neighbours, or starts would decrease.
    """
    change = prepared.change
    order = Order(connection, transcript_id, prepared, base_revisions or {})
    splices = tuple(order.put(splice) for splice in change.splices)
    order.check_starts()
    order.write(seq)
    return Written(replace(change, splices=splices), order.segments(seq), order.removed())


@dataclass(frozen=True)
class Written:
    """A change with the revisions as saved, and what it wrote and removed, in order."""

    change: Change
    segments: tuple[StoredSegment, ...]
    removed_ids: tuple[str, ...]
