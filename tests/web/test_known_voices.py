from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from editor.store import Store
from editor.web import Services
from editor.web.schemas.responses_voices import KnownVoices, VoiceSuggestions
from tests.library.test_known_voices import recording
from tests.web.test_login import OURS, client_of, guarded, log_in

__all__ = ["guarded"]


def known(client: FlaskClient) -> KnownVoices:
    return KnownVoices.model_validate(client.get("/api/voices").json)


def suggested(client: FlaskClient, transcript_id: str) -> dict[str, str]:
    answer = client.post(f"/api/transcripts/{transcript_id}/voices", json={}, headers=OURS)
    found = VoiceSuggestions.model_validate(answer.json).suggestions
    return {one.speaker: one.name for one in found}


def test_voices_are_learned_offered_switched_off_and_deleted(
    client: FlaskClient, store: Store
) -> None:
    assert known(client) == KnownVoices(is_wanted=True, voices=[])
    first = recording(store, "Sarah", heard=(1,))
    second = recording(store, "Speaker 1", heard=(1,))
    assert suggested(client, second) == {}
    assert suggested(client, first) == {}
    assert suggested(client, second) == {"Speaker 1": "Sarah"}
    (sarah,) = known(client).voices
    at = f"/api/voices/{sarah.id}"
    assert client.patch(at, json={"is_on": False}).status_code == 200
    assert [one.is_on for one in known(client).voices] == [False]
    assert suggested(client, second) == {}
    assert client.delete(at).status_code == 204
    assert client.delete(at).status_code == 404
    assert client.patch(at, json={"is_on": True}).status_code == 404
    assert known(client).voices == []
    assert client.put("/api/voices", json={"is_wanted": False}).status_code == 200
    assert not known(client).is_wanted
    assert client.post("/api/transcripts/none/voices", json={}).status_code == 404


def test_two_people_on_a_server_have_voices_of_their_own(
    guarded: Services, store: Store, page_folder: Path
) -> None:
    guarded.accounts.add("Cleo", "editor", "correct horse")
    ann, bob, cleo = (client_of(guarded, page_folder) for _ in range(3))
    for client, name in ((ann, "Ann"), (bob, "Bob"), (cleo, "Cleo")):
        log_in(client, name)
    first = recording(store, "Sarah", heard=(1,), owner="Ann")
    # It is off for everybody until they say otherwise; viewers keep none.
    assert suggested(ann, first) == {}
    assert known(ann) == KnownVoices(is_wanted=False, voices=[])
    for client, code in ((ann, 200), (cleo, 200), (bob, 403)):
        answer = client.put("/api/voices", json={"is_wanted": True}, headers=OURS)
        assert answer.status_code == code
    suggested(ann, first)
    (sarah,) = known(ann).voices
    assert sarah.name == "Sarah"
    second = recording(store, "Speaker 1", heard=(1,), owner="Cleo")
    assert suggested(cleo, second) == {}
    assert known(cleo).voices == known(bob).voices == []
    assert cleo.delete(f"/api/voices/{sarah.id}", headers=OURS).status_code == 404
    assert len(known(ann).voices) == 1
