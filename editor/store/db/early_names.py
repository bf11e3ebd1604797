"""Names that tables and columns had before the first release, for files that hold them.

A packed transcript of version 1 and the database of an early backup are read by them; nothing
writes them any more.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

from editor.errors import InvalidValue
from editor.store.db.sqlite_file import errors_of
from editor.store.db.tables import Base
from editor.store.db.upgrade import is_early, upgrade_database

_TABLES = {
    "chunks": "pieces",
    "word_scores": "listened",
    "dismissed_doubts": "kept_doubts",
    "activity": "deeds",
    "chunk_ranges": "stretches",
    "login_attempts": "attempts",
}
#: By the present name of the table.
_COLUMNS = {
    "transcripts": {
        "browser_copy_path": "playable_path",
        "recognised_until_ms": "settled_ms",
        "generated_until_ms": "filled_ms",
    },
    "revisions": {"resolved_count": "corrected", "learned_terms": "terms"},
    "word_scores": {"recognised": "heard"},
    "dismissed_doubts": {"recognised": "heard"},
    "chunk_ranges": {"first_chunk": "first_piece", "end_chunk": "end_piece"},
}


def with_present_names(rows: object) -> object:
    """The rows of a packed transcript of version 1 under the names of version 2.

    What is no such rows comes back as it is, for whoever checks them.
    """
    if not isinstance(rows, dict):
        return rows
    present = {early: name for name, early in _TABLES.items()}
    named: dict[str, object] = {
        present.get(str(name), str(name)): part for name, part in rows.items()
    }
    return {
        name: [_renamed(name, row) for row in part]
        if isinstance(part, list)
        else _renamed("transcripts", part)
        for name, part in named.items()
    }


def _renamed(table: str, row: object) -> object:
    if not isinstance(row, Mapping):
        return row
    present = {early: name for name, early in _COLUMNS.get(table, {}).items()}
    return {present.get(name, name): value for name, value in row.items()}


def make_present(path: Path) -> None:
    """Write an early SQLite file anew with the present tables; any other stays as it is.

    Raises:
        InvalidValue: it is not what the program made.
        FolderUnusable: the file or its disk refuses.
    """
    with errors_of(path), closing(sqlite3.connect(path)) as connection:
        named = "SELECT type FROM sqlite_master WHERE name = 'alembic_version'"
        recorded = "SELECT version_num FROM alembic_version"
        if connection.execute(named).fetchall() != [("table",)]:
            return
        if not all(is_early(str(revision)) for (revision,) in connection.execute(recorded)):
            return
    made = path.with_name(f"{path.name}.present")
    upgrade_database(f"sqlite:///{made}")
    with errors_of(path), closing(sqlite3.connect(made, isolation_level=None)) as connection:
        connection.execute("ATTACH ? AS early", (str(path),))
        if connection.execute("SELECT 1 FROM early.sqlite_master WHERE type = 'view'").fetchall():
            raise InvalidValue("library", "contains a view, which no library has")
        connection.execute("BEGIN")
        for statement in _copies(connection):
            connection.execute(statement)
        connection.execute("COMMIT")
    os.replace(made, path)


def _copies(connection: sqlite3.Connection) -> Iterator[str]:
    """The statements that bring over the rows of each table that there was."""
    for table in Base.metadata.sorted_tables:
        early, early_names = _TABLES.get(table.name, table.name), _COLUMNS.get(table.name, {})
        found = connection.execute("SELECT name FROM pragma_table_info(?, 'early')", (early,))
        there = {name for (name,) in found}
        names = {column.name: early_names.get(column.name, column.name) for column in table.columns}
        kept = {name: old for name, old in names.items() if old in there}
        if kept:
            into, out_of = ", ".join(kept), ", ".join(kept.values())
            yield f"INSERT INTO main.{table.name} ({into}) SELECT {out_of} FROM early.{early}"
