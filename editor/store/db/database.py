"""The engine and its transactions: all that differs between SQLite and PostgreSQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine import RootTransaction
from sqlalchemy.exc import DBAPIError, OperationalError

from editor.config import PREFIX
from editor.errors import (
    ExtraMissing,
    FolderUnusable,
    ServerUnreachable,
    StoreBusy,
    folder_unusable,
)
from editor.storage.disk import private_folder
from editor.store.db.fair_lock import FairLock

BUSY_TIMEOUT_MS = 10_000
#: Beside the five that are kept, to a database server; as many as a server has threads.
CONNECTIONS = 32
#: So long a server may take to answer at all.
_CONNECT_S = 10
#: The log of an SQLite file is cut to this once what it held is in the file.
_MOST_LOG_BYTES = 16 * 1024 * 1024
#: So long those who save wait at most while the log is emptied.
_EMPTYING_MS = 250


class Encoded(str):
    """JSON that is text already, so that no transaction waits for its encoding."""

    __slots__ = ()

    @classmethod
    def of(cls, value: Any) -> Encoded:
        return cls(_compact_json(value))


def _compact_json(value: Any) -> str:
    if isinstance(value, Encoded):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def sqlite_path(url: str) -> Path | None:
    """The file of an SQLite address; None for another database."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite" or not parsed.database:
        return None
    return Path(parsed.database)


_REASONS = {
    sqlite3.SQLITE_FULL: (
        "its disk is full, and nothing more can be saved.",
        "Free some space, then try again; everything saved before is kept.",
    ),
    sqlite3.SQLITE_READONLY: (
        "permission denied.",
        "Change its permissions, or set TRANSCRIPT_EDITOR_DATA to another folder.",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "it cannot be opened.",
        "Check that its folder exists and that you can write to it.",
    ),
    sqlite3.SQLITE_IOERR: (
        "its disk reports errors.",
        "Check that the disk is neither full nor failing, then try again.",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "it is damaged.",
        "Restore a backup into another folder, or take the newest copy beside it.",
    ),
    sqlite3.SQLITE_NOTADB: (
        "it is not a database.",
        "Restore a backup into another folder, or take the newest copy beside it.",
    ),
    sqlite3.SQLITE_BUSY: (
        f"another program has locked it for more than {BUSY_TIMEOUT_MS // 1000} s.",
        "Try again, or close the other program.",
    ),
}


def sqlite_told(error: BaseException | None, place: str) -> FolderUnusable | None:
    """What a person is told of an error of SQLite; None where it is one of ours."""
    # The lowest byte says what it is, the rest where it came up.
    told = _REASONS.get(getattr(error, "sqlite_errorcode", 0) & 0xFF)
    return FolderUnusable(place, *told) if told else None


class Database:
    """One engine. A read sees one snapshot; writes wait for each other from their first moment on.

    Begun late, a write that has read would fail in SQLite when another came between. SQLite lets
    those who wait look again and again, each on its own, and some starve; so the threads of this
    process take turns first.
    """

    def __init__(self, url: str, *, foreign_keys: bool = True) -> None:
        path = sqlite_path(url)
        #: None for a database on a server.
        self.file = path
        self._place = str(path or "the database")
        if path is not None:
            try:
                private_folder(path.parent)
            except OSError as error:
                raise folder_unusable(error, path.parent) from error
        is_served = make_url(url).get_backend_name() != "sqlite"
        # A server's connection may have been cut since its last use; a file's cannot.
        pool: dict[str, Any] = {}
        if is_served:
            waits = {"connect_timeout": _CONNECT_S}
            pool = {"pool_pre_ping": True, "max_overflow": CONNECTIONS, "connect_args": waits}
        try:
            self.engine = create_engine(url, json_serializer=_compact_json, **pool)
        except ModuleNotFoundError as error:
            raise ExtraMissing(f"{PREFIX}DATABASE_URL") from error
        self._turn: AbstractContextManager[object] = nullcontext() if is_served else FairLock()
        if not is_served:
            _set_up_sqlite(self.engine, foreign_keys=foreign_keys)
            self._reading = self.engine
        else:
            self._reading = self.engine.execution_options(isolation_level="REPEATABLE READ")
        self._writing = self.engine.execution_options(is_writing=True)
        self._bare = self.engine.execution_options(is_bare=True)

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that sees one state throughout."""
        with self._told(), self._reading.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that is saved whole at the end, or not at all.

        Raises:
            StoreBusy: another process writes for too long, or the server was cut off.
            FolderUnusable: the file or its disk refuses.
        """
        with self._told(), self._turn, self._writing.connect() as connection, _begun(connection):
            yield connection

    def size_bytes(self) -> int:
        """The room that the database takes on its disk."""
        if self.file is None:
            with self.read() as connection:
                size = text("SELECT pg_database_size(current_database())")
                return int(connection.execute(size).scalar_one())
        beside = (self.file, self.file.with_name(f"{self.file.name}-wal"))
        return sum(path.stat().st_size for path in beside if path.exists())

    def empty_log(self) -> None:
        """Bring what the log of an SQLite file holds into the file, as far as nobody reads it."""
        with self._told(), self._turn, self._bare.connect() as connection:
            connection.exec_driver_sql(f"PRAGMA busy_timeout = {_EMPTYING_MS}")
            try:
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            finally:
                connection.exec_driver_sql(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")

    def check_served(self) -> None:
        """See that a database on a server lets us in.

        Raises:
            ServerUnreachable: it does not, or is not there.
        """
        if self.file is not None:
            return
        try:
            self.engine.connect().close()
        except DBAPIError as error:
            # The lines below the first give general advice.
            reason = str(error.orig).partition("\n")[0].rstrip(".")
            place = self.engine.url.render_as_string(hide_password=True)
            raise ServerUnreachable(place, reason, f"{PREFIX}DATABASE_URL") from error

    def is_reachable(self) -> bool:
        """Whether a connection is to be had that answers."""
        try:
            with self.read() as connection:
                connection.execute(text("SELECT 1"))
        except (DBAPIError, FolderUnusable, StoreBusy):
            return False
        return True

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Tell in our words what comes of the file, its disk, or a server that was cut off."""
        try:
            yield
        except DBAPIError as error:
            if self.file is None and (error.connection_invalidated or _is_cut_off(error)):
                raise StoreBusy("The database cannot be reached") from error
            told = sqlite_told(error.orig, self._place)
            if told is None:
                raise
            raise told from error

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _is_cut_off(error: DBAPIError) -> bool:
    """Whether a server ended a connection, or none is to be had."""
    state = getattr(error.orig, "sqlstate", None)
    # Without a state nothing answered; 57P is the operator's intervention, 08 the connection's end,
    # 53 a server without room for another connection.
    return isinstance(error, OperationalError) and (
        state is None or state.startswith(("57P", "08", "53"))
    )


def _begun(connection: Connection) -> RootTransaction:
    try:
        return connection.begin()
    except OperationalError as error:
        if "database is locked" in str(error.orig):
            raise StoreBusy from error
        raise


def _set_up_sqlite(engine: Engine, *, foreign_keys: bool) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, record: object) -> None:
        # The driver's own transactions begin too late and not at all for reads.
        connection.isolation_level = None
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        if connection.execute("PRAGMA page_count").fetchone() == (0,):
            # Of any later, an existing file takes no notice.
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
        for pragma in (
            "journal_mode = WAL",
            f"journal_size_limit = {_MOST_LOG_BYTES}",
            "synchronous = FULL",
            # What is deleted is overwritten. Systems differ in what they do unasked.
            "secure_delete = ON",
            f"foreign_keys = {int(foreign_keys)}",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("is_bare", False):
            is_writing = options.get("is_writing", False)
            connection.exec_driver_sql("BEGIN IMMEDIATE" if is_writing else "BEGIN")


class StorePart:
    """What each part of the store needs: the database and a clock (ms since the epoch)."""

    def __init__(self, database: Database, clock: Callable[[], int]) -> None:
        self._database = database
        self._clock = clock
