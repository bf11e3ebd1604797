"""Takes a whole library to another database, as from an SQLite file to PostgreSQL or back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, func, insert, select, text

from editor.errors import FolderUnusable, InvalidValue
from editor.store.db.database import Database, sqlite_path
from editor.store.db.sqlite_file import copy_sqlite
from editor.store.db.tables import Base
from editor.store.db.upgrade import upgrade_database

_ROWS_AT_ONCE = 500


def copy_database(database_url: str, target: Path) -> None:
    """Copy the database of an address to an SQLite file, as it stands at one moment.

    Nobody has to wait for it.

    Raises:
        FolderUnusable: there is none.
    """
    source = sqlite_path(database_url)
    if source is None:
        move_database(database_url, f"sqlite:///{target}")
        return
    if not source.exists():
        raise FolderUnusable(
            str(source), "this folder contains no library.", "Is this the data folder?"
        )
    copy_sqlite(source, target)


def move_database(source_url: str, target_url: str) -> dict[str, int]:
    """Copy every row, in one transaction of the target; gives how many by table.

    The source stays as it is; what is written to it meanwhile is not copied.

    Raises:
        InvalidValue: the target already holds something.
    """
    upgrade_database(source_url)
    upgrade_database(target_url)
    source, target = Database(source_url), Database(target_url)
    try:
        with source.read() as old, target.write() as new:
            tables = Base.metadata.sorted_tables
            for table in tables:
                if _count(new, table):
                    raise InvalidValue("target", f"its table {table.name} is not empty")
            counts = {table.name: _copy(old, new, table) for table in tables}
            for table in tables:
                _number_on(new, table)
        return counts
    finally:
        source.close()
        target.close()


def _copy(old: Connection, new: Connection, table: Table) -> int:
    for rows in _pages(old, table):
        new.execute(insert(table), rows)
    count = _count(new, table)
    if count != _count(old, table):
        raise InvalidValue("target", f"not all rows of {table.name} arrived; nothing was kept")
    return count


def _pages(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    ordered = select(table).order_by(*table.primary_key.columns)
    result = connection.execution_options(stream_results=True).execute(ordered)
    for rows in result.mappings().partitions(_ROWS_AT_ONCE):
        yield [dict(row) for row in rows]


def _count(connection: Connection, table: Table) -> int:
    return int(connection.execute(select(func.count()).select_from(table)).scalar_one())


def _number_on(connection: Connection, table: Table) -> None:
    """Let PostgreSQL number new rows from behind those that came with their numbers."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    sequence = f"pg_get_serial_sequence('{table.name}', '{column.name}')"
    highest = f"(SELECT COALESCE(MAX({column.name}), 0) + 1 FROM {table.name})"
    connection.execute(text(f"SELECT setval({sequence}, {highest}, false)"))
