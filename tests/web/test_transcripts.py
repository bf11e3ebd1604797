from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from editor.config import Settings
from editor.jobs import Queue
from editor.storage.uploads import uploads_of
from editor.store import Store
from editor.web.schemas.responses import Changes, Library, Summary, Whole
from editor.web.schemas.responses_review import AllDoubts
from editor.weights import MODELS
from tests.web.conftest import TONES, Upload


def test_transcript_is_made_of_two_uploads_which_are_used_up(
    client: FlaskClient, upload: Upload, queue: Queue, tmp_path: Path
) -> None:
    media, text = upload(TONES, "../e7.wav"), upload(b"Hello there", "e7.txt")
    response = client.post(
        "/api/transcripts",
        json={"media_upload": media, "text_upload": text, "title": "Seven", "model": "base"},
    )
    assert response.status_code == 201, response.text
    summary = Summary.model_validate(response.json)
    assert (summary.title, summary.media.name) == ("Seven", "e7.wav")
    assert summary.job is not None
    assert queue.waiting() == [summary.job.id]
    assert response.headers["Location"] == f"/api/transcripts/{summary.id}"
    assert list((tmp_path / "uploads").iterdir()) == []
    assert client.get(f"/api/transcripts/{summary.id}/media").data == TONES


def test_names_and_the_number_of_speakers_come_with_the_recording(
    client: FlaskClient, store: Store, upload: Upload
) -> None:
    body = {
        "media_upload": upload(TONES, "e7.wav"),
        "glossary": [" Elad  Gil ", "", "DeepSeek # the lab"],
        "finds_speakers": True,
        "speaker_count": 2,
    }
    made = client.post("/api/transcripts", json=body).get_json()
    assert store.glossary(made["id"]) == ["Elad Gil", "DeepSeek"]
    (job,) = (job for job in store.jobs(made["id"]) if job.kind == "speakers")
    assert job.params["count"] == 2


def test_failed_creation_keeps_the_uploads_for_another_try(
    client: FlaskClient, upload: Upload
) -> None:
    body = {"media_upload": upload(TONES, "a.wav"), "text_upload": upload(b"\xe9", "a.txt")}
    refused = client.post("/api/transcripts", json={**body, "text_encoding": "utf-8"})
    assert refused.status_code == 422
    assert refused.json
    assert refused.json["error"]["code"] == "unreadable_transcript"
    again = client.post("/api/transcripts", json={**body, "text_encoding": "latin-1"})
    assert again.status_code == 201


def test_a_refused_recording_leaves_no_upload_and_keeps_the_text(
    client: FlaskClient, upload: Upload
) -> None:
    media, text = upload(b"film", "film.mp4"), upload(b"Hello", "a.txt")
    refused = client.post("/api/transcripts", json={"media_upload": media, "text_upload": text})
    assert refused.status_code == 422
    assert refused.json
    assert refused.json["error"]["message"].startswith("film.mp4: it is not a rec")
    assert client.head(f"/api/uploads/{media}").status_code == 404
    assert client.head(f"/api/uploads/{text}").status_code == 200


def test_an_upload_makes_one_transcript_and_is_told_of_by_its_name(
    client: FlaskClient, settings: Settings, upload: Upload
) -> None:
    media = upload(TONES, "a.wav")
    with uploads_of(settings).taken(media):
        busy = client.post("/api/transcripts", json={"media_upload": media})
    gone = client.post("/api/transcripts", json={"media_upload": media})
    assert (busy.status_code, gone.status_code) == (423, 404)
    assert busy.json
    assert gone.json
    assert [answer["error"]["message"] for answer in (busy.json, gone.json)] == [
        "a.wav: another tab or program is uploading it: try again",
        "the upload no longer exists: choose the file again",
    ]
    assert list((settings.data_dir / "uploads").iterdir()) == []


def test_a_language_is_taken_however_it_is_named_and_refused_where_it_is_none(
    client: FlaskClient, upload: Upload, store: Store
) -> None:
    body = {"media_upload": upload(TONES, "a.wav"), "language": "../../en"}
    refused = client.post("/api/transcripts", json=body)
    assert (refused.status_code, "such as en, pt-BR" in refused.text) == (422, True)
    made = client.post("/api/transcripts", json={**body, "language": "PT-br"})
    assert made.json
    transcript_id = made.json["id"]
    assert store.transcript(transcript_id).language == "pt"
    jobs = f"/api/transcripts/{transcript_id}/jobs"
    again = client.post(jobs, json={"kind": "transcribe", "language": "zz"})
    assert again.status_code == 422
    edits = f"/api/transcripts/{transcript_id}/edits"
    rules = {"name": "mine", "line_chars": 42}
    broken = {"kind": "break", "segment_id": None, "rules": rules, "language": "zz"}
    assert client.post(edits, json=broken).status_code == 422


def test_incomplete_upload_makes_no_transcript(client: FlaskClient, store: Store) -> None:
    begun = client.post("/api/uploads", headers={"Upload-Length": "5"})
    media = begun.headers["Location"].rsplit("/", 1)[1]
    response = client.post("/api/transcripts", json={"media_upload": media})
    assert response.status_code == 409
    assert response.json == {
        "error": {
            "code": "upload_incomplete",
            "message": "unnamed: 0 of 5 bytes have arrived",
            "name": "unnamed",
            "offset_bytes": 0,
            "length_bytes": 5,
        }
    }
    assert store.list_transcripts() == []


def test_model_is_one_of_the_known_and_never_a_path(client: FlaskClient, upload: Upload) -> None:
    body = {"media_upload": upload(TONES, "a.wav"), "model": "/etc"}
    response = client.post("/api/transcripts", json=body)
    assert response.status_code == 422
    assert response.json
    assert response.json["error"]["message"] == f"model: must be one of {', '.join(MODELS)}"


def test_open_transcript_holds_everything(client: FlaskClient, transcript_id: str) -> None:
    body = client.get(f"/api/transcripts/{transcript_id}").json
    whole = Whole.model_validate(body)
    assert whole.title == "Episode 7"
    assert whole.media.duration_ms == 10_000
    assert (whole.can_undo, whole.can_redo) == (False, False)
    first = whole.segments[0]
    # The emoji counts two code units, and no word is coded as an object.
    assert first.words == [
        (0, 5, 0, 500, 0, 0.9, 0, 0, 0, ""),
        (6, 4, 500, 900, 1, None, 0, 0, 0, ""),
    ]


def test_doubts_come_apart_from_the_segments(client: FlaskClient, transcript_id: str) -> None:
    body = client.get(f"/api/transcripts/{transcript_id}/doubts").json
    (first,) = AllDoubts.model_validate(body).segments
    assert (first.id, first.revision) == ("s1", 1)
    assert [(d.kind, d.first_word, d.last_word, d.written, d.heard) for d in first.doubts] == [
        ("different", 1, 1, "Alad", "Aled")
    ]


def test_library_lists_each_transcript_with_its_job(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    job_id = store.create_job("transcribe", transcript_id).id
    library = Library.model_validate(client.get("/api/transcripts").json)
    assert [(one.id, one.job and one.job.id) for one in library.transcripts] == [
        (transcript_id, job_id)
    ]


def test_rename_and_delete(client: FlaskClient, transcript_id: str) -> None:
    address = f"/api/transcripts/{transcript_id}"
    renamed = client.patch(address, json={"title": "Ñ 7"})
    assert renamed.json
    assert renamed.json["title"] == "Ñ 7"
    assert client.patch(address, json={"title": ""}).status_code == 422
    late = client.patch(address, json={"title": "Mine", "was": "Episode 7"})
    assert late.status_code == 409
    assert late.json
    assert late.json["error"]["current"] == "Ñ 7"
    again = client.patch(address, json={"title": "Ñ 7", "was": "Episode 7"})
    assert again.status_code == 200
    assert client.delete(address).status_code == 204
    listed = Library.model_validate(client.get("/api/transcripts").json)
    assert (listed.transcripts, listed.total) == ([], 0)
    trash = Library.model_validate(client.get("/api/transcripts?trash=true").json)
    assert [one.title for one in trash.transcripts] == ["Ñ 7"]
    back = client.post(f"{address}/restore", json={})
    assert back.json
    assert back.json["deleted_ms"] is None
    assert client.delete(address).status_code == 204
    assert client.delete(address).status_code == 204
    assert client.get(address).status_code == 404


def test_words_are_found_in_all_texts(client: FlaskClient, transcript_id: str) -> None:
    answer = client.get("/api/search?q=GOOD+da")
    assert answer.json == {
        "found": [
            {
                "transcript_id": transcript_id,
                "title": "Episode 7",
                "segment_id": "s2",
                "start_ms": 2000,
                "text": "good day",
                "kind": "text",
            }
        ]
    }
    assert client.get("/api/search?q=%22%28*").json == {"found": []}


def test_changes_since_now_are_none(client: FlaskClient, transcript_id: str) -> None:
    address = f"/api/transcripts/{transcript_id}"
    seq = client.get(address).json["seq"]  # type: ignore[index]
    changes = Changes.model_validate(client.get(f"{address}/changes?since={seq}").json)
    assert (changes.seq, changes.segments, changes.removed) == (seq, [], [])


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("DELETE", ""),
        ("GET", "/changes"),
        ("GET", "/events"),
        ("GET", "/media"),
        ("GET", "/peaks?level=20"),
        ("GET", "/export?format=srt"),
    ],
)
def test_unknown_transcript_is_not_found(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(f"/api/transcripts/nope{path}", method=method)
    assert response.status_code == 404
    assert response.json
    assert response.json["error"]["code"] == "not_found"


@pytest.mark.parametrize("since", ["-1", "x", "99999999999999999999"])
def test_since_is_a_number_of_a_state(client: FlaskClient, transcript_id: str, since: str) -> None:
    response = client.get(f"/api/transcripts/{transcript_id}/changes?since={since}")
    assert response.status_code == 422
