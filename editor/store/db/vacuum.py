"""The room of an SQLite file on its disk: given back where nothing needs it any more.

A PostgreSQL server sees to its own room (autovacuum), and keeps it for what comes.
"""

from __future__ import annotations

import time

from sqlalchemy import Connection

from editor.store.db.database import StorePart

#: So many pages, 1 MB, are given back in one step, which takes some hundredths of a second.
STEP_PAGES = 250


class Vacuum(StorePart):
    """What the database takes on its disk."""

    def size_bytes(self) -> int:
        """The room that the database takes on its disk."""
        return self._database.size_bytes()

    def free_bytes(self) -> int:
        """How much of it nothing needs, and can be given back."""
        if self._database.file is None:
            return 0
        with self._database.read() as connection:
            is_shrinkable = _number(connection, "auto_vacuum") > 0
            free = _number(connection, "freelist_count") * _number(connection, "page_size")
        return free if is_shrinkable else 0

    def vacuum(self) -> int:
        """Make the file smaller by what nothing needs; gives by how much, in bytes.

        In small steps, between which others save; one that is cut off loses nothing.
        """
        if not self.free_bytes():
            return 0
        before = self.size_bytes()
        while self.free_bytes():
            began_s = time.monotonic()
            with self._database.write() as connection:
                # However many pages are named, the driver takes the first step alone.
                for _ in range(min(STEP_PAGES, _number(connection, "freelist_count"))):
                    connection.exec_driver_sql("PRAGMA incremental_vacuum(1)")
            # Whoever waits in another process looks now and then only whether it is their turn.
            time.sleep(time.monotonic() - began_s)
        self._database.empty_log()
        return max(0, before - self.size_bytes())


def _number(connection: Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one())
