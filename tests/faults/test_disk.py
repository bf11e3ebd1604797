"""A full disk, a folder that may not be written: said with place and remedy, nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from editor.config import Settings
from editor.errors import FolderUnusable
from editor.jobs import JobContext, Queue, Worker
from editor.storage.disk import ready_to_open
from editor.store import Store, check_sqlite, open_store
from editor.web import create_app
from tests.store.samples import new_transcript, put, save_edit, segment, texts
from tests.support.library import settings_for
from tests.support.stand_in import services_for
from tests.web.uploading import begin, send_piece

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A folder on a file system of 1 MB."""
    folder = tmp_path / "small"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    try:
        mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    except FileNotFoundError:
        mounted = False
    if not mounted:
        pytest.skip("a small file system can be mounted by root on Linux only")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_program_starts_on_a_full_disk_so_that_one_can_clean_up(small_disk: Path) -> None:
    mount = ["mount", "-o", "remount,size=24m", str(small_disk)]
    subprocess.run(mount, check=True)
    folder = small_disk / "data"
    url = f"sqlite:///{folder / 'transcripts.db'}"
    ready_to_open(folder)
    store = open_store(url)
    transcript_id = new_transcript(store, [segment("a", "first")])
    store.close()
    fill(small_disk)
    with pytest.raises(FolderUnusable):
        open_store(url)
    ready_to_open(folder)
    store = open_store(url)
    store.delete_transcript(transcript_id)
    store.close()


@pytest.fixture
def settings(small_disk: Path) -> Settings:
    return settings_for(small_disk / "data")


@pytest.fixture
def library(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings.database_url)
    yield opened
    opened.close()


@pytest.fixture
def client(settings: Settings, library: Store) -> FlaskClient:
    services = services_for(settings, library, Queue(settings.queue_at))
    return create_app(services).test_client()


def fill(folder: Path) -> Path:
    """Leave no byte free."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            return filler


def edit(client: FlaskClient, transcript_id: str, text: str, revision: int) -> tuple[int, str]:
    body = {"kind": "text", "segment_id": "a", "base_revision": revision, "text": text}
    answer = client.post(f"/api/transcripts/{transcript_id}/edits", json=body)
    message = "" if answer.status_code == 200 else answer.json["error"]["message"]  # type: ignore[index]
    return answer.status_code, message


def test_a_full_disk_refuses_edits_and_keeps_all_before(
    client: FlaskClient, library: Store, settings: Settings, small_disk: Path
) -> None:
    transcript_id = new_transcript(library, [segment("a", "first")])
    assert edit(client, transcript_id, "second", 1)[0] == 200
    filler = fill(small_disk)
    saved, revision = "second", 2
    for number in range(200):
        text = f"{number} " + "word " * 2000
        status, message = edit(client, transcript_id, text.strip(), revision)
        if status != 200:
            break
        saved, revision = text.strip(), revision + 1
    assert status == 507
    assert str(settings.data_dir) not in message
    assert "Free some space" in message or "Check that the disk is neither full" in message
    assert client.get(f"/api/transcripts/{transcript_id}").status_code == 200
    filler.unlink()
    assert texts(library, transcript_id) == [saved]
    assert edit(client, transcript_id, "third", revision)[0] == 200
    library.close()
    check_sqlite(settings.data_dir / "transcripts.db")


def test_an_upload_on_a_full_disk_goes_on_when_there_is_room(
    client: FlaskClient, library: Store, small_disk: Path
) -> None:
    data = os.urandom(300_000)
    upload_id = begin(client, len(data), "x.wav")
    filler = fill(small_disk)
    answer = send_piece(client, upload_id, 0, data)
    assert answer.status_code == 507
    assert "not enough space for this file" in answer.json["error"]["message"]  # type: ignore[index]
    filler.unlink()
    arrived = int(client.head(f"/api/uploads/{upload_id}").headers["Upload-Offset"])
    assert arrived < len(data)
    assert send_piece(client, upload_id, arrived, data[arrived:]).status_code == 204


def test_a_job_on_a_full_disk_says_so(library: Store, settings: Settings, small_disk: Path) -> None:
    queue = Queue(settings.data_dir / "queue.db")
    job = library.create_job("fill", None)
    queue.enqueue(job.id)
    fillers: list[Path] = []

    def run(context: JobContext) -> None:
        fillers.append(fill(small_disk))
        try:
            (settings.data_dir / "work.wav").write_bytes(bytes(8192))
        finally:
            fillers[0].unlink()

    Worker(library, queue, {"fill": run}, name="w").step()
    after = library.job(job.id)
    queue.close()
    assert after.error is not None
    assert after.error["code"] == "folder_unusable"
    assert "its disk is full. Free some space" in after.error["message"]


def test_a_database_that_may_not_grow_says_so(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path / 'transcripts.db'}")
    transcript_id = new_transcript(store, [segment("a", "first")])
    with store._database.read() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count = 10")
    with pytest.raises(FolderUnusable, match=r"transcripts.db: its disk is full"):
        save_edit(
            store,
            transcript_id,
            put(segment("a", "word " * 50_000), over=["a"], after=None),
            base_revisions={},
        )
    assert texts(store, transcript_id) == ["first"]
    store.close()


def test_a_damaged_database_is_told(tmp_path: Path) -> None:
    path = tmp_path / "transcripts.db"
    path.write_bytes(b"this is no database at all" * 1000)
    with pytest.raises(FolderUnusable, match=r"transcripts.db: it is not a database. Restore"):
        open_store(f"sqlite:///{path}")


READ_ONLY = """
import os, sys
from editor import cli
# Before the rights go to read where Python lies.
import editor.cli.serving, editor.web
os.chmod(sys.argv.pop(1), 0o555)
if os.getuid() == 0:
    os.setuid(65534)
cli.main()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="rights are others there")
@pytest.mark.parametrize("has_library", [False, True])
def test_a_folder_that_may_not_be_written_is_told(tmp_path: Path, has_library: bool) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    if has_library:
        open_store(f"sqlite:///{folder / 'transcripts.db'}").close()
    for parent in (tmp_path, *list(tmp_path.parents)[:-2]):
        parent.chmod(0o755)
    command = [sys.executable, "-c", READ_ONLY, str(folder), "serve"]
    environ = {**os.environ, "TRANSCRIPT_EDITOR_DATA": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    ended = subprocess.run(
        command, capture_output=True, text=True, env=environ, cwd=ROOT, check=False, timeout=60
    )
    folder.chmod(0o755)
    assert ended.returncode == 2
    assert ended.stderr.startswith(f"Error: {folder}")
    assert "permission denied. Change its permissions" in ended.stderr
    assert "Traceback" not in ended.stderr
