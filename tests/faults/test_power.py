"""The power goes: what of the SQLite files was on the disk opens, with all that was acknowledged.

A state of the disk is made of copies at write boundaries. What was not yet acknowledged may be
there in any part; what was checkpointed may be there page by page.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.store import Store, check_sqlite, open_store
from editor.store.db import vacuum
from tests.store.samples import many_lines, new_transcript, put, save_edit, segment, texts

PAGE_BYTES = 4096
EDITS = 60


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[tuple[Store, Path, str]]:
    """A library with one line of text, its file, and the transcript's id."""
    path = tmp_path / "live" / "transcripts.db"
    store = open_store(f"sqlite:///{path}")
    yield store, path, new_transcript(store, [segment("a", "edit 0")])
    store.close()


def edit(store: Store, transcript_id: str, number: int) -> None:
    # Of growing size, so that the log holds several pages for each.
    text = f"edit {number} " + "word " * (5 * number)
    change = put(segment("a", text.strip()), over=["a"], after=None)
    revision = store.segment(transcript_id, "a").segment.revision
    save_edit(store, transcript_id, change, base_revisions={"a": revision})


def log_of(path: Path) -> bytes:
    log = path.with_name(f"{path.name}-wal")
    return log.read_bytes() if log.exists() else b""


def last_edit(folder: Path, database: bytes, log: bytes, transcript_id: str) -> int:
    """The number of the newest edit in a state of the disk, which must hold together."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    path = folder / "transcripts.db"
    path.write_bytes(database)
    path.with_name("transcripts.db-wal").write_bytes(log)
    store = open_store(f"sqlite:///{path}")
    number = int(texts(store, transcript_id)[0].split()[1])
    assert len(store.revisions(transcript_id, limit=1000)) == number
    store.close()
    check_sqlite(path)
    return number


def test_all_that_was_acknowledged_is_there_however_much_of_the_log_was_written(
    disk: tuple[Store, Path, str], tmp_path: Path
) -> None:
    store, path, transcript_id = disk
    chosen = random.Random(3)
    before = log_of(path)
    for number in range(1, EDITS + 1):
        edit(store, transcript_id, number)
        database, after = path.read_bytes(), log_of(path)
        assert last_edit(tmp_path / "cut", database, after, transcript_id) == number
        if number > 1 and len(after) > len(before):
            # The log as it was, and some of what the edit added to it.
            torn = after[: chosen.randrange(len(before), len(after))]
            assert last_edit(tmp_path / "cut", database, torn, transcript_id) == number - 1
            spoilt = bytearray(after)
            spoilt[chosen.randrange(len(before), len(after))] ^= 0xFF
            found = last_edit(tmp_path / "cut", database, bytes(spoilt), transcript_id)
            assert found in (number - 1, number)
        before = after


def torn(log: bytes, chosen: random.Random) -> Iterator[bytes]:
    """A log of which less and less was written."""
    yield log
    for _ in range(3):
        yield log[: chosen.randrange(len(log))]


def test_a_file_that_was_being_made_smaller_is_whole(
    disk: tuple[Store, Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, path, transcript_id = disk
    gone, kept = (many_lines(store, count=100) for _ in range(2))
    edit(store, transcript_id, 1)
    store._database.empty_log()
    store.delete_transcript(gone)
    states = [(path.read_bytes(), log_of(path))]

    def note(seconds: float) -> None:
        states.append((path.read_bytes(), log_of(path)))

    monkeypatch.setattr(vacuum, "STEP_PAGES", 15)
    monkeypatch.setattr(time, "sleep", note)
    store.vacuum()
    note(0)
    assert len(states) >= 4
    chosen = random.Random(7)
    for database, log in states:
        for written in torn(log, chosen) if log else [log]:
            assert last_edit(tmp_path / "cut", database, written, transcript_id) == 1
    again = open_store(f"sqlite:///{tmp_path / 'cut' / 'transcripts.db'}")
    assert (len(texts(again, kept)), len(texts(again, gone))) == (100, 0)
    again.close()


def test_a_checkpoint_that_was_cut_off_loses_nothing(
    disk: tuple[Store, Path, str], tmp_path: Path
) -> None:
    store, path, transcript_id = disk
    for number in range(1, EDITS + 1):
        edit(store, transcript_id, number)
    old, log = path.read_bytes(), log_of(path)
    assert log
    store.close()  # the last connection writes the log into the database
    new = path.read_bytes()
    assert new != old
    chosen = random.Random(5)
    for _ in range(20):
        pages = [
            (new if chosen.random() < 0.5 else old.ljust(len(new), b"\0"))[at : at + PAGE_BYTES]
            for at in range(0, len(new), PAGE_BYTES)
        ]
        assert last_edit(tmp_path / "cut", b"".join(pages), log, transcript_id) == EDITS
