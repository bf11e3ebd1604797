from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from editor.jobs import Queue
from editor.store import Store
from editor.web.schemas.responses import Cleaned, StorageAnswer


@pytest.fixture
def copy(store: Store, transcript_id: str, tmp_path: Path) -> Path:
    """A copy for browsers of a recording that is there, too."""
    folder = tmp_path / "media" / transcript_id
    folder.mkdir(parents=True)
    for name in ("original.wma", "playable.m4a"):
        (folder / name).write_bytes(bytes(1000))
    store.update_transcript(
        transcript_id,
        media_path=f"media/{transcript_id}/original.wma",
        browser_copy_path=f"media/{transcript_id}/playable.m4a",
    )
    return folder / "playable.m4a"


def test_storage_is_shown_and_cleaned(client: FlaskClient, copy: Path) -> None:
    shown = StorageAnswer.model_validate(client.get("/api/storage").json)
    assert (shown.recording_bytes, shown.copy_bytes) == (1000, 1000)
    assert shown.total_bytes == 2000 + shown.database_bytes
    assert [(one.kind, one.count, one.size_bytes) for one in shown.removable] == [
        ("copies", 1, 1000)
    ]
    assert [one.total_bytes for one in shown.transcripts] == [2000]
    assert client.post("/api/storage/clean", json={"kinds": ["everything"]}).status_code == 422
    assert copy.exists()
    cleaned = client.post("/api/storage/clean", json={"kinds": ["copies", "trash"]})
    assert [one.kind for one in Cleaned.model_validate(cleaned.json).removed] == ["copies"]
    assert not copy.exists()


def test_a_copy_that_was_cleaned_up_is_made_again_when_it_is_asked_for(
    client: FlaskClient, copy: Path, transcript_id: str, queue: Queue, store: Store
) -> None:
    copy.unlink()
    for _ in range(2):
        assert client.get(f"/api/transcripts/{transcript_id}/media").status_code == 404
    (job,) = store.jobs(transcript_id)
    assert (job.kind, job.state, queue.waiting()) == ("copy", "queued", [])
    # It says nothing about how the transcript stands.
    library = client.get("/api/transcripts?state=ready").json
    assert library
    assert [one["job"] for one in library["transcripts"]] == [None]
