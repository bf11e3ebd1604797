from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from editor import weights
from editor.config import Settings
from editor.document import RecognisedWord, Segment, Word
from editor.jobs import Queue
from editor.store import Store
from editor.web import Services, Streams, create_app
from tests.support.fresh import fresh_store
from tests.support.segments import put_segments
from tests.support.stand_in import opened_here, services_for, write_recording
from tests.web.uploading import begin, send_piece


def _tones(word_count: int) -> bytes:
    with TemporaryDirectory() as folder:
        write_recording(Path(folder) / "tones.wav", word_count)
        return (Path(folder) / "tones.wav").read_bytes()


class ReadingClient(FlaskClient):
    """Reads each answer to its end, so that no file stays open."""

    def open(self, *args: Any, buffered: bool = True, **kwargs: Any) -> TestResponse:
        return super().open(*args, buffered=buffered, **kwargs)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings.from_env(
        {"TRANSCRIPT_EDITOR_DATA": str(tmp_path), "TRANSCRIPT_EDITOR_UPLOAD_MAX_BYTES": "20000000"}
    )


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    store = fresh_store(settings.database_url)
    yield store
    store.close()


@pytest.fixture
def queue(settings: Settings) -> Iterator[Queue]:
    queue = Queue(settings.queue_at)
    yield queue
    queue.close()


@pytest.fixture(autouse=True)
def _opened_here() -> Iterator[None]:
    with opened_here():
        yield


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """Where the weights of models are: none is here at first."""
    where: dict[str, str] = {}
    monkeypatch.setattr(weights.folder, "available", lambda name, _: where.get(name))
    monkeypatch.setattr(weights, "available", lambda name, _: where.get(name))
    return where


@pytest.fixture
def services(settings: Settings, store: Store, queue: Queue) -> Services:
    return services_for(settings, store, queue)


@pytest.fixture
def streams() -> Streams:
    return Streams(poll_s=0.01, keep_alive_s=0.05, idle_s=0.1, limit=2)


@pytest.fixture
def page_folder(tmp_path: Path) -> Path:
    folder = tmp_path / "page"
    (folder / "js").mkdir(parents=True)
    (folder / "index.html").write_text("library", "utf-8")
    (folder / "login.html").write_text("login", "utf-8")
    (folder / "editor.html").write_text("editor", "utf-8")
    (folder / "js" / "main.js").write_text("export {};", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    return folder


@pytest.fixture
def client(services: Services, streams: Streams, page_folder: Path) -> FlaskClient:
    app = create_app(services, streams=streams, static=page_folder)
    app.test_client_class = ReadingClient
    return app.test_client()


@pytest.fixture
def transcript_id(store: Store) -> str:
    """Two segments of two words each, and all of it heard; "Alad" differs."""
    row = store.create_transcript(title="Episode 7", media_name="e7.mp3", model="base")
    store.update_transcript(row.id, duration_ms=10_000)
    first = Segment(
        "s1",
        "😀hey Alad",
        (
            Word("😀hey", 0, 500, "heard", 0.9, recognised_ids=(0,)),
            Word("Alad", 500, 900, recognised_ids=(1,)),
        ),
    )
    second = Segment(
        "s2",
        "good day",
        (
            Word("good", 2000, 2300, "heard", recognised_ids=(2,)),
            Word("day", 2400, 2800, recognised_ids=(3,)),
        ),
    )
    heard = [
        RecognisedWord(0, "hey", 0, 500, 0.9),
        RecognisedWord(1, "Aled", 500, 900, 0.8),
        RecognisedWord(2, "good", 2000, 2300, 0.9),
        RecognisedWord(3, "day", 2400, 2800, 0.9),
    ]
    put_segments(store, row.id, [first, second])
    store.save_chunk(row.id, "base", 0, 0, 10_000, heard)
    return row.id


#: A recording of two words.
TONES = _tones(2)
#: Uploads data under a name and gives the upload's id.
Upload = Callable[[bytes, str], str]


@pytest.fixture
def upload(client: FlaskClient) -> Upload:
    def whole(data: bytes, name: str) -> str:
        upload_id = begin(client, len(data), name)
        assert send_piece(client, upload_id, 0, data).status_code == 204
        return upload_id

    return whole
