from __future__ import annotations

import errno
import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from editor import logs
from editor.config import Settings
from editor.storage.media_files import files_of
from editor.store import Store
from editor.web import Services, create_app
from editor.web.http.services import SERVICES
from tests.support.servers import Bucket
from tests.web.conftest import ReadingClient


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What is logged as JSON."""
    root, ours = logging.getLogger(), logging.getLogger("editor")
    before = (root.handlers[:], root.level, ours.level)
    stream = io.StringIO()
    logs.set_up(as_json=True, stream=stream)
    yield stream
    root.handlers[:] = before[0]
    root.setLevel(before[1])
    ours.setLevel(before[2])


def test_each_request_is_one_line_with_its_id(client: FlaskClient, lines: io.StringIO) -> None:
    response = client.get("/api/models?x=secret", headers={"X-Request-ID": "from-the-proxy"})
    assert response.headers["X-Request-ID"] == "from-the-proxy"
    (line,) = [json.loads(line) for line in lines.getvalue().splitlines()]
    told = {name: line[name] for name in ("level", "request_id", "method", "path", "status")}
    assert told == {
        "level": "info",
        "request_id": "from-the-proxy",
        "method": "GET",
        "path": "/api/models",
        "status": 200,
    }
    assert "secret" not in lines.getvalue()


@pytest.mark.parametrize("given", ["short", "x" * 65, 'a"b c{d}efgh'])
def test_made_up_id_is_not_taken(client: FlaskClient, given: str) -> None:
    answer = client.get("/healthz", headers={"X-Request-ID": given})
    assert len(answer.headers["X-Request-ID"]) == 16


def test_error_is_found_in_the_log_by_its_id(
    client: FlaskClient, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Store, *sought: object, **part: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr(Store, "list_transcripts", fail)
    answer = client.get("/api/transcripts")
    assert answer.json
    request_id = answer.json["error"]["request_id"]
    assert answer.headers["X-Request-ID"] == request_id
    found = [json.loads(line) for line in lines.getvalue().splitlines()]
    (error,) = [line for line in found if line["level"] == "error"]
    assert error["request_id"] == request_id
    assert "ZeroDivisionError: a bug" in error["error"]


def test_metrics_count_answers_and_jobs(
    client: FlaskClient, store: Store, transcript_id: str
) -> None:
    store.create_job("transcribe", transcript_id)
    client.get("/api/models")
    families = text_string_to_metric_families(client.get("/metrics").text)
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in families
        for sample in family.samples
    }
    assert samples["transcript_editor_requests_total", "/api/models", "200", "GET"] >= 1
    assert samples["transcript_editor_jobs", "queued"] == 1
    assert samples["transcript_editor_longest_wait_seconds",] >= 0


def test_methods_that_somebody_made_up_are_counted_as_one(client: FlaskClient) -> None:
    for number in range(3):
        client.open("/healthz", method=f"MADEUP{number}")
    told = client.get("/metrics").text
    assert "MADEUP" not in told
    assert 'method="other"' in told


def test_not_ready_on_a_full_disk(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(**where: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("editor.storage.media_files.TemporaryFile", full)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json) == (
        503,
        {"database": True, "files": False, "queue": True},
    )


def test_not_ready_without_the_database(client: FlaskClient, settings: Settings) -> None:
    for path in settings.data_dir.glob("transcripts.db*"):
        path.unlink()
    (settings.data_dir / "transcripts.db").mkdir()
    client.application.extensions[SERVICES].store._database.engine.dispose()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json
    assert answer.json["database"] is False


def test_ready_tells_what_it_needs(client: FlaskClient) -> None:
    assert client.get("/healthz", headers={"Host": "10.0.0.7"}).json == {"alive": True}
    answer = client.get("/readyz", headers={"Host": "10.0.0.7"})
    assert (answer.status_code, answer.json) == (
        200,
        {"database": True, "files": True, "queue": True},
    )


def test_not_ready_without_the_bucket(
    services: Services, bucket: Bucket, page_folder: Path
) -> None:
    settings = replace(services.settings, files_url="s3://nothing-there")
    app = create_app(replace(services, settings=settings), static=page_folder)
    app.test_client_class = ReadingClient
    answer = app.test_client().get("/readyz")
    assert (answer.status_code, answer.json) == (
        503,
        {"database": True, "files": False, "queue": True},
    )


def test_recording_in_a_bucket_is_sent_in_ranges(
    services: Services, store: Store, bucket: Bucket, page_folder: Path, transcript_id: str
) -> None:
    settings = replace(services.settings, files_url=bucket.url)
    name = f"media/{transcript_id}/original.mp3"
    path = settings.data_dir / name
    path.parent.mkdir(parents=True)
    path.write_bytes(b"0123456789")
    files_of(settings).keep(name)
    files_of(settings).release(f"media/{transcript_id}")
    store.update_transcript(transcript_id, media_path=name)
    app = create_app(replace(services, settings=settings), static=page_folder)
    app.test_client_class = ReadingClient
    client, address = app.test_client(), f"/api/transcripts/{transcript_id}/media"
    whole = client.get(address)
    assert (whole.status_code, whole.data) == (200, b"0123456789")
    assert (whole.headers["Accept-Ranges"], whole.mimetype) == ("bytes", "audio/mpeg")
    for asked, data, span in (
        ("bytes=2-4", b"234", "bytes 2-4/10"),
        ("bytes=7-", b"789", "bytes 7-9/10"),
        ("bytes=-2", b"89", "bytes 8-9/10"),
    ):
        part = client.get(address, headers={"Range": asked})
        assert (part.status_code, part.data) == (206, data)
        assert part.headers["Content-Range"] == span
    beyond = client.get(address, headers={"Range": "bytes=10-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, "bytes */10")
