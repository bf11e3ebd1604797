"""Real PostgreSQL, Redis and an S3-compatible server on loopback, while tests need them."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from moto.server import ThreadedMotoServer

from editor.store import open_store
from tests.support.clock import wait_for
from tests.tools.programs import find_or_install

TEMPLATE = "migrated"
KEPT = "kept"
#: Each table is small: to delete its rows is quicker than to give it a new file.
EMPTY = """DO $$
DECLARE name text;
BEGIN
    -- Rows go in any order.
    SET LOCAL session_replication_role = replica;
    FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
        CONTINUE WHEN name = 'alembic_version';
        EXECUTE format('DELETE FROM %I', name);
    END LOOP;
    FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
        EXECUTE format('ALTER SEQUENCE %I RESTART', name);
    END LOOP;
END $$"""


@dataclass(frozen=True)
class Postgres:
    """A PostgreSQL server; `user` owns it."""

    port: int
    user: str

    def url(self, database: str) -> str:
        """The address of one of its databases, as SQLAlchemy writes it."""
        return f"postgresql+psycopg://{self.user}@127.0.0.1:{self.port}/{database}"

    def empty(self) -> str:
        """The address of a new database without tables."""
        return self._created("template1")

    def fresh(self) -> str:
        """The address of a new database with all tables; cheaper than migrating each."""
        return self._created(TEMPLATE)

    def emptied(self) -> str:
        """The address of a database with empty tables, the same each time.

        A new one is 300 files; to write them, and delete them at the end, takes a quarter of a
        second of processor time.
        """
        if not self.run(f"SELECT 1 FROM pg_database WHERE datname = '{KEPT}'"):
            self.run(f"CREATE DATABASE {KEPT} TEMPLATE {TEMPLATE}")
        self.run(EMPTY, KEPT)
        return self.url(KEPT)

    def run(self, statement: str, database: str = "postgres") -> list[tuple[object, ...]]:
        """Run a statement of SQL; gives its rows."""
        address = self.url(database).replace("+psycopg", "")
        with closing(psycopg.connect(address, autocommit=True)) as connection:
            cursor = connection.execute(statement.encode())
            return cursor.fetchall() if cursor.description else []

    def _created(self, template: str) -> str:
        name = f"t{uuid.uuid4().hex}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextmanager
def running_postgres(*, is_careless: bool = True) -> Iterator[Postgres]:
    """A new PostgreSQL cluster, of which nothing is kept.

    A careless one does not wait for the disk, as a real one does.
    """
    programs = Path(os.path.realpath(find_or_install("postgres"))).parent
    with _folder() as (folder, user):
        owner = user if os.geteuid() == 0 else None
        data = ["-D", str(folder / "data")]
        initdb = [str(programs / "initdb"), *data, "-U", user, "-A", "trust", "-E", "UTF8"]
        made = [*initdb, "--no-sync", "--locale=C"]
        subprocess.run(made, check=True, stdout=subprocess.DEVNULL, user=owner)
        port = free_port()
        where = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
        careless = ["fsync=off", "full_page_writes=off", "synchronous_commit=off"] * is_careless
        options = [f"-c{one}" for one in (*where, *careless, "max_connections=400")]
        command = [str(programs / "postgres"), *data, *options]
        server = subprocess.Popen(command, stderr=subprocess.DEVNULL, user=owner)
        try:
            postgres = Postgres(port, user)
            wait_for(lambda: _answers(postgres), 30)
            postgres.run(f"CREATE DATABASE {TEMPLATE}")
            open_store(postgres.url(TEMPLATE)).close()
            yield postgres
        finally:
            # At once: nothing is kept.
            server.send_signal(signal.SIGQUIT)
            server.wait(30)


@contextmanager
def running_redis() -> Iterator[str]:
    """A Redis server that keeps nothing; gives its address."""
    port = free_port()
    command = [find_or_install("redis"), "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: _listens(port), 20)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(20)


@dataclass(frozen=True)
class Bucket:
    """A bucket of an S3-compatible server, and the variables that lead there."""

    url: str
    environ: dict[str, str]


@contextmanager
def running_s3() -> Iterator[dict[str, str]]:
    """moto's server; gives the variables that AWS's client reads."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _, port = server.get_host_and_port()
    try:
        yield {
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{port}",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }
    finally:
        server.stop()


@contextmanager
def _folder() -> Iterator[tuple[Path, str]]:
    """A folder for a server, and the user who owns it: PostgreSQL refuses to run as root."""
    folder = Path(tempfile.mkdtemp(prefix="postgres-"))
    user = getpass.getuser()
    if os.geteuid() == 0:
        # Debian's package makes the first; the second is everywhere.
        user = _given_to(folder, "postgres") or _given_to(folder, "nobody") or user
    try:
        yield folder, user
    finally:
        shutil.rmtree(folder)


def _given_to(folder: Path, user: str) -> str | None:
    try:
        shutil.chown(folder, user)
    except LookupError:
        return None
    return user


def _answers(postgres: Postgres) -> bool:
    try:
        return postgres.run("SELECT 1") == [(1,)]
    except psycopg.OperationalError:
        return False


def _listens(port: int) -> bool:
    with socket.socket() as attempt:
        return attempt.connect_ex(("127.0.0.1", port)) == 0
