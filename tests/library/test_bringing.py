"""How recordings come into the library: by the command line and by the page."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from editor.cli.serving import add_files
from editor.config import Settings
from editor.jobs import Queue
from editor.library import transcripts
from editor.store import Store
from tests.support.library import settings_for
from tests.support.stand_in import write_recording

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path)


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "brought" / "talk.wav"
    path.parent.mkdir()
    write_recording(path, 5)
    return path


def test_own_file_of_a_person_is_copied_once_and_stays_apart(
    settings: Settings,
    store: Store,
    queue: Queue,
    recording: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    copied: list[str] = []

    def note(source: Path, target: Path) -> Path:
        copied.append(source.name)
        target.write_bytes(source.read_bytes())
        return target

    for name in ("copyfile", "copy", "copy2"):
        monkeypatch.setattr(shutil, name, note)
    item = add_files(settings, store, queue, recording, None)
    kept = settings.data_dir / str(store.transcript(item).media_path)
    assert copied == ["talk.wav"]
    assert kept.read_bytes() == recording.read_bytes()
    assert kept.stat().st_ino != recording.stat().st_ino
    assert store.transcript(item).title == "talk"


def test_uploaded_file_gets_a_second_name_and_its_job_is_queued(
    settings: Settings, store: Store, queue: Queue, recording: Path
) -> None:
    item = transcripts.create_transcript(
        settings,
        store,
        queue=queue,
        media_path=recording,
        media_name="talk.wav",
        text=None,
        text_name=None,
        text_encoding=None,
        title=None,
        model="base",
        language="en",
        is_trusted=True,
    )
    kept = settings.data_dir / str(store.transcript(item).media_path)
    assert kept.stat().st_ino == recording.stat().st_ino
    (job,) = store.jobs(item)
    assert queue.waiting() == [job.id]
    assert job.params == {
        "model": "base",
        "language": "en",
        "trusted": True,
        "track": None,
        "speakers_by": None,
        "speaker_count": None,
    }


@pytest.mark.skipif(sys.platform == "win32", reason="ended by a signal")
def test_open_writes_its_log_as_serve_does(tmp_path: Path, recording: Path) -> None:
    environ = {
        "TRANSCRIPT_EDITOR_DATA": str(tmp_path / "data"),
        "TRANSCRIPT_EDITOR_LOG": "json",
        "TRANSCRIPT_EDITOR_PORT": "0",
    }
    command = [sys.executable, "-m", "tests.faults.program", "open", str(recording)]
    with (tmp_path / "log").open("wb") as log:
        program = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **environ}, stdout=subprocess.PIPE, stderr=log
        )
        assert program.stdout
        found = re.search(r"(http://\S+:\d+/)t/\w+", program.stdout.readline().decode())
        assert found
        with urllib.request.urlopen(f"{found[1]}api/models") as answer:
            assert answer.status == 200
        program.send_signal(signal.SIGINT)
        program.wait(30)
        program.stdout.close()
    lines = (tmp_path / "log").read_text("utf-8").splitlines()
    told = [json.loads(line) for line in lines if line.startswith("{")]
    assert "/api/models" in [one.get("path") for one in told]
