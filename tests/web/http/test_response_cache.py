from __future__ import annotations

import gzip
import json
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask.testing import FlaskClient

from editor.document import RecognisedWord
from editor.review import DismissedDoubt
from editor.store import Store
from editor.web.http import response_cache
from editor.web.schemas import serialize
from tests.store.samples import save_edit, set_reviewed

ZIPPED = {"Accept-Encoding": "gzip"}


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The transcripts whose answer was made anew."""
    made: list[str] = []

    def counted(store: Store, transcript_id: str, **who: str | None) -> serialize.Json:
        made.append(transcript_id)
        return serialize.whole_json(store, transcript_id, **who)

    monkeypatch.setattr(response_cache, "whole_json", counted)
    return made


def test_the_answer_is_made_once_and_sent_as_the_client_takes_it(
    client: FlaskClient, transcript_id: str, built: list[str]
) -> None:
    address = f"/api/transcripts/{transcript_id}"
    plain = client.get(address)
    packed = client.get(address, headers=ZIPPED)
    assert packed.content_encoding == "gzip"
    assert plain.content_encoding is None
    assert gzip.decompress(packed.data) == plain.data
    assert packed.vary.as_set() >= {"accept-encoding"}
    assert built == [transcript_id]
    assert client.get("/api/transcripts/nothing").status_code == 404


#: Which models are at hand, and where.
Models = dict[str, str]


def edit(store: Store, models: Models, transcript_id: str) -> None:
    save_edit(store, transcript_id, set_reviewed("s1"), base_revisions={})


def undo(store: Store, models: Models, transcript_id: str) -> None:
    store.undo(transcript_id)


def hear(store: Store, models: Models, transcript_id: str) -> None:
    store.save_chunk(transcript_id, "again", 0, 0, 9000, [RecognisedWord(0, "Al", 500, 900, 0.9)])


def keep(store: Store, models: Models, transcript_id: str) -> None:
    store.dismiss_doubt(transcript_id, DismissedDoubt("s1", "different", "Alad", "Aled", 500, 900))


def rename(store: Store, models: Models, transcript_id: str) -> None:
    store.update_transcript(transcript_id, title="Another")


def listen(store: Store, models: Models, transcript_id: str) -> None:
    store.create_job("transcribe", transcript_id)


def cancel(store: Store, models: Models, transcript_id: str) -> None:
    store.request_cancel(store.jobs(transcript_id)[0].id)


def switch(store: Store, models: Models, transcript_id: str) -> None:
    models["base"] = "cached"


def test_whatever_changes_the_answer_is_as_if_made_anew(
    client: FlaskClient, transcript_id: str, store: Store, models: Models, built: list[str]
) -> None:
    address = f"/api/transcripts/{transcript_id}"
    last = client.get(address).data
    changes: tuple[Callable[[Store, Models, str], None], ...] = (
        edit,
        undo,
        hear,
        keep,
        rename,
        listen,
        cancel,
        switch,
    )
    for count, change in enumerate(changes, start=2):
        change(store, models, transcript_id)
        answer = client.get(address).data
        assert answer != last, change.__name__
        assert client.get(address).data == answer
        assert len(built) == count, change.__name__
        fresh = serialize.whole_json(store, transcript_id)
        assert json.loads(answer) == {
            **json.loads(json.dumps(fresh)),
            "listens_again": bool(models),
        }
        last = answer


def test_who_asks_while_an_answer_is_made_waits_for_it(
    client: FlaskClient, transcript_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []

    def slow(store: Store, transcript_id: str, **who: str | None) -> serialize.Json:
        made.append(transcript_id)
        time.sleep(0.3)
        return serialize.whole_json(store, transcript_id, **who)

    monkeypatch.setattr(response_cache, "whole_json", slow)
    address = f"/api/transcripts/{transcript_id}"
    with ThreadPoolExecutor(4) as pool:
        answers = list(
            pool.map(lambda _: client.application.test_client().get(address).data, range(4))
        )
    assert len(set(answers)) == 1
    assert made == [transcript_id]


def test_only_so_many_answers_are_kept() -> None:
    kept = response_cache.KeptAnswers()
    kept.put(("doubts", "a", 1, ""), b"0")
    kept.put(("whole", "a", 1, ""), b"1")
    kept.put(("whole", "a", 2, ""), b"2")
    assert (kept.get(("whole", "a", 1, "")), kept.get(("whole", "a", 2, ""))) == (None, b"2")
    assert kept.get(("doubts", "a", 1, "")) == b"0"
    for number in range(40):
        kept.put(("whole", f"t{number}", 1, ""), b"x")
    assert kept.get(("whole", "a", 2, "")) is None
    assert kept.get(("whole", "t39", 1, "")) == b"x"


def test_doubts_are_as_if_made_anew_whatever_changes(
    client: FlaskClient, transcript_id: str, store: Store, models: Models
) -> None:
    address = f"/api/transcripts/{transcript_id}/doubts"
    first = client.get(address).json
    assert first == serialize.all_doubts_json(store, transcript_id)
    keep(store, models, transcript_id)
    second = client.get(address).json
    assert second == serialize.all_doubts_json(store, transcript_id)
    assert second != first
    hear(store, models, transcript_id)
    assert client.get(address).json == serialize.all_doubts_json(store, transcript_id) != second
    assert client.get("/api/transcripts/nothing/doubts").status_code == 404
