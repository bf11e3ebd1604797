from __future__ import annotations

from dataclasses import asdict

import pytest
from flask.testing import FlaskClient

from editor.captions import PRESETS
from editor.store import Store
from editor.web.schemas.responses_history import HistoryAnswer, PastState, Version
from tests.web.test_edits import S1, applied, send, texts


def history(client: FlaskClient, transcript_id: str, query: str = "") -> HistoryAnswer:
    response = client.get(f"/api/transcripts/{transcript_id}/history{query}")
    assert response.status_code == 200, response.text
    return HistoryAnswer.model_validate(response.json)


def edited(client: FlaskClient, transcript_id: str) -> None:
    """Three steps: a text, a join, an undo of it."""
    applied(send(client, transcript_id, kind="text", **S1, text="hey Aled"))
    first = {"segment_id": "s1", "base_revision": 2}
    body = {"kind": "merge", **first, "next_id": "s2", "next_revision": 1}
    applied(send(client, transcript_id, **body, text="hey Aled", next_text="good day"))
    assert client.post(f"/api/transcripts/{transcript_id}/undo", json={}).status_code == 200


def test_each_step_tells_what_it_changed(client: FlaskClient, transcript_id: str) -> None:
    edited(client, transcript_id)
    undo, join, text = history(client, transcript_id).steps
    assert (undo.action, join.action, join.state) == ("undo", "edit", "undone")
    assert [(one.before, one.after) for one in text.changes] == [("😀hey Alad", "hey Aled")]
    assert [(one.segment_id, one.after) for one in join.changes] == [
        ("s1", "hey Aled good day"),
        ("s2", None),
    ]
    older = history(client, transcript_id, f"?before={join.id}").steps
    assert [step.id for step in older] == [text.id]


def test_every_state_can_be_looked_at(client: FlaskClient, transcript_id: str) -> None:
    edited(client, transcript_id)
    ids = [step.id for step in history(client, transcript_id).steps]
    states = []
    for revision_id in (0, *reversed(ids)):
        answer = client.get(f"/api/transcripts/{transcript_id}/history/{revision_id}")
        state = PastState.model_validate(answer.json)
        states.append([segment.text for segment in state.segments])
    assert states == [
        ["😀hey Alad", "good day"],
        ["hey Aled", "good day"],
        ["hey Aled good day"],
        ["hey Aled", "good day"],
    ]
    assert client.get(f"/api/transcripts/{transcript_id}/history/999").status_code == 404


def test_all_is_restored_and_that_is_undone(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    edited(client, transcript_id)
    join = history(client, transcript_id).steps[1].id
    applied(send(client, transcript_id, kind="restore", revision_id=join))
    assert texts(store, transcript_id) == ["hey Aled good day"]
    applied(send(client, transcript_id, kind="restore", revision_id=0))
    assert texts(store, transcript_id) == ["😀hey Alad", "good day"]
    for expected in (["hey Aled good day"], ["hey Aled", "good day"]):
        client.post(f"/api/transcripts/{transcript_id}/undo", json={})
        assert texts(store, transcript_id) == expected


def test_what_others_wrote_since_is_neither_restored_nor_broken_over(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    ann, ben = {"X-Client": "ann"}, {"X-Client": "ben"}
    address = f"/api/transcripts/{transcript_id}"
    seen = store.transcript(transcript_id).seq
    rules = asdict(PRESETS["lines"]) | {"name": "narrow", "line_chars": 8, "lines": 1}
    rules |= {"keeps_lines": False}
    typed = {"kind": "text", "segment_id": "s1", "base_revision": 1, "text": "hey Ben"}
    # What one wrote oneself since stands in nobody's way.
    mine = {"kind": "text", "segment_id": "s2", "base_revision": 1, "text": "good night"}
    for body, who in ((typed, ben), (mine, ann)):
        applied(client.post(f"{address}/edits", json=body, headers=who))
    for kind, facts in (("restore", {"revision_id": 0}), ("break", {"rules": rules})):
        body = {"kind": kind, "segment_id": None, **facts, "base_seq": seen}
        refused = client.post(f"{address}/edits", json=body, headers=ann)
        assert refused.status_code == 409
        assert refused.json is not None
        assert refused.json["error"]["code"] == "changed_meanwhile"
        assert "Someone else changed the text in the meantime. Nothing was done." in refused.text
        assert texts(store, transcript_id) == ["hey Ben", "good night"]
        body["base_seq"] = refused.json["error"]["current"]
        applied(client.post(f"{address}/edits", json=body, headers=ann))
        assert texts(store, transcript_id) != ["hey Ben", "good night"]
        client.post(f"{address}/undo", json={}, headers=ann)
        assert texts(store, transcript_id) == ["hey Ben", "good night"]


def test_one_segment_is_restored_alone(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    edited(client, transcript_id)
    base = store.segment(transcript_id, "s2").segment.revision
    second = {"segment_id": "s2", "base_revision": base}
    applied(send(client, transcript_id, kind="text", **second, text="good night"))
    applied(send(client, transcript_id, kind="restore", revision_id=0, segment_id="s1"))
    assert texts(store, transcript_id) == ["😀hey Alad", "good night"]
    assert [word.start_ms for word in store.segments(transcript_id)[0].segment.words] == [0, 500]
    late = {"revision_id": 0, **second}
    assert send(client, transcript_id, kind="restore", **late).status_code == 409
    assert texts(store, transcript_id) == ["😀hey Alad", "good night"]
    gone = send(client, transcript_id, kind="restore", revision_id=0, segment_id="none")
    assert gone.status_code == 404


def test_a_segment_that_was_not_there_then_is_not_restored_alone(
    client: FlaskClient, transcript_id: str
) -> None:
    result = applied(send(client, transcript_id, kind="insert", after_id="s1", text="oh well"))
    new = result.segments[0].id
    response = send(client, transcript_id, kind="restore", revision_id=0, segment_id=new)
    assert response.status_code == 422


def test_a_version_names_a_state_until_it_is_forgotten(
    client: FlaskClient, transcript_id: str
) -> None:
    address = f"/api/transcripts/{transcript_id}/versions"
    first = Version.model_validate(client.post(address, json={"name": "As it came"}).json)
    edited(client, transcript_id)
    second = Version.model_validate(client.post(address, json={"name": "Read once"}).json)
    newest = history(client, transcript_id).steps[0].id
    assert (first.revision_id, second.revision_id) == (0, newest)
    assert history(client, transcript_id).versions == [second, first]
    assert client.delete(f"{address}/{first.id}").status_code == 204
    assert client.delete(f"{address}/{first.id}").status_code == 404
    assert history(client, transcript_id).versions == [second]


@pytest.mark.parametrize("path", ["history", "history/0"])
def test_an_unknown_transcript_has_no_history(client: FlaskClient, path: str) -> None:
    assert client.get(f"/api/transcripts/nothing/{path}").status_code == 404


def test_what_is_done_to_the_whole_is_told(client: FlaskClient, transcript_id: str) -> None:
    address = f"/api/transcripts/{transcript_id}"
    for title in ("Seven", "Seven"):
        client.patch(address, json={"title": title})
    version = client.post(f"{address}/versions", json={"name": "As it came"}).json
    assert version
    client.delete(f"{address}/versions/{version['id']}")
    client.delete(address)
    for _ in range(2):
        client.post(f"{address}/restore", json={})
    deeds = history(client, transcript_id).deeds
    assert [(one.kind, one.before, one.after, one.author) for one in deeds] == [
        ("restore", "", "", None),
        ("delete", "", "", None),
        ("forget", "As it came", "", None),
        ("title", "Episode 7", "Seven", None),
    ]


def test_a_number_beyond_all_is_that_of_nothing(client: FlaskClient, transcript_id: str) -> None:
    for number in (2**63 - 1, 2**63, 10**40):
        at = f"/api/transcripts/{transcript_id}"
        assert client.get(f"{at}/history/{number}").status_code == 404
        assert client.delete(f"{at}/versions/{number}").status_code == 404
