"""Files that take long to make: asked for, made by a job, told of and taken away."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from editor.config import Settings
from editor.jobs import JobContext
from editor.library.backup import media_names
from editor.library.disk_usage import look
from editor.library.jobs_make import make_file
from editor.library.worker import handlers_for
from editor.storage.media_files import files_of
from editor.store import Store
from tests.support.media_files import tone, write_sound
from tests.support.segments import put_segments


@pytest.fixture
def address(transcript_id: str, store: Store, tmp_path: Path) -> str:
    """A recording of 10 s in which "Alad" is struck out."""
    folder = tmp_path / "media" / transcript_id
    folder.mkdir(parents=True)
    write_sound(folder / "original.wav", tone(16_000, 10, (0, 10)), 16_000)
    store.update_transcript(transcript_id, media_path=f"media/{transcript_id}/original.wav")
    return f"/api/transcripts/{transcript_id}/made"


def strike(store: Store, transcript_id: str) -> None:
    first, *others = (stored.segment for stored in store.segments(transcript_id))
    hey, alad = first.words
    put_segments(
        store,
        transcript_id,
        [replace(first, words=(hey, replace(alad, struck=True))), *others],
    )


def make(client: FlaskClient, address: str, settings: Settings, store: Store, **asked: Any) -> None:
    """Ask for a file, and be the worker."""
    response = client.post(address, json=asked)
    assert response.status_code == 202, response.json
    assert response.json
    (job_id,) = store.due_jobs(kinds=[f"make-{asked['made']}"])
    assert job_id == response.json["id"]
    job = store.claim_job(job_id, "test", 30_000)
    assert job is not None
    make_file(settings, store, job, JobContext(store, job, threading.Event()))
    store.finish_job(job.id, job.fence)


def test_sound_is_cut_and_names_are_covered_and_told(
    client: FlaskClient, address: str, settings: Settings, store: Store, transcript_id: str
) -> None:
    strike(store, transcript_id)
    make(client, address, settings, store, made="sound", format="wav", names="day = Person A")
    listed = client.get(address).json
    assert listed
    (made,) = listed["files"]
    assert made["name"] == "Episode 7.wav"
    assert made["report"] == ["Length 0:09; cut out: 1 ×, 0.4 s", "Person A: 1 ×"]
    sent = client.get(f"{address}/sound")
    assert sent.headers["Content-Disposition"] == 'attachment; filename="Episode 7.wav"'
    assert len(sent.data) == pytest.approx(9.6 * 32_000, rel=0.01)
    # It is made again when asked for: no backup has it, and it can be cleaned up.
    assert [name for name in media_names(files_of(settings)) if "made" in name] == []
    held = look(settings, store).transcripts[0]
    assert held.work_bytes >= len(sent.data)


def test_a_text_takes_the_place_of_the_one_before_and_holds_no_name(
    client: FlaskClient, address: str, settings: Settings, store: Store, tmp_path: Path
) -> None:
    make(client, address, settings, store, made="text", format="docx", names="Alad")
    make(client, address, settings, store, made="text", format="txt", names="Episode = Town")
    listed = client.get(address).json
    assert listed
    assert [one["name"] for one in listed["files"]] == ["Town 7.txt"]
    assert "hey Alad" in client.get(f"{address}/text").text
    assert sorted(path.name for path in tmp_path.glob("media/*/made-*")) == [
        "made-text.told",
        "made-text.txt",
    ]
    # What is told of it is damaged: it is there no more, and can be made again.
    (told,) = tmp_path.glob("media/*/made-text.told")
    told.write_text('{"made": "te')
    assert client.get(address).json == {"files": []}
    assert client.get(f"{address}/text").status_code == 404


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"made": "film"}, "The recording has no picture."),
        ({"made": "sound"}, "Strike out words in the page first: nothing is to be cut."),
        ({"made": "text", "names": "= A"}, "pseudonyms: line 1: write Name = Pseudonym"),
        ({"made": "text", "format": "original", "names": "A"}, "cannot write original"),
        ({"made": "text"}, "cannot write mp3"),
        ({"made": "sound", "format": "vtt", "names": "A"}, "cannot write vtt"),
        ({"made": "text", "format": "txt", "preset": "none"}, "unknown preset"),
        ({"made": "dance"}, "does not understand this request"),
    ],
)
def test_what_cannot_be_made_is_refused_in_a_sentence(
    client: FlaskClient, address: str, asked: dict[str, str], says: str
) -> None:
    response = client.post(address, json=asked)
    assert response.status_code == 422
    assert response.json
    assert says in response.json["error"]["message"]
    assert client.get(f"{address}/film").status_code == 404
    assert client.get(f"{address}/..%2foriginal").status_code == 404


def test_a_worker_takes_each_kind(settings: Settings, store: Store) -> None:
    handlers = handlers_for(settings, store, None)  # type: ignore[arg-type]
    assert {"make-film", "make-sound", "make-text"} <= handlers.keys()
