"""Room that deleted texts took goes back to the disk, while others save."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from editor.store import Store, check_sqlite, open_store
from editor.store.db import vacuum
from tests.store.samples import many_lines, new_transcript, put, save_edit, segment, texts
from tests.support.servers import Postgres

LINE_COUNT = 300


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "transcripts.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{path}")
    yield opened
    opened.close()


def mode_of(path: Path) -> int:
    """How a file gives room back: 0 not at all, 2 step by step."""
    with closing(sqlite3.connect(path)) as database:
        return int(database.execute("PRAGMA auto_vacuum").fetchone()[0])


def test_the_file_shrinks_by_what_was_deleted_while_others_save(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vacuum, "STEP_PAGES", 5)
    items = [many_lines(store, f"word{n}", count=LINE_COUNT) for n in range(4)]
    small = new_transcript(store, [segment("a", "edit 0")])
    for item in items[::2]:
        store.delete_transcript(item)
    before, free = store.size_bytes(), store.free_bytes()
    assert free > 400_000
    is_over, saved = threading.Event(), [0]

    def save() -> None:
        while not is_over.is_set():
            change = put(segment("a", f"edit {saved[0] + 1}"), over=["a"], after=None)
            save_edit(store, small, change, base_revisions={})
            saved[0] += 1

    saving = threading.Thread(target=save)
    saving.start()
    freed = store.give_room_back()
    is_over.set()
    saving.join()
    assert saved[0] >= free // 4096 // 5 // 2
    assert before - store.size_bytes() >= free // 2
    assert freed > 0
    assert store.free_bytes() < 50_000
    assert texts(store, small) == [f"edit {saved[0]}"]
    assert len(texts(store, items[1])) == LINE_COUNT
    assert [found.transcript_id for found in store.search("word3", limit=1)] == [items[3]]
    store.close()
    check_sqlite(path)


def test_deleted_and_overwritten_text_is_not_left_in_the_file(store: Store, path: Path) -> None:
    for other in ("one", "two", "three"):
        many_lines(store, other, count=LINE_COUNT)
    gone, changed = (
        many_lines(store, "confidential", count=LINE_COUNT),
        new_transcript(store, [segment("a", "x")]),
    )
    store.replace_all_segments(changed, [segment("a", "blunder " * 30)])
    store.replace_all_segments(changed, [segment("a", "better")])
    store.delete_transcript(gone)
    store.close()
    data = path.read_bytes()
    assert b"better" in data
    # The index of words has each alone, until it is next put together.
    assert b"confidential confidential" not in data
    assert b"blunder blunder" not in data


def make_old(path: Path) -> str:
    """A library in a file that was made before files could shrink; gives the id of a transcript."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA auto_vacuum = NONE")
        database.execute("PRAGMA journal_mode = WAL")
    store = open_store(f"sqlite:///{path}")
    item = many_lines(store, "kept", count=LINE_COUNT)
    store.close()
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.execute("PRAGMA auto_vacuum = NONE")
        database.execute("VACUUM")
    assert mode_of(path) == 0
    return item


def test_an_older_file_is_written_anew_once_and_shrinks_from_then_on(path: Path) -> None:
    item = make_old(path)
    store = open_store(f"sqlite:///{path}")
    assert mode_of(path) == 2
    # Its log does not stay as large as the file.
    assert store.size_bytes() == path.stat().st_size
    assert len(texts(store, item)) == LINE_COUNT
    assert [found.transcript_id for found in store.search("kept", limit=1)] == [item]
    before = store.size_bytes()
    store.delete_transcript(item)
    store.give_room_back()
    assert store.size_bytes() < before / 2
    store.close()


def no_room_by_our_count(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vacuum, "_COPIES", 10**9)


def taken_by_another(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("editor.store.db.database.BUSY_TIMEOUT_MS", 50)
    other = sqlite3.connect(path, isolation_level=None)

    def take(file: Path) -> None:
        other.execute("BEGIN IMMEDIATE")

    monkeypatch.setattr(vacuum, "_check_room", take)


@pytest.mark.parametrize("hinder", [no_room_by_our_count, taken_by_another])
def test_an_older_file_that_cannot_be_written_anew_opens_and_says_why(
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    hinder: Callable[[Path, pytest.MonkeyPatch], None],
) -> None:
    item = make_old(path)
    with monkeypatch.context() as patched, caplog.at_level(logging.WARNING):
        hinder(path, patched)
        store = open_store(f"sqlite:///{path}")
    assert "does not shrink when texts are deleted" in caplog.text
    assert str(path) in caplog.text
    assert len(texts(store, item)) == LINE_COUNT
    assert store.free_bytes() == 0
    store.close()
    assert mode_of(path) == 0


def test_a_server_sees_to_its_own_room(postgres: Postgres) -> None:
    store = open_store(postgres.fresh())
    store.delete_transcript(many_lines(store, count=LINE_COUNT))
    assert store.size_bytes() > 0
    assert store.free_bytes() == store.give_room_back() == 0
    store.close()
