"""Backups that somebody else made or changed: refused in a sentence, or as good as ours."""

from __future__ import annotations

import json
import random
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from editor.config import Settings
from editor.errors import EditorError
from editor.jobs import Queue
from editor.library.backup import back_up, restore
from editor.store import open_store
from editor.web import create_app
from tests.support.chance import seeds
from tests.support.library import add_transcript, settings_for
from tests.support.stand_in import services_for

Members = dict[str, bytes]
DATABASE, MANIFEST = "transcripts.db", "manifest.json"
#: Of all kinds that SQLite keeps in any column, and some that look like JSON.
CELLS = (
    *(None, -1, 0, 2**63 - 1, 1e308, float("inf"), "", "../..", "9" * 400, "a\0b", b"", b"\xff"),
    *("null", "{}", "[]", "[[]]", '{"a": 1}', "[1e999]", "[" * 2000, '[["a", 1, 2]]', "NaN"),
)
PARTS: tuple[Any, ...] = (None, -1, 2**70, 1.5, "x", [], {}, True, "\ud800")
SCHEMES = (
    "CREATE TRIGGER t AFTER UPDATE ON transcripts BEGIN DELETE FROM segments; END",
    "CREATE TRIGGER t BEFORE INSERT ON revisions BEGIN SELECT raise(ABORT, 'no'); END",
    "DROP TRIGGER segments_added; CREATE TRIGGER segments_added AFTER INSERT ON segments BEGIN "
    "DELETE FROM users; END",
    "DROP TABLE presets; CREATE VIEW presets AS SELECT 'a' AS name, '{}' AS rules",
    "DROP TABLE segments",
    "DROP TABLE segment_words",
    "ALTER TABLE segments DROP COLUMN note",
    "DROP TABLE alembic_version",
    "UPDATE alembic_version SET version_num = '0009'",
    "UPDATE alembic_version SET version_num = '0042'",
    "UPDATE alembic_version SET version_num = x'00'",
    "INSERT INTO alembic_version VALUES ('0001')",
    "INSERT INTO segment_words(segment_words) VALUES ('delete-all')",
)
READ = ("", "/doubts", "/history", "/names", "/lint", "/project", "/peaks?level=20", "/media")
WAYS = ("cells", "cells", "parts", "parts", "scheme", "bytes", "archive")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Members:
    """The members of a backup."""
    folder = tmp_path_factory.mktemp("ours")
    settings = settings_for(folder / "data")
    store = open_store(settings.database_url)
    add_transcript(settings, store)
    store.close()
    back_up(settings, folder / "library.zip")
    with zipfile.ZipFile(folder / "library.zip") as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_backup(path: Path, members: Members) -> None:
    """An archive whose manifest agrees with its members."""
    held = dict(members)
    manifest = json.loads(held.pop(MANIFEST))
    manifest["members"] = {
        name: {"bytes": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in held.items()
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**held, MANIFEST: json.dumps(manifest).encode()}.items():
            archive.writestr(name, data)


def cells_of(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """Table, column and row of each cell that is no part of the index of words."""
    named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'segment\\_%'"
    tables = [name for (name,) in connection.execute(f"{named} ESCAPE '\\'")]
    return [
        (table, column, row)
        for table in tables
        for (row,) in connection.execute(f"SELECT rowid FROM {table}").fetchall()
        for (_, column, *_) in connection.execute(f"PRAGMA table_info({table})").fetchall()
    ]


def with_another_part(chance: random.Random, value: Any) -> Any:
    """JSON in which something is something else."""
    if isinstance(value, list | dict) and value and chance.random() < 0.9:
        keys = list(value) if isinstance(value, dict) else range(len(value))
        key = chance.choice(keys)
        changed = value.copy()
        changed[key] = with_another_part(chance, value[key])
        return changed
    return chance.choice(PARTS)


def change_cells(chance: random.Random, connection: sqlite3.Connection, *, parts: bool) -> str:
    """Put what cannot be into some cells; gives what was done."""
    done = []
    for table, column, row in chance.sample(cells_of(connection), chance.randint(1, 3)):
        value = chance.choice(CELLS)
        if parts:
            query = f"SELECT rowid, {column} FROM {table} WHERE {column} LIKE '[%]'"
            found = connection.execute(query).fetchall()
            if found:
                row, text = chance.choice(found)
                value = json.dumps(with_another_part(chance, json.loads(text)))
        try:
            connection.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (value, row))
        except sqlite3.Error:
            continue
        done.append(f"{table}.{column} = {value!r:.60}")
    return "; ".join(done)


def change_database(chance: random.Random, way: str, path: Path) -> str:
    """Harm an SQLite file in a way; gives what was done."""
    if way == "bytes":
        data = bytearray(path.read_bytes())
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        path.write_bytes(data)
        return "bytes"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        if way == "scheme":
            done = chance.choice(SCHEMES)
            connection.executescript(done)
        else:
            done = change_cells(chance, connection, parts=way == "parts")
        connection.commit()
    return done


def change_archive(chance: random.Random, path: Path) -> str:
    """Harm the file of a backup itself; gives what was done."""
    data = bytearray(path.read_bytes())
    for _ in range(chance.randint(1, 4)):
        back = chance.choice([600, len(data)])
        data[-chance.randint(1, back)] = chance.randrange(256)
    path.write_bytes(data)
    return "bytes of the archive"


def changed_backup(chance: random.Random, whole: Members, folder: Path) -> tuple[Path, str]:
    """A backup harmed in one way, and what was done to it."""
    out, database, way = folder / "library.zip", folder / DATABASE, chance.choice(WAYS)
    database.write_bytes(whole[DATABASE])
    done = "" if way == "archive" else change_database(chance, way, database)
    write_backup(out, {**whole, DATABASE: database.read_bytes()})
    database.unlink()
    return out, done if done else change_archive(chance, out)


def answers(settings: Settings) -> Iterator[tuple[str, int]]:
    """What the pages of a library answer."""
    store, queue = open_store(settings.database_url), Queue(settings.queue_at)
    client = create_app(services_for(settings, store, queue)).test_client()
    listed = client.get("/api/transcripts")
    yield "list", listed.status_code
    yield "search", client.get("/api/search?q=hey").status_code
    for row in listed.json["transcripts"] if listed.status_code == 200 else ():  # type: ignore[index]
        address = f"/api/transcripts/{row['id']}"
        for part in READ:
            with client.get(f"{address}{part}") as answer:
                yield part, answer.status_code
        yield "undo", client.post(f"{address}/undo", json={}).status_code
    store.close()
    queue.close()


def refusal(backup: Path, settings: Settings) -> str:
    """What is told of a backup that is not restored; nothing where it is."""
    try:
        restore(backup, settings)
    except EditorError as error:
        return str(error)
    return ""


@pytest.mark.hypothesis
def test_a_changed_backup_is_refused_or_opens(whole: Members, tmp_path: Path) -> None:
    for seed in seeds(12):
        folder = tmp_path / str(seed)
        folder.mkdir()
        out, done = changed_backup(random.Random(seed), whole, folder)
        settings = settings_for(folder / "restored")
        refused = refusal(out, settings)
        if refused:
            assert "\n" not in refused, (seed, done, refused)
            assert [path.name for path in folder.iterdir()] == [out.name], (seed, done)
        else:
            failed = [told for told in answers(settings) if told[1] >= 500]
            assert not failed, (seed, done, failed)
