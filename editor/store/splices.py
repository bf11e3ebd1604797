"""Writes a change to the segments: checks that it fits, finds places, keeps the order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from editor.store.order import Order, check_bases, rows_named
from editor.store.prepared import Prepared


def check_base_revisions(
    connection: Connection, transcript_id: str, base_revisions: Mapping[str, int]
) -> None:
    """Check that segments still are as an edit knew them.

    Raises:
        EditConflict: one was changed or removed meanwhile.
        NotFound: one never was.
    """
    check_bases(rows_named(connection, transcript_id, list(base_revisions)), base_revisions)


class Placed:
    """A change that has its place in the text: what its write number `seq` takes, and what it does.

    It holds as long as the write before that is the transcript's last.

    Raises:
        EditConflict: a segment to be removed, or named with a revision, is not the present one.
        NotFound: a segment to be removed, or the one above, does not exist.
        InvariantBroken: those to be removed are not neighbours, or starts would decrease.
    """

    def __init__(
        self,
        connection: Connection,
        transcript_id: str,
        prepared: Prepared,
        seq: int,
        base_revisions: Mapping[str, int] | None = None,
    ) -> None:
        change = prepared.change
        order = Order(connection, transcript_id, prepared, base_revisions or {})
        splices = tuple(order.put(splice) for splice in change.splices)
        order.check_starts()
        self.seq = seq
        #: The splices with their segments as they are saved, for a step of the history.
        self.splices = prepared.splices(replace(change, splices=splices))
        self.segments, self.removed_ids = order.segments(seq), order.removed()
        self._statements = list(order.statements(seq))

    def write(self, connection: Connection) -> None:
        """Write it, in as many statements for one place as for thousands."""
        for statement, rows in self._statements:
            connection.execute(statement, rows or None, execution_options=_AT_ONCE)


#: SQLite takes some 32,000 values in one statement; a segment has 16.
_AT_ONCE = {"insertmanyvalues_page_size": 2000}


def placed_at(
    connection: Connection,
    transcript_id: str,
    prepared: Prepared,
    ahead: Placed | None,
    seq: int,
    base_revisions: Mapping[str, int],
) -> Placed:
    """What was placed ahead; placed now where nothing was, or others wrote since."""
    if ahead is not None and ahead.seq == seq:
        return ahead
    return Placed(connection, transcript_id, prepared, seq, base_revisions)
