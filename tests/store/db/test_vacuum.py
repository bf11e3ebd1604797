"""Room that deleted texts took goes back to the disk, while others save."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.store import Store, check_sqlite, open_store
from editor.store.db import vacuum
from tests.store.samples import many_lines, new_transcript, put, save_edit, segment, texts
from tests.support.segments import put_segments
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
    freed = store.vacuum()
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
    put_segments(store, changed, [segment("a", "blunder " * 30)])
    put_segments(store, changed, [segment("a", "better")])
    store.delete_transcript(gone)
    store.close()
    data = path.read_bytes()
    assert b"better" in data
    # The index of words has each alone, until it is next put together.
    assert b"confidential confidential" not in data
    assert b"blunder blunder" not in data


def test_a_server_sees_to_its_own_room(postgres: Postgres) -> None:
    store = open_store(postgres.fresh())
    store.delete_transcript(many_lines(store, count=LINE_COUNT))
    assert store.size_bytes() > 0
    assert store.free_bytes() == store.vacuum() == 0
    store.close()
