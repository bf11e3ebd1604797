from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from filelock import FileLock

from editor.cli import cli
from editor.config import Settings
from editor.errors import NotFound
from editor.library import disk_usage, jobs_browser_copy, recordings
from editor.storage.media_files import files_of
from editor.storage.uploads import uploads_of
from editor.store import Store
from tests.store.samples import many_lines
from tests.support.fresh import fresh_store
from tests.support.library import add_transcript, settings_for
from tests.support.servers import Bucket

DAY_S = 24 * 3600


@pytest.fixture(params=["folder", "bucket"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    here = settings_for(tmp_path / "data")
    if request.param == "folder":
        return here
    bucket: Bucket = request.getfixturevalue("bucket")
    return replace(here, files_url=bucket.url)


@pytest.fixture
def library(settings: Settings) -> Iterator[Store]:
    opened = fresh_store(settings.database_url)
    yield opened
    opened.close()


def add_file(settings: Settings, name: str, size_bytes: int, *, days_old: float = 0) -> Path:
    """A file of the library, as if it had been made days ago."""
    path = settings.data_dir / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(bytes(size_bytes))
    then = time.time() - days_old * DAY_S
    os.utime(path, (then, then))
    return path


def add_copy(settings: Settings, library: Store, transcript_id: str) -> str:
    """A transcript's copy for browsers; gives its name."""
    name = f"media/{transcript_id}/playable.m4a"
    add_file(settings, name, 5000)
    files_of(settings).keep(name)
    files_of(settings).release(f"media/{transcript_id}")
    library.update_transcript(transcript_id, browser_copy_path=name)
    return name


def removable(settings: Settings, library: Store, days: int = 30) -> list[tuple[str, str, int]]:
    found = disk_usage.look(settings, library, days=days).removable
    return [(one.kind, one.name, one.size_bytes) for one in found]


def names(settings: Settings) -> list[str]:
    return [one.name.rpartition("/")[2] for one in files_of(settings).kept("media")]


def test_room_is_told_by_transcript_and_in_all(settings: Settings, library: Store) -> None:
    small, large = (add_transcript(settings, library, title=title) for title in ("a", "b"))
    add_copy(settings, library, large)
    add_file(settings, "uploads/x", 700)
    found = disk_usage.look(settings, library)
    assert [one.transcript_id for one in found.transcripts] == [large, small]
    first = found.transcripts[0]
    assert (first.title, first.in_trash, first.copy_bytes) == ("b", False, 5000)
    # 6 s of 8 kHz, two bytes each, and a header.
    assert first.recording_bytes == 15 * 3200 * 2 + 44
    assert first.peaks_bytes > 0
    assert (first.work_bytes > 0) == (settings.files_url == "")
    assert found.database_bytes >= (settings.data_dir / "transcripts.db").stat().st_size
    assert found.uploads_bytes == 700
    files = sum(one.size_bytes for one in files_of(settings).kept("media"))
    assert found.total_bytes == files + found.database_bytes + 700


def test_what_is_made_again_goes_and_the_recording_stays(
    settings: Settings, library: Store
) -> None:
    item = add_transcript(settings, library)
    add_copy(settings, library, item)
    if not settings.files_url:
        add_file(settings, f"media/{item}/work.wav.phones", 60)
    kinds = ["copies"] if settings.files_url else ["copies", "work", "work"]
    assert [kind for kind, _, _ in removable(settings, library)] == kinds
    gone = disk_usage.clean(settings, library, ["copies", "work"])
    assert [one.kind for one in gone] == kinds
    assert names(settings) == ["original.wav", "peaks"]
    assert removable(settings, library) == []


def test_a_copy_without_its_recording_stays(settings: Settings, library: Store) -> None:
    item = add_transcript(settings, library)
    add_copy(settings, library, item)
    files_of(settings).delete(f"media/{item}/original.wav")
    assert disk_usage.clean(settings, library, disk_usage.KINDS) == ()


def test_nothing_goes_of_what_a_job_is_at_work_on(settings: Settings, library: Store) -> None:
    item = add_transcript(settings, library)
    add_copy(settings, library, item)
    library.move_to_trash(item)
    job = library.create_job("transcribe", item)
    assert disk_usage.clean(settings, library, disk_usage.KINDS, days=0) == ()
    library.request_cancel(job.id)
    assert [one.kind for one in disk_usage.clean(settings, library, disk_usage.KINDS, days=0)] == [
        "trash"
    ]
    assert (names(settings), library.list_transcripts()) == ([], [])


def test_trash_goes_when_it_is_old(settings: Settings, library: Store) -> None:
    item = add_transcript(settings, library)
    library.move_to_trash(item)
    disk_usage.clean(settings, library, ["trash"], days=1)
    assert library.transcript(item).deleted_ms is not None
    disk_usage.clean(settings, library, ["trash"], days=0)
    assert (names(settings), library.list_transcripts()) == ([], [])


def test_uploads_that_were_given_up_go(settings: Settings, library: Store) -> None:
    folder = uploads_of(settings)
    given_up, fresh = (folder.create("a.mp3", 10) for _ in range(2))
    then = time.time() - 8 * DAY_S
    os.utime(given_up.path, (then, then))
    assert removable(settings, library) == [("uploads", given_up.id, 0)]
    disk_usage.clean(settings, library, disk_usage.KINDS)
    assert not given_up.path.exists()
    assert folder.upload(fresh.id) == fresh
    # What is left where the power went while one was begun or deleted.
    for name in ("a" * 16, f"{'b' * 16}.json", f"{'c' * 16}.lock"):
        add_file(settings, f"uploads/{name}", 0, days_old=8)
    add_file(settings, f"uploads/{'d' * 16}.lock", 0)
    disk_usage.clean(settings, library, disk_usage.KINDS)
    left = {path.name.partition(".")[0] for path in given_up.path.parent.iterdir()}
    assert left == {fresh.id, "d" * 16}
    with pytest.raises(NotFound):
        folder.append("e" * 16, 0, BytesIO(b"x"), 1)
    assert not (given_up.path.parent / f"{'e' * 16}.lock").exists()


def test_what_dead_jobs_and_upgrades_were_writing_goes(settings: Settings, library: Store) -> None:
    item = add_transcript(settings, library)
    disk_usage.clean(settings, library, ["work"])
    parts = [f"media/{item}/.{name}.123.part" for name in ("work.wav", "playable.m4a", "peaks")]
    if not settings.files_url:
        for name in parts:
            add_file(settings, name, 70)
    copying = add_file(settings, ".transcripts.db.before-upgrade-from-0001.12.part", 50, days_old=2)
    add_file(settings, ".transcripts.db.before-upgrade-from-0002.12.part", 50)
    work = [] if settings.files_url else [("work", name, 70) for name in sorted(parts)]
    assert removable(settings, library) == [*work, ("leftovers", copying.name, 50)]
    job = library.create_job("transcribe", item)
    assert removable(settings, library) == [("leftovers", copying.name, 50)]
    library.request_cancel(job.id)
    disk_usage.clean(settings, library, disk_usage.KINDS)
    assert removable(settings, library) == []
    assert names(settings) == ["original.wav", "peaks"]


def test_copies_that_a_killed_worker_left_go_once_no_worker_is_there(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = replace(settings_for(tmp_path / "data"), files_url=bucket.url)
    library = fresh_store(settings.database_url)
    ended, working = (add_transcript(settings, library) for _ in range(2))
    library.create_job("transcribe", working)
    second = "worker-2/media"
    kept = [f"media/{working}/work.wav", f"{second}/{working}/x.mp3.7.arriving"]
    kept += [f"media/{ended}/peaks", "media/coming/original.mp3"]
    left = [f"media/{ended}/work.wav", f"{second}/{ended}/original.wav"]
    for name in (*kept, *left):
        add_file(settings, name, 100)
    with FileLock(settings.data_dir / "worker-2" / "worker.lock"):
        assert removable(settings, library) == [("fetched", left[0], 100)]
    assert removable(settings, library) == [("fetched", name, 100) for name in left]
    found = disk_usage.look(settings, library).removable
    with monkeypatch.context() as patched, FileLock(settings.data_dir / "worker.lock"):
        # A worker has begun since it was looked.
        patched.setattr(disk_usage, "look", lambda *_, **__: disk_usage.Storage((), 0, 0, found))
        disk_usage.clean(settings, library, disk_usage.KINDS)
    there = {name for name in (*kept, *left) if (settings.data_dir / name).exists()}
    assert there == {*kept, left[0]}
    later = time.time() + 2 * DAY_S
    monkeypatch.setattr("editor.library.jobs_browser_copy.time.time", lambda: later)
    disk_usage.clean(settings, library, ["fetched"])
    there = {name for name in (*kept, *left) if (settings.data_dir / name).exists()}
    assert there == set(kept[:3])
    # All are in the bucket as before.
    assert names(settings).count("original.wav") == 2
    library.close()


def test_leftovers_go_unless_they_are_being_made(library: Store, settings: Settings) -> None:
    kept = add_transcript(settings, library)
    add_file(settings, "media/nobodys/original.mp3", 300)
    add_file(settings, "packed/old", 40, days_old=2)
    add_file(settings, "packed/new", 40)
    add_file(settings, "transcripts.db.before-upgrade-from-0001", 50, days_old=40)
    add_file(settings, "transcripts.db.before-upgrade-from-0002", 50, days_old=2)
    there = ["packed/old", "transcripts.db.before-upgrade-from-0001"]
    found = [name for kind, name, _ in removable(settings, library) if kind == "leftovers"]
    assert found == there
    if not settings.files_url:
        add_file(settings, "media/nobodys/original.mp3", 300, days_old=2)
        found = [name for kind, name, _ in removable(settings, library) if kind == "leftovers"]
        assert found == ["media/nobodys", *there]
    disk_usage.clean(settings, library, ["leftovers"])
    assert [path.name for path in (settings.data_dir / "packed").iterdir()] == ["new"]
    assert (settings.data_dir / "media" / "nobodys").exists() == bool(settings.files_url)
    assert [row.id for row in library.list_transcripts()] == [kept]


class Quiet:
    """Progress that nobody looks at."""

    def report(self, fraction: float, phase: str, message: str = "") -> None: ...
    def checkpoint(self) -> None: ...


def test_a_copy_that_went_is_made_again(settings: Settings, library: Store) -> None:
    item = add_transcript(settings, library)
    name = add_copy(settings, library, item)
    disk_usage.clean(settings, library, ["copies"])
    first, second = (recordings.copy_soon(library, item).id for _ in range(2))
    assert first == second
    jobs_browser_copy.copy_for_browsers(settings, library, library.job(first), Quiet())
    assert (files_of(settings).size_bytes(name) or 0) > 1000
    assert (files_of(settings).here(name) is None) == bool(settings.files_url)


def test_the_command_tells_and_cleans(library: Store, settings: Settings) -> None:
    environ = {
        "TRANSCRIPT_EDITOR_DATA": str(settings.data_dir),
        "TRANSCRIPT_EDITOR_FILES_URL": settings.files_url,
    }

    def said(*words: str) -> list[str]:
        ran = CliRunner().invoke(cli, ["storage", *words], env=environ)
        assert ran.exit_code == 0, ran.output
        return [" ".join(line.split()) for line in ran.stdout.splitlines()]

    item = add_transcript(settings, library, title="Talk")
    add_copy(settings, library, item)
    library.move_to_trash(item)
    lines = said()
    assert "0.0 MB copies for browsers" in lines
    assert f"0.1 MB {item} Talk (trash)" in lines or f"0.3 MB {item} Talk (trash)" in lines
    told = (
        "0.0 MB removable (copies): 1 copies for browsers; made again when a transcript is opened"
    )
    assert told in lines
    assert said("--clean", "--only", "copies")[-1].endswith("Talk (trash)")
    assert "playable.m4a" not in names(settings)
    library.delete_transcript(many_lines(library))
    before = library.size_bytes()
    told = "unused space in the database"
    (gap,) = [line for line in said() if line.endswith(told)]
    size_mb = float(gap.removesuffix(f" MB removable (room): {told}"))
    assert size_mb > 1
    assert not any(line.endswith(told) for line in said("--clean", "--only", "room"))
    assert before - library.size_bytes() > size_mb * 0.9e6
    said("--clean", "--days", "0")
    assert (names(settings), json.dumps(removable(settings, library))) == ([], "[]")
