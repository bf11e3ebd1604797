from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from editor.document import RecognisedWord, Segment, Word
from editor.store import Store
from editor.web.schemas.responses_review import Names
from tests.support.segments import put_segments


@pytest.fixture
def misheard(store: Store) -> str:
    """Two lines; in each a name was heard that is not written so."""
    row = store.create_transcript(title="T", media_name="t.mp3", model="base", language="en")
    lines = (
        ("s1", "we met a lot here", "we met Elad here"),
        ("s2", "so Alad said", "so Elad said"),
    )
    segments: list[Segment] = []
    heard: list[RecognisedWord] = []
    for number, (segment_id, text, said) in enumerate(lines):
        at_ms = number * 5000
        sources = [
            RecognisedWord(len(heard) + n, word, at_ms + n * 400, at_ms + n * 400 + 300, 0.9)
            for n, word in enumerate(said.split())
        ]
        heard += sources
        by_text = {source.text: source for source in sources}
        words = tuple(
            Word(
                word,
                at_ms + n * 300,
                at_ms + n * 300 + 200,
                "heard",
                0.9,
                recognised_ids=(by_text[word].id,),
            )
            if word in by_text
            else Word(word, at_ms + n * 300, at_ms + n * 300 + 200, "placed")
            for n, word in enumerate(text.split())
        )
        segments.append(Segment(segment_id, text, words))
    put_segments(store, row.id, segments)
    store.save_chunk(row.id, "r", 0, 0, 10_000, heard)
    store.update_transcript(row.id, language="en")
    return row.id


def edited(client: FlaskClient, transcript_id: str, segment_id: str, text: str) -> Any:
    path = f"/api/transcripts/{transcript_id}"
    segments = client.get(path).get_json()["segments"]
    revision = next(one["revision"] for one in segments if one["id"] == segment_id)
    edit = {"kind": "text", "segment_id": segment_id, "base_revision": revision, "text": text}
    answer = client.post(f"{path}/edits", json=edit)
    assert answer.status_code == 200, answer.get_json()
    return answer.get_json()


def count(client: FlaskClient, transcript_id: str) -> int:
    return int(client.get(f"/api/transcripts/{transcript_id}").get_json()["corrected"])


def test_a_corrected_doubt_is_counted_as_long_as_the_edit_holds(
    client: FlaskClient, misheard: str
) -> None:
    path = f"/api/transcripts/{misheard}"
    assert count(client, misheard) == 0
    assert edited(client, misheard, "s1", "we met Elad here")["corrected"] == 1
    assert edited(client, misheard, "s1", "we met Elad Here")["corrected"] == 1
    assert edited(client, misheard, "s2", "so Elad said")["corrected"] == 2
    assert count(client, misheard) == 2
    assert client.post(f"{path}/undo", json={}).get_json()["corrected"] == 1
    assert client.post(f"{path}/redo", json={}).get_json()["corrected"] == 2
    assert client.get(f"{path}/changes?since=0").get_json()["corrected"] == 2


def test_typing_something_else_where_a_doubt_is_settles_nothing(
    client: FlaskClient, misheard: str
) -> None:
    assert edited(client, misheard, "s2", "so Alan said")["corrected"] == 0


def test_a_corrected_name_is_in_the_glossary_as_long_as_the_edit_holds(
    client: FlaskClient, store: Store, misheard: str
) -> None:
    path = f"/api/transcripts/{misheard}"
    store.set_glossary(misheard, ["No Priors"])
    assert edited(client, misheard, "s1", "we met Elad here")["taught"] == ["Elad"]
    assert client.get(f"{path}/glossary").get_json() == {"terms": ["No Priors", "Elad"]}
    found = Names.model_validate(client.get(f"{path}/names").get_json())
    (doubt,) = found.segments[0].doubts
    assert (found.segments[0].id, doubt.written) == ("s2", "Alad")
    client.post(f"{path}/undo", json={})
    assert store.glossary(misheard) == ["No Priors"]
    client.post(f"{path}/redo", json={})
    assert store.glossary(misheard) == ["No Priors", "Elad"]
    assert edited(client, misheard, "s2", "so Elad said")["taught"] == []


def test_a_taught_term_that_is_taken_out_stays_out(
    client: FlaskClient, store: Store, misheard: str
) -> None:
    path = f"/api/transcripts/{misheard}/glossary"
    edited(client, misheard, "s1", "we met Elad here")
    assert client.put(path, json={"terms": ["Elad", "Sarah"]}).get_json()["terms"] == [
        "Sarah",
        "Elad",
    ]
    assert client.put(path, json={"terms": ["Sarah"]}).get_json()["terms"] == ["Sarah"]
    client.post(f"/api/transcripts/{misheard}/undo", json={})
    client.post(f"/api/transcripts/{misheard}/redo", json={})
    assert store.glossary(misheard) == ["Sarah"]


def test_a_word_that_was_half_typed_is_forgotten(
    client: FlaskClient, store: Store, misheard: str
) -> None:
    assert edited(client, misheard, "s1", "we met Ela here")["taught"] == ["Ela"]
    edited(client, misheard, "s1", "we met Elad here")
    assert store.glossary(misheard) == ["Elad"]


def test_many_places_corrected_as_one_step_are_counted(client: FlaskClient, misheard: str) -> None:
    places = [
        {"segment_id": "s1", "base_revision": 1, "start": 7, "length": 5, "new": "Elad"},
        {"segment_id": "s2", "base_revision": 1, "start": 3, "length": 4, "new": "Elad"},
    ]
    path = f"/api/transcripts/{misheard}"
    answer = client.post(f"{path}/edits", json={"kind": "correct", "places": places}).get_json()
    assert (answer["corrected"], answer["taught"]) == (2, ["Elad"])
    assert client.post(f"{path}/undo", json={}).get_json()["corrected"] == 0
