"""The SQLite file as a whole: copied while others write to it, and checked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from editor.errors import FolderUnusable
from editor.store.db.database import sqlite_told

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


@contextmanager
def errors_of(path: Path) -> Iterator[None]:
    """Tell in our words what comes of a file that is read or written.

    Raises:
        FolderUnusable: the file or its disk refuses.
    """
    try:
        yield
    except sqlite3.Error as error:
        told = sqlite_told(error, str(path))
        if told is None:
            raise
        raise told from error


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy an SQLite file that may be in use; `target` appears only when it is complete.

    Raises:
        FolderUnusable: it is damaged, or there is no room for the copy.
    """
    partial = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(partial)) as new:
            old.backup(new)
        with partial.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(partial, target)
    except sqlite3.Error as error:
        is_damaged = getattr(error, "sqlite_errorcode", 0) & 0xFF in _DAMAGED
        told = sqlite_told(error, str(source if is_damaged else target.parent))
        if told is None:
            raise
        raise told from error
    finally:
        partial.unlink(missing_ok=True)


def check_sqlite(path: Path, *, is_quick: bool = False) -> None:
    """Read the whole file and see that it holds together; `is_quick` leaves out the indexes.

    Raises:
        FolderUnusable: it does not; says the first place.
    """
    check = "quick_check" if is_quick else "integrity_check"
    try:
        with closing(sqlite3.connect(path)) as connection:
            # What is told of a damaged file may repeat its bytes.
            connection.text_factory = lambda told: told.decode(errors="replace")
            found = connection.execute(f"PRAGMA {check}(1)").fetchone()[0]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError as error:
        found, broken = str(error), None
    except UnicodeDecodeError:
        # The driver's own message about names in the file.
        found, broken = "its table names are not text", None
    if found != "ok" or broken is not None:
        found = " ".join(found.split())
        reason = found if found != "ok" else f"a row of {broken[0]} belongs to nothing"
        advice = "Restore a backup into another folder, or take the newest copy beside it."
        raise FolderUnusable(str(path), f"the database is damaged ({reason}).", advice)
