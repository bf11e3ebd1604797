"""Packing and backups where recordings lie in a bucket and the texts in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from editor.cli import cli
from editor.config import Settings
from editor.errors import FolderUnusable, InvalidValue
from editor.jobs import Queue
from editor.storage.media_files import files_of
from editor.store import Store, open_store
from editor.web import create_app
from tests.store.samples import texts
from tests.support.library import add_transcript, settings_for
from tests.support.servers import Bucket, Postgres
from tests.support.stand_in import services_for, write_recording


@pytest.fixture
def settings(tmp_path: Path, postgres: Postgres, bucket: Bucket) -> Settings:
    return replace(
        settings_for(tmp_path / "data"), database_url=postgres.fresh(), files_url=bucket.url
    )


@pytest.fixture
def elsewhere(tmp_path: Path, postgres: Postgres, bucket: Bucket) -> Settings:
    """Another database and another folder of the bucket."""
    return replace(
        settings_for(tmp_path / "elsewhere"),
        database_url=postgres.empty(),
        files_url=f"{bucket.url}/elsewhere",
    )


@pytest.fixture
def recording(tmp_path: Path) -> bytes:
    write_recording(tmp_path / "same.wav", 15)
    return (tmp_path / "same.wav").read_bytes()


def run(settings: Settings, command: Sequence[str | Path]) -> Result:
    """A command on the library of these settings."""
    environ = {
        "TRANSCRIPT_EDITOR_DATA": str(settings.data_dir),
        "TRANSCRIPT_EDITOR_DATABASE_URL": settings.database_url,
        "TRANSCRIPT_EDITOR_FILES_URL": settings.files_url,
    }
    return CliRunner().invoke(cli, list(map(str, command)), env=environ)


def local_media(settings: Settings) -> list[str]:
    """Copies of recordings that lie in the data folder."""
    return sorted(path.name for path in settings.data_dir.rglob("*") if path.suffix == ".wav")


def sound_of(settings: Settings, store: Store, transcript_id: str) -> bytes:
    """The recording as the page gets it."""
    queue = Queue(settings.queue_at)
    client = create_app(services_for(settings, store, queue)).test_client()
    address = f"/api/transcripts/{transcript_id}"
    assert client.get(f"{address}/peaks?level=20").status_code == 200
    with client.get(f"{address}/media") as answer:
        assert answer.status_code == 200
        sound = bytes(answer.data)
    queue.close()
    return sound


@pytest.fixture
def made(library: Store, settings: Settings) -> str:
    """A transcript whose recording lies in the bucket alone."""
    transcript_id = add_transcript(settings, library)
    (settings.data_dir / "brought.wav").unlink()
    assert local_media(settings) == []
    return transcript_id


def test_project_is_packed_out_of_a_bucket_and_unpacked_into_another(
    settings: Settings,
    elsewhere: Settings,
    library: Store,
    made: str,
    recording: bytes,
    tmp_path: Path,
) -> None:
    out = tmp_path / "x.transcript"
    packed = run(settings, ["pack", made, "-o", out])
    assert (packed.exit_code, local_media(settings)) == (0, [])
    unpacked = run(elsewhere, ["unpack", out])
    assert (unpacked.exit_code, local_media(elsewhere)) == (0, [])
    other, new_id = open_store(elsewhere.database_url), unpacked.stdout.strip()
    assert texts(other, new_id) == texts(library, made)
    assert sound_of(elsewhere, other, new_id) == recording
    other.close()


def test_project_that_is_refused_leaves_nothing_in_the_bucket(
    settings: Settings, made: str, tmp_path: Path
) -> None:
    out = tmp_path / "x.transcript"
    run(settings, ["pack", made, "-o", out])
    files = files_of(settings)
    before = list(files.kept("media"))
    out.write_bytes(out.read_bytes().replace(b"WAVEfmt", b"wavefmt"))
    assert run(settings, ["unpack", out]).exit_code == 1
    assert list(files.kept("media")) == before


def test_backup_of_postgresql_and_a_bucket_is_restored_to_others(
    settings: Settings,
    elsewhere: Settings,
    library: Store,
    made: str,
    recording: bytes,
    tmp_path: Path,
) -> None:
    out = tmp_path / "library.zip"
    backed = run(settings, ["backup", "-o", out])
    assert backed.exit_code == 0
    assert "the database and 2 media files" in backed.stderr
    restored = run(elsewhere, ["restore", out])
    assert restored.exit_code == 0
    assert "1 transcripts, 2 media files" in restored.stderr
    assert sorted(path.name for path in elsewhere.data_dir.rglob("*") if path.is_file()) == []
    other = open_store(elsewhere.database_url)
    assert other.project_rows(made) == library.project_rows(made)
    assert sound_of(elsewhere, other, made) == recording
    other.close()


def test_backup_of_a_server_is_restored_on_a_computer(
    settings: Settings, library: Store, made: str, recording: bytes, tmp_path: Path
) -> None:
    out, alone = tmp_path / "library.zip", settings_for(tmp_path / "alone")
    run(settings, ["backup", "-o", out])
    assert run(alone, ["restore", out]).exit_code == 0
    store = open_store(alone.database_url)
    assert texts(store, made) == texts(library, made)
    assert sound_of(alone, store, made) == recording
    store.close()


@pytest.mark.parametrize("held", ["recordings", "texts"])
def test_what_is_there_is_not_restored_over(
    settings: Settings,
    elsewhere: Settings,
    library: Store,
    made: str,
    tmp_path: Path,
    held: str,
) -> None:
    out = tmp_path / "library.zip"
    run(settings, ["backup", "-o", out])
    url = settings.files_url if held == "recordings" else elsewhere.files_url
    database_url = settings.database_url if held == "texts" else elsewhere.database_url
    full = replace(elsewhere, files_url=url, database_url=database_url)
    before = list(files_of(settings).kept("media"))
    refused = run(full, ["restore", out])
    assert isinstance(refused.exception, FolderUnusable | InvalidValue)
    assert not elsewhere.data_dir.exists()
    assert list(files_of(settings).kept("media")) == before
    assert list(files_of(elsewhere).kept("media")) == []
    assert len(library.list_transcripts()) == 1


@pytest.fixture
def library(settings: Settings) -> Iterator[Store]:
    opened = open_store(settings.database_url)
    yield opened
    opened.close()
