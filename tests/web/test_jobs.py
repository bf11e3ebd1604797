from __future__ import annotations

from flask.testing import FlaskClient

from editor.jobs import Queue
from editor.store import Store
from editor.web.schemas.responses import Job


def test_job_is_started_cancelled_and_tried_again(
    client: FlaskClient, transcript_id: str, queue: Queue
) -> None:
    body = {"kind": "transcribe", "model": "tiny.en", "language": None}
    started = client.post(f"/api/transcripts/{transcript_id}/jobs", json=body)
    assert started.status_code == 202
    job = Job.model_validate(started.json)
    assert job.state == "queued"
    cancelled = client.post(f"/api/jobs/{job.id}/cancel", json={})
    assert Job.model_validate(cancelled.json).state == "cancelled"
    retried = client.post(f"/api/jobs/{job.id}/retry", json={})
    assert Job.model_validate(retried.json).state == "queued"
    assert queue.waiting() == [job.id, job.id]
    assert client.get(f"/api/jobs/{job.id}").json == retried.json


def test_unknown_job_model_and_kind_are_refused(client: FlaskClient, transcript_id: str) -> None:
    address = f"/api/transcripts/{transcript_id}/jobs"
    assert client.post(address, json={"kind": "dance"}).status_code == 422
    assert client.post(address, json={"kind": "transcribe", "model": "x"}).status_code == 422
    assert client.get("/api/jobs/nope").status_code == 404
    assert client.post("/api/jobs/nope/cancel", json={}).status_code == 404
    assert client.post("/api/jobs/nope/retry", json={}).status_code == 404
    assert client.post("/api/jobs/nope/first", json={}).status_code == 404
    assert client.post("/api/jobs/nope/move", json={"before": None}).status_code == 404
    missing = client.post("/api/transcripts/nope/jobs", json={"kind": "transcribe"})
    assert missing.status_code == 404


def test_a_sound_track_that_is_not_there_is_refused(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    address = f"/api/transcripts/{transcript_id}/jobs"
    store.update_transcript(transcript_id, tracks=["Anna", "Ben"])
    refused = client.post(address, json={"kind": "transcribe", "track": 3})
    assert refused.status_code == 422
    assert "the recording has no audio track 3" in refused.get_data(as_text=True)
    assert client.post(address, json={"kind": "transcribe", "track": 2}).status_code == 202
    (job,) = store.jobs(transcript_id)
    assert job.params["track"] == 2


def test_a_text_may_be_trusted_from_the_start_or_later(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    body = {"kind": "transcribe", "trusted": True}
    started = client.post(f"/api/transcripts/{transcript_id}/jobs", json=body)
    assert store.job(str(started.get_json()["id"])).params["trusted"] is True
