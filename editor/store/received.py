"""A database that somebody sent, seen to before anything relies on what stands in it.

SQLite keeps whatever was put into a column, and runs whatever its file has as triggers and views.
"""

from __future__ import annotations

from functools import lru_cache

from sqlalchemy import Column, Connection, Table, select, text

from editor.errors import InvalidValue
from editor.store.db.tables import Base
from editor.store.db.upgrade import MIGRATIONS

#: How SQLite calls the types of values that a column of a type may hold.
_STORED = {int: "'integer'", bool: "'integer'", str: "'text'", bytes: "'blob'"}
#: The migrations that made triggers; a later one replaces those of the same name.
_MADE = ("0018", "0019")


def check_received(connection: Connection) -> None:
    """See that an SQLite file at the newest schema runs nothing and holds only what columns may.

    Raises:
        InvalidValue: it does not.
    """
    found = connection.exec_driver_sql(
        "SELECT name, sql FROM sqlite_master WHERE type IN ('trigger', 'view')"
    )
    for name, statement in found:
        if statement not in _triggers():
            raise InvalidValue(str(name)[:80], "does not belong to a library")
    for table in Base.metadata.sorted_tables:
        _check_cells(connection, table)


def index_anew(connection: Connection) -> None:
    """Make the index of words anew, whatever stood in it."""
    connection.exec_driver_sql("INSERT INTO segment_words(segment_words) VALUES('rebuild')")


def unreadable(error: Exception) -> InvalidValue:
    """What is told of an error that reading such a file raised."""
    # The lines below the first repeat the query.
    return InvalidValue("library", f"it cannot be read: {str(error).partition(chr(10))[0]}")


@lru_cache
def _triggers() -> frozenset[str]:
    """The triggers that a library has, each as the statement that made it."""
    from alembic.script import ScriptDirectory

    scripts = ScriptDirectory(str(MIGRATIONS))
    made = (each for one in _MADE for each in scripts.get_revision(one).module.WORD_INDEX_SQLITE)
    named = {each.split()[2]: each for each in made if each.startswith("CREATE TRIGGER")}
    return frozenset(named.values())


def _check_cells(connection: Connection, table: Table) -> None:
    for column in table.columns:
        wrong = select(1).select_from(table).where(text(_wrong(column))).limit(1)
        if connection.execute(wrong).first() is not None:
            raise InvalidValue(f"{table.name}.{column.name}", "contains a value of the wrong type")


def _wrong(column: Column[object]) -> str:
    """The condition of SQL for cells that hold what their column may not."""
    kind, name = column.type.python_type, f'"{column.name}"'
    if kind is float:
        wrong = f"typeof({name}) NOT IN ('real', 'integer') OR abs({name}) > 1e308"
    elif kind in _STORED:
        wrong = f"typeof({name}) <> {_STORED[kind]}"
        wrong += f" OR {name} NOT IN (0, 1)" if kind is bool else ""
    else:
        wrong = f"typeof({name}) <> 'text' OR NOT json_valid({name})"
    return f"({name} IS NOT NULL OR {int(not column.nullable)}) AND ({wrong})"
