from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

from editor.store import Store
from editor.web import find
from editor.web.schemas.responses import Applied
from editor.web.schemas.responses_review import Found


def search(client: FlaskClient, transcript_id: str, **body: object) -> Found:
    response = client.post(f"/api/transcripts/{transcript_id}/search", json=body)
    assert response.status_code == 200, response.text
    return Found.model_validate(response.json)


def correct(client: FlaskClient, transcript_id: str, *find: dict[str, Any]) -> Any:
    body = {"kind": "correct", "places": list(find)}
    return client.post(f"/api/transcripts/{transcript_id}/edits", json=body)


def texts(store: Store, transcript_id: str) -> list[str]:
    return [text for _, _, text in store.texts(transcript_id)]


def test_places_are_counted_as_browsers_count_and_nothing_is_changed(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    found = search(client, transcript_id, old="alad", new="Elad", is_similar=True)
    (place,) = found.places
    assert (found.count, place.segment_id, place.revision) == (1, "s1", 1)
    assert (place.start, place.length, place.old, place.new) == (6, 4, "Alad", "Elad")
    assert place.likeness == "case"
    assert texts(store, transcript_id) == ["😀hey Alad", "good day"]


def test_more_places_than_are_given_are_not_looked_for(
    client: FlaskClient, transcript_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert search(client, transcript_id, old="d", new="t").count == 3
    monkeypatch.setattr(find, "MOST_PLACES", 1)
    found = search(client, transcript_id, old="d", new="t")
    assert (found.count, len(found.places)) == (2, 1)


def test_places_are_corrected_in_one_step_that_keeps_times_and_is_undone(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    found = search(client, transcript_id, old="(?<=[aeo])d", new="t", is_pattern=True)
    assert [place.old for place in found.places] == ["d", "d"]
    find = [
        {
            "segment_id": place.segment_id,
            "base_revision": place.revision,
            "start": place.start,
            "length": place.length,
            "new": place.new,
        }
        for place in reversed(found.places)
    ]
    before = [w.start_ms for s in store.segments(transcript_id) for w in s.segment.words]
    response = correct(client, transcript_id, *find)
    assert response.status_code == 200, response.text
    assert len(Applied.model_validate(response.json).segments) == 2
    assert texts(store, transcript_id) == ["😀hey Alat", "goot day"]
    after = [w.start_ms for s in store.segments(transcript_id) for w in s.segment.words]
    assert after == before
    (step,) = store.revisions(transcript_id)
    assert step.kind == "correct"
    client.post(f"/api/transcripts/{transcript_id}/undo", json={})
    assert texts(store, transcript_id) == ["😀hey Alad", "good day"]


def test_a_segment_that_was_changed_meanwhile_refuses_the_whole_step(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    fine = {"segment_id": "s1", "base_revision": 1, "start": 6, "length": 4, "new": "Elad"}
    stale = {"segment_id": "s2", "base_revision": 7, "start": 0, "length": 4, "new": "bad"}
    assert correct(client, transcript_id, fine, stale).status_code == 409
    assert texts(store, transcript_id) == ["😀hey Alad", "good day"]


@pytest.mark.parametrize(("start", "length"), [(8, 1), (8, 90)])
def test_places_that_overlap_or_are_nowhere_are_refused(
    client: FlaskClient, transcript_id: str, start: int, length: int
) -> None:
    one = {"segment_id": "s1", "base_revision": 1, "start": 6, "length": 4, "new": "Elad"}
    other = {"segment_id": "s1", "base_revision": 1, "start": start, "length": length, "new": "x"}
    assert correct(client, transcript_id, one, other).status_code == 422


def test_an_expression_that_cannot_be_read_is_told(client: FlaskClient, transcript_id: str) -> None:
    address = f"/api/transcripts/{transcript_id}/search"
    response = client.post(address, json={"old": "(", "new": "", "is_pattern": True})
    assert response.status_code == 422
    assert "Invalid regular expression" in response.text
    assert (
        client.post("/api/transcripts/no/search", json={"old": "a", "new": ""}).status_code == 404
    )


def test_phrases_over_segments_are_found_and_speakers_told_apart(
    client: FlaskClient, transcript_id: str
) -> None:
    place, more = search(client, transcript_id, old="d", new="", any_case=True).places[-2:]
    assert (place.segment_id, more.segment_id) == ("s2", "s2")
    (place,) = search(client, transcript_id, old="Alad good", new="x").places
    assert (place.segment_id, place.start, place.length, place.new) == ("s1", 6, 4, "Alad good")
    assert place.ends is not None
    assert (place.ends.segment_id, place.ends.end) == ("s2", 4)
    edit = {"kind": "set", "segment_id": "s2", "base_revision": 1, "speaker": "Änne"}
    client.post(f"/api/transcripts/{transcript_id}/edits", json=edit)
    both = search(client, transcript_id, old="a", new="", any_case=True)
    hers = search(client, transcript_id, old="a", new="", any_case=True, speaker=" äNNE ")
    assert both.count > hers.count == 1
    assert search(client, transcript_id, old="a", new="", speaker="Ben").count == 0
