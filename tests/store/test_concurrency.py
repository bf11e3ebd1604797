from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from editor.errors import EditConflict
from editor.store import Store
from tests.store.samples import set_reviewed, three_lines

SAVING = """
import sys
from editor.errors import EditConflict
from editor.store import open_store
from tests.store.samples import set_reviewed

url, transcript_id = sys.argv[1:]
store, saved, refused = open_store(url), 0, 0
while saved < 40:
    base = store.segment(transcript_id, "b").segment.revision
    try:
        store.edit(transcript_id, set_reviewed("b"), base_revisions={"b": base})
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
            store.edit(transcript_id, set_reviewed("a"), base_revisions={"a": 1})
            outcomes.append(True)
        except EditConflict:
            outcomes.append(False)

    threads = [threading.Thread(target=save) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == [False] * 7 + [True]
