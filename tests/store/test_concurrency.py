from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from editor.errors import EditConflict, StoreBusy
from editor.store import Store, open_store
from editor.store.db import database
from editor.store.db.fair_lock import FairLock
from tests.store.samples import save_edit, set_reviewed, three_lines
from tests.support.clock import wait_for
from tests.support.servers import Postgres

SAVING = """
import sys
from editor.errors import EditConflict
from editor.store import open_store
from tests.store.samples import save_edit, set_reviewed

url, transcript_id = sys.argv[1:]
store, saved, refused = open_store(url), 0, 0
while saved < 40:
    base = store.segment(transcript_id, "b").segment.revision
    try:
        save_edit(store, transcript_id, set_reviewed("b"), base_revisions={"b": base})
        saved += 1
    except EditConflict:
        refused += 1
store.close()
"""
ROOT = Path(__file__).resolve().parents[2]


def test_two_processes_lose_no_edit_of_the_same_segment(store: Store, database_url: str) -> None:
    transcript_id = three_lines(store)
    command = [sys.executable, "-c", SAVING, database_url]
    both = [subprocess.Popen([*command, transcript_id], cwd=ROOT) for _ in range(2)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert store.segment(transcript_id, "b").segment.revision == 81
    assert len(store.revisions(transcript_id)) == 80


def test_of_threads_with_one_base_revision_one_wins(store: Store) -> None:
    transcript_id = three_lines(store)
    outcomes: list[bool] = []

    def save() -> None:
        try:
            save_edit(store, transcript_id, set_reviewed("a"), base_revisions={"a": 1})
            outcomes.append(True)
        except EditConflict:
            outcomes.append(False)

    threads = [threading.Thread(target=save) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 7 + [True]


def test_threads_write_in_the_order_in_which_they_came() -> None:
    turns, order = FairLock(), list[int]()
    threads = []

    def write(number: int) -> None:
        with turns:
            order.append(number)

    with turns:
        for number in range(32):
            threads.append(threading.Thread(target=write, args=(number,)))
            threads[-1].start()
            wait_for(lambda: len(turns._waiting) == len(threads))
        assert order == []
    for thread in threads:
        thread.join()
    assert order == list(range(32))
    with turns:
        assert order[-1] == 31


def test_server_of_the_database_that_cuts_us_off_is_told_as_passing(postgres: Postgres) -> None:
    url = postgres.fresh()
    store = open_store(url)
    three_lines(store)
    name = url.rsplit("/", 1)[1]
    others = f"FROM pg_stat_activity WHERE datname = '{name}' AND pid <> pg_backend_pid()"

    def be_cut_off() -> None:
        with store._database.write() as connection:
            postgres.run(f"SELECT pg_terminate_backend(pid) {others}")
            connection.exec_driver_sql("SELECT 1")

    with pytest.raises(StoreBusy, match="cannot be reached"):
        be_cut_off()
    three_lines(store)
    postgres.run(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    postgres.run(f"SELECT pg_terminate_backend(pid) {others}")
    with pytest.raises(StoreBusy):
        store.list_transcripts()
    assert not store.is_reachable()
    store.close()


def test_write_beside_another_process_that_goes_on_too_long_is_put_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    path = tmp_path / "transcripts.db"
    store = open_store(f"sqlite:///{path}")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreBusy):
            three_lines(store)
        other.execute("ROLLBACK")
    assert store.list_transcripts() == []
    three_lines(store)
    store.close()
