from __future__ import annotations

from flask.testing import FlaskClient

from editor.document import RecognisedWord
from editor.store import Store
from editor.web.schemas.responses import Changes
from editor.web.schemas.responses_review import AllDoubts

ALAD = {"segment_id": "s1", "kind": "different", "written": "Alad", "heard": "Aled"}


def kept_flags(client: FlaskClient, transcript_id: str) -> list[tuple[str, bool]]:
    answer = client.get(f"/api/transcripts/{transcript_id}/doubts")
    found = AllDoubts.model_validate(answer.json)
    return [(doubt.heard, doubt.kept) for one in found.segments for doubt in one.doubts]


def keep(client: FlaskClient, transcript_id: str, **body: object) -> Changes:
    address = f"/api/transcripts/{transcript_id}/kept-doubts"
    response = client.put(address, json=body)
    assert response.status_code == 200, response.text
    return Changes.model_validate(response.json)


def test_a_kept_doubt_is_kept_for_everybody_until_it_is_opened_again(
    client: FlaskClient, transcript_id: str
) -> None:
    assert kept_flags(client, transcript_id) == [("Aled", False)]
    answer = keep(client, transcript_id, **ALAD)
    assert [doubt.kept for doubt in answer.segments[0].doubts] == [True]
    assert kept_flags(client, transcript_id) == [("Aled", True)]
    keep(client, transcript_id, **ALAD, kept=False)
    assert kept_flags(client, transcript_id) == [("Aled", False)]


def test_it_stays_kept_when_another_model_hears_something_else(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    keep(client, transcript_id, **ALAD)
    heard = [RecognisedWord(0, "hey", 0, 500, 0.9), RecognisedWord(1, "Allie", 520, 900, 0.8)]
    store.save_chunk(transcript_id, "small", 0, 0, 10_000, heard)
    assert kept_flags(client, transcript_id)[0] == ("Allie", True)


def test_a_doubt_that_is_no_more_changes_nothing(client: FlaskClient, transcript_id: str) -> None:
    assert keep(client, transcript_id, **{**ALAD, "heard": "Allad"}).segments == []
    address = f"/api/transcripts/{transcript_id}/kept-doubts"
    assert client.put(address, json={**ALAD, "segment_id": "gone"}).status_code == 404
