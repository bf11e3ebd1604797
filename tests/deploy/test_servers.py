"""The same program on several machines: PostgreSQL, Redis, a bucket, gunicorn, a lone worker."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tomllib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from editor.accounts import Accounts
from editor.cli import cli
from editor.cli.startup import open_queue
from editor.config import Settings
from editor.deploy.wsgi import app
from editor.errors import ExtraMissing, InvalidValue, ServerUnreachable
from editor.storage.media_files import files_of
from editor.store import open_store
from tests.support.clock import wait_for
from tests.support.servers import Bucket, Postgres, free_port
from tests.support.speech import speak, write_wav
from tests.support.stand_in import CHEAP

ROOT = Path(__file__).resolve().parents[2]
SAID = "The keeper of the lighthouse wrote every morning in his logbook."


@pytest.fixture
def environ(postgres: Postgres, redis_url: str, bucket: Bucket, tmp_path: Path) -> dict[str, str]:
    """The settings that all machines share."""
    ours = {
        "DATABASE_URL": postgres.fresh(),
        "QUEUE_URL": redis_url,
        "FILES_URL": bucket.url,
        "PORT": str(free_port()),
        "MODEL": "tiny.en",
        "LOG": "json",
        "DATA": str(tmp_path / "web"),
        # Weights are found once and not for each machine.
        "MODELS": str(tmp_path / "models"),
    }
    named = {f"TRANSCRIPT_EDITOR_{name}": value for name, value in ours.items()}
    return {**os.environ, **bucket.environ, **named}


@contextmanager
def running(command: list[str], environ: Mapping[str, str], log: Path) -> Iterator[None]:
    """A program that must end well when it is told to."""
    with log.open("wb") as file:
        process = subprocess.Popen(command, env=environ, cwd=ROOT, stderr=file)
    try:
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            code = process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert code == 0, log.read_text()


def token_of_ann(database_url: str) -> str:
    """A token of the one person with an account."""
    store = open_store(database_url)
    accounts = Accounts(store, hasher=CHEAP)
    accounts.add("Ann", "editor", "correct horse")
    token = accounts.add_token("Ann", "test")
    store.close()
    return token


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    data: bytes


class Client:
    """Asks the server as a script with a token."""

    def __init__(self, port: int, token: str) -> None:
        self.port, self.token = port, token

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """The answer, read."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named["Authorization"] = f"Bearer {self.token}"
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.headers), answer.read())

    def json(self, method: str, path: str, body: object = None) -> Any:
        """The answer's JSON; an error fails the test."""
        sent = None if body is None else json.dumps(body).encode()
        answer = self.ask(method, path, sent, Content_Type="application/json")
        assert answer.status < 300, answer.data
        return json.loads(answer.data)

    def upload(self, data: bytes, name: str) -> str:
        """The id of an upload."""
        told = f"filename {b64encode(name.encode()).decode()}"
        begun = self.ask("POST", "/api/uploads", Upload_Length=str(len(data)), Upload_Metadata=told)
        location = begun.headers["Location"]
        self.ask(
            "PATCH",
            location,
            data,
            Upload_Offset="0",
            Content_Type="application/offset+octet-stream",
        )
        return str(location.rsplit("/", 1)[1])


def gunicorn_answers(port: int) -> bool:
    try:
        return Client(port, "").ask("GET", "/readyz").status == 200
    except OSError:
        return False


@pytest.mark.model
@pytest.mark.skipif(sys.platform == "win32", reason="gunicorn is not for Windows")
def test_recording_goes_from_the_web_host_to_a_worker_and_back(
    environ: dict[str, str], tmp_path: Path
) -> None:
    port = int(environ["TRANSCRIPT_EDITOR_PORT"])
    client = Client(port, token_of_ann(environ["TRANSCRIPT_EDITOR_DATABASE_URL"]))
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:editor.deploy.gunicorn"]
    worker = [sys.executable, "-m", "editor", "worker", "--standalone", "--number", "2"]
    there = {**environ, "TRANSCRIPT_EDITOR_DATA": str(tmp_path / "worker")}
    with running(gunicorn, environ, tmp_path / "web.log"):
        wait_for(lambda: gunicorn_answers(port), 40)
        assert Client(port, "").ask("GET", "/api/transcripts").status == 401
        recording = write_wav(speak(SAID), tmp_path / "said.wav").read_bytes()
        body = {
            "media_upload": client.upload(recording, "said.wav"),
            "text_upload": client.upload(SAID.encode(), "said.txt"),
        }
        made = client.json("POST", "/api/transcripts", body)
        assert list((tmp_path / "web").rglob("original*")) == []
        # A worker that was killed has left it.
        left = tmp_path / "worker" / "worker-2" / "media" / made["id"] / "work.wav.7.arriving"
        left.parent.mkdir(parents=True)
        left.touch()
        with running(worker, there, tmp_path / "worker.log"):
            job = f"/api/jobs/{made['job']['id']}"
            wait_for(lambda: client.json("GET", job)["state"] in ("done", "failed"), 60)
        assert client.json("GET", job)["state"] == "done", (tmp_path / "worker.log").read_text()
        address = f"/api/transcripts/{made['id']}"
        whole = client.json("GET", address)
        assert whole["segments"][0]["text"] == SAID
        starts = [word[2] for word in whole["segments"][0]["words"]]
        assert starts == sorted(starts)
        assert starts[-1] > 2000

        part = client.ask("GET", f"{address}/media", Range="bytes=4-11")
        assert part.data == recording[4:12]
        peaks = client.ask("GET", f"{address}/peaks?level=20")
        assert len(peaks.data) > 100
        for _ in range(8):
            client.json("GET", "/api/models")
        metrics = client.ask("GET", "/metrics").data.decode()
        counted = 'requests_total{method="GET",route="/api/models",status="200"} 8.0'
        assert counted in metrics
        assert 'transcript_editor_jobs{state="done"} 1.0' in metrics
        # The first time it goes to the trash, the second time for good.
        for _ in range(2):
            assert client.ask("DELETE", address).status == 204
        assert client.ask("GET", f"{address}/media").status == 404
    lines = [
        json.loads(line)
        for line in (tmp_path / "web.log").read_text().splitlines()
        if line[0] == "{"
    ]
    deleting = [one for one in lines if one.get("method") == "DELETE"]
    assert [(one["user"], one["status"]) for one in deleting] == [("Ann", 204)] * 2
    assert list((tmp_path / "worker").rglob("media/*/*")) == []


def test_servers_that_are_not_there_are_told_of_at_the_start(
    bucket: Bucket, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    place = f"127.0.0.1:{free_port()}"
    with pytest.raises(ServerUnreachable) as caught:
        open_store(f"postgresql+psycopg://ann:secret@{place}/x")
    assert str(caught.value).startswith(f"postgresql+psycopg://ann:***@{place}/x cannot be reached")
    assert str(caught.value).endswith("and that TRANSCRIPT_EDITOR_DATABASE_URL is correct.")
    settings = Settings.from_env({"TRANSCRIPT_EDITOR_DATA": str(tmp_path)})
    no_bucket = bucket.url.replace("s3://b", "s3://no")
    away = replace(settings, queue_url=f"redis://{place}/0", files_url=no_bucket)
    open_queue(away).close()
    queue, files = (one.getMessage() for one in caplog.records if one.name.startswith("editor"))
    assert "TRANSCRIPT_EDITOR_QUEUE_URL" in queue
    assert "TRANSCRIPT_EDITOR_FILES_URL" in files
    with pytest.raises(InvalidValue, match="QUEUE_URL: the address cannot be read"):
        open_queue(replace(settings, queue_url=f"redis://{place}/0?unknown=1"))


@pytest.mark.parametrize(
    ("setting", "address", "library"),
    [
        ("DATABASE_URL", "postgresql://ann@127.0.0.1:1/x", "psycopg"),
        ("QUEUE_URL", "redis://127.0.0.1:1/0", "redis"),
        ("FILES_URL", "s3://bucket", "boto3"),
    ],
)
def test_missing_libraries_of_a_server_are_named_with_what_installs_them(
    setting: str, address: str, library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    named = {"TRANSCRIPT_EDITOR_DATA": str(tmp_path), f"TRANSCRIPT_EDITOR_{setting}": address}
    refused = CliRunner().invoke(cli, ["serve"], env=named).exception
    assert isinstance(refused, ExtraMissing)
    assert str(refused) == (
        f"TRANSCRIPT_EDITOR_{setting} needs libraries that are not installed. "
        "Install them: pip install 'transcript-editor[server]'"
    )


def test_many_processes_do_not_start_while_nobody_has_an_account(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path))
    with pytest.raises(SystemExit, match="3"):
        app()
    assert "no account exists" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "least"), [("compose", 7), ("systemd", 7), ("dockerfile", 2)])
def test_examples_name_only_settings_that_are_read(name: str, least: int) -> None:
    text = CliRunner().invoke(cli, ["example", name]).stdout
    source = (ROOT / "editor" / "config.py").read_text("utf-8")
    named = set(re.findall("TRANSCRIPT_EDITOR_([A-Z_]+)", text))
    assert {one for one in named if f'"{one}"' not in source} - {"DATA"} == set()
    assert len(named) >= least
    # The image is the server's; the other two run workers beside it.
    assert ("worker --standalone" in text) is (name != "dockerfile")
    extras = re.findall(r"\[([a-z,]+)\]\"", text)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert {one for listed in extras for one in listed.split(",")} <= {
        *project["optional-dependencies"]
    }


def test_library_and_its_recordings_move_by_one_command(
    postgres: Postgres, bucket: Bucket, tmp_path: Path
) -> None:
    here = {"TRANSCRIPT_EDITOR_DATA": str(tmp_path)}
    settings = Settings.from_env(here)
    store = open_store(settings.database_url)
    row = store.create_transcript(title="Talk", media_name="t.mp3", model="base")
    name = f"media/{row.id}/original.mp3"
    (tmp_path / name).parent.mkdir(parents=True)
    (tmp_path / name).write_bytes(b"sound")
    (tmp_path / name).with_name("work.wav").write_bytes(b"only for the job")
    store.update_transcript(row.id, media_path=name)
    store.close()
    target = postgres.empty()
    moved = CliRunner().invoke(cli, ["move", target, "--files", bucket.url], env=here)
    assert (moved.exit_code, "1 file copied" in moved.stderr) == (0, True)
    there = replace(settings, data_dir=tmp_path / "there", files_url=bucket.url)
    assert files_of(there).fetched(name).read_bytes() == b"sound"
    new = open_store(target)
    assert [(one.id, one.media_path) for one in new.list_transcripts()] == [(row.id, name)]
    new.close()
    again = CliRunner().invoke(cli, ["move", settings.database_url], env=here)
    assert isinstance(again.exception, InvalidValue)
