from __future__ import annotations

import json
from typing import Any

from flask.testing import FlaskClient

from editor.store import Store
from editor.web import Streams
from editor.web.events import watch_library, watch_transcript
from editor.web.schemas.responses import Changes, Job, Summary


def messages(text: str) -> list[tuple[str, Any]]:
    """(event, data) of each message; comments left out."""
    found = []
    for block in text.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if line[0] != ":")
        if lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


def test_stream_begins_with_changes_and_ends_when_quiet(
    client: FlaskClient, transcript_id: str
) -> None:
    response = client.get(f"/api/transcripts/{transcript_id}/events?since=0")
    assert response.mimetype == "text/event-stream"
    (first, changes), (last, _) = messages(response.text)
    assert (first, last) == ("changes", "end")
    assert len(Changes.model_validate(changes).segments) == 2
    assert ": still here" in response.text


def test_stream_goes_on_after_the_last_event_seen(
    client: FlaskClient, transcript_id: str, store: Store
) -> None:
    seq = store.transcript(transcript_id).seq
    response = client.get(
        f"/api/transcripts/{transcript_id}/events", headers={"Last-Event-ID": str(seq)}
    )
    assert messages(response.text)[0][1]["segments"] == []


def test_stream_tells_of_jobs_and_of_other_peoples_edits(
    client: FlaskClient, transcript_id: str, store: Store, streams: Streams
) -> None:
    job_id = store.create_job("transcribe", transcript_id).id
    stream = watch_transcript(store, transcript_id, store.transcript(transcript_id).seq, streams)
    _, (event, job) = messages(next(stream))
    assert event == "job"
    assert Job.model_validate(job).state == "queued"
    body = {"kind": "delete", "segment_id": "s1", "base_revision": 1}
    client.post(f"/api/transcripts/{transcript_id}/edits", json=body)
    store.request_cancel(job_id)
    rest = messages("".join(stream))
    assert [event for event, _ in rest] == ["changes", "job", "end"]
    assert rest[0][1]["removed"] == ["s1"]
    assert rest[1][1]["state"] == "cancelled"


def test_stream_lasts_while_a_job_is_active_and_ends_with_the_server(
    transcript_id: str, store: Store, streams: Streams
) -> None:
    store.create_job("transcribe", transcript_id)
    stream = watch_transcript(store, transcript_id, 0, streams)
    next(stream)
    assert [next(stream) for _ in range(4)] == [": still here\n\n"] * 4
    streams.stop()
    assert messages("".join(stream)) == [("end", {})]


def test_stream_ends_when_the_transcript_is_deleted(
    transcript_id: str, store: Store, streams: Streams
) -> None:
    stream = watch_transcript(store, transcript_id, 0, streams)
    next(stream)
    store.delete_transcript(transcript_id)
    assert messages("".join(stream)) == [("end", {})]


def test_library_stream_tells_when_something_changed(
    transcript_id: str, store: Store, streams: Streams
) -> None:
    job = store.create_job("transcribe", transcript_id)
    store.create_transcript(title="Quiet", media_name="q.mp3", model="base")
    stream = watch_library(store, streams)
    ((event, news),) = messages(next(stream))
    assert event == "jobs"
    assert [Summary.model_validate(one).id for one in news["transcripts"]] == [transcript_id]
    store.request_cancel(job.id)
    ((_, news), _) = messages("".join(stream))
    assert [one["job"]["state"] for one in news["transcripts"]] == ["cancelled"]


def test_library_stream_says_at_once_that_nothing_is_at_work(
    transcript_id: str, store: Store, streams: Streams
) -> None:
    assert messages("".join(watch_library(store, streams))) == [
        ("jobs", {"transcripts": []}),
        ("end", {}),
    ]


def test_streams_beyond_the_limit_are_refused_until_one_closes(
    client: FlaskClient, transcript_id: str
) -> None:
    address = f"/api/transcripts/{transcript_id}/events"
    open_ones = [client.get(path, buffered=False) for path in (address, "/api/events")]
    assert client.get(address).status_code == 503
    for response in open_ones:
        response.close()
    assert client.get(address).status_code == 200
