"""What is large is answered as ever, by a process that may end without harm."""

from __future__ import annotations

import os
import pickle
import signal
from typing import Any

from flask.testing import FlaskClient

from editor.errors import EditConflict, TooManyAttempts
from editor.store import Store
from editor.web.http.second_process import LARGE, SECOND
from tests.store.samples import new_transcript, segment, texts


def test_a_large_edit_is_made_and_undone_by_a_second_process(
    client: FlaskClient, store: Store
) -> None:
    lines = [segment(f"s{n}", f"so we said it again {n}", 1000 * n) for n in range(LARGE + 1)]
    path = f"/api/transcripts/{new_transcript(store, lines)}"

    def correct(revision: int, count: int) -> Any:
        places = [
            {"segment_id": f"s{n}", "base_revision": revision, "start": 0, "length": 2, "new": "As"}
            for n in range(count)
        ]
        return client.post(f"{path}/edits", json={"kind": "correct", "places": places})

    def first_word() -> str:
        return texts(store, path.rpartition("/")[2])[0].split()[0]

    def process() -> Any:
        return client.application.extensions[SECOND]._process

    assert (correct(1, 1).status_code, client.post(f"{path}/undo", json={}).status_code) == (
        200,
        200,
    )
    assert process() is None
    made = correct(1, LARGE + 1)
    refused = made.get_json()
    # One has been changed and changed back: the others are as they were seen.
    assert (made.status_code, refused["error"]["code"]) == (409, "edit_conflict")
    assert refused["current"]["revision"] == 3
    ended = process()
    os.kill(ended.pid, signal.SIGKILL)
    ended.wait()

    places = [
        {
            "segment_id": f"s{n}",
            "base_revision": 1 if n else 3,
            "start": 0,
            "length": 2,
            "new": "As",
        }
        for n in range(LARGE + 1)
    ]
    made = client.post(f"{path}/edits", json={"kind": "correct", "places": places})
    assert (made.status_code, len(made.get_json()["segments"])) == (200, LARGE + 1)
    assert (first_word(), made.get_json()["taught"]) == ("As", [])
    undone = client.post(f"{path}/undo", json={})
    assert (undone.status_code, len(undone.get_json()["segments"])) == (200, LARGE + 1)
    assert (first_word(), process().pid != ended.pid) == ("so", True)


def test_errors_are_the_same_in_another_process() -> None:
    for error in (EditConflict("s1", 1, 2), TooManyAttempts(30)):
        there = pickle.loads(pickle.dumps(error))
        assert (type(there), str(there), there.facts()) == (type(error), str(error), error.facts())
