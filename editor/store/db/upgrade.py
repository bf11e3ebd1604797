"""Brings a database to the newest schema, copying an SQLite file first."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, inspect, text

from editor.errors import FolderUnusable
from editor.store.db.database import Database, sqlite_path
from editor.store.db.sqlite_file import copy_sqlite

if TYPE_CHECKING:
    from alembic.config import Config

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
    return revision < _revisions(MIGRATIONS)[0]


def alembic_config(connection: Connection) -> Config:
    """Alembic's settings without an ini file."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


@lru_cache
def _revisions(folder: Path) -> list[str]:
    """All migrations, the first first: their files are named by number."""
    return sorted(path.stem.partition("_")[0] for path in folder.glob("versions/*.py"))


def _upgrade(connection: Connection, path: Path | None) -> None:
    known, recorded = _revisions(MIGRATIONS), _recorded(connection)
    if recorded == known[-1:]:
        return
    if len(recorded) > 1:
        raise ValueError(f"it records several migrations: {', '.join(recorded)}")
    for current in recorded:
        if current not in known:
            raise _refusal(current, path)
        if path is not None:
            copy_sqlite(path, path.with_name(f"{path.name}.before-upgrade-from-{current}"))
    # Slow to import, and most starts find nothing to do.
    from alembic import command

    command.upgrade(alembic_config(connection), "head")


def _recorded(connection: Connection) -> list[str]:
    """The migration that a database is at; none where it is new."""
    if not inspect(connection).has_table("alembic_version"):
        return []
    found = connection.scalars(text("SELECT version_num FROM alembic_version ORDER BY 1"))
    # SQLite keeps anything in the column, and anybody may have written the file.
    return [str(revision) for revision in found]


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
