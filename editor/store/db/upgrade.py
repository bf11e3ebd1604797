"""Brings a database to the newest schema, copying an SQLite file first."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from editor.errors import FolderUnusable
from editor.store.db.database import Database, sqlite_path
from editor.store.db.sqlite_file import copy_sqlite

MIGRATIONS = Path(__file__).parents[1] / "migrations"
# Any number will do, as long as no other program on the same PostgreSQL server takes it.
_ADVISORY_LOCK = 7_264_113


def upgrade_database(url: str) -> None:
    """Apply the migrations that are missing; processes that start together wait for each other.

    Raises:
        ServerUnreachable: the server of the database does not let us in.
        FolderUnusable: the file or its disk refuses, or a newer version wrote it, or one from
            before the first release.
    """
    # Rebuilding an SQLite table drops it, and with foreign keys on its dependents' rows as well.
    database = Database(url, foreign_keys=False)
    try:
        database.check_served()
        with database.write() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({_ADVISORY_LOCK})"))
            _upgrade(connection, sqlite_path(url))
    finally:
        database.close()


def is_early(revision: str) -> bool:
    """Whether a migration is one of those before the first release, which made other tables."""
    return revision < _first(MIGRATIONS)


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings without an ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@lru_cache
def _newest(folder: Path) -> str | None:
    """The newest migration; to find it, each is read."""
    return ScriptDirectory(str(folder)).get_current_head()


@lru_cache
def _first(folder: Path) -> str:
    """The migration that makes the tables; the numbers of those before it were lower."""
    return str(ScriptDirectory(str(folder)).get_base())


@lru_cache
def _known(folder: Path) -> frozenset[str]:
    """All migrations."""
    return frozenset(each.revision for each in ScriptDirectory(str(folder)).walk_revisions())


def _upgrade(connection: Connection, path: Path | None) -> None:
    config = alembic_config(connection)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == _newest(MIGRATIONS):
        return
    if current is not None and current not in _known(MIGRATIONS):
        raise _refusal(current, path)
    if current is not None and path is not None:
        copy_sqlite(path, path.with_name(f"{path.name}.before-upgrade-from-{current}"))
    command.upgrade(config, "head")


def _refusal(revision: str, path: Path | None) -> FolderUnusable:
    place = str(path or "the database")
    if not is_early(revision):
        reason = "it was written by a newer version of the program."
        return FolderUnusable(place, reason, "Update the program first.")
    # A file is backed up as it is.
    how = "Back it up" if path is not None else "Back it up with the version that wrote it"
    return FolderUnusable(
        place,
        "it was written by a version from before the first release.",
        f"{how} (transcript-editor backup), and restore that into an empty folder.",
    )
