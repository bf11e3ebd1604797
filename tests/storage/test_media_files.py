from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from editor.errors import FolderUnusable, InvalidValue, NotFound, StoreBusy
from editor.storage.media_files import BucketFiles, Files, LocalFiles
from tests.support.servers import Bucket, free_port

NAME = "media/a/original.mp3"
SOUND = bytes(range(256)) * 4096


@pytest.fixture(params=["local", "bucket"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> Files:
    if request.param == "local":
        return LocalFiles(tmp_path)
    bucket: Bucket = request.getfixturevalue("bucket")
    return BucketFiles(tmp_path, bucket.url)


def write(folder: Path, name: str = NAME, data: bytes = SOUND) -> None:
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(data)


def test_kept_file_is_told_read_in_parts_and_fetched(files: Files, tmp_path: Path) -> None:
    write(tmp_path)
    files.keep(NAME)
    files.release("media/a")
    assert files.size_bytes(NAME) == len(SOUND)
    assert b"".join(files.read(NAME, 0, len(SOUND) - 1)) == SOUND
    assert b"".join(files.read(NAME, 1000, 1002)) == SOUND[1000:1003]
    assert b"".join(files.read(NAME)) == SOUND
    assert files.fetched(NAME).read_bytes() == SOUND
    assert files.here(NAME) is not None
    assert list(tmp_path.rglob("*.arriving")) == []
    assert files.is_reachable()


def test_many_threads_fetch_one_file_at_once(bucket: Bucket, tmp_path: Path) -> None:
    files = BucketFiles(tmp_path, bucket.url)
    write(tmp_path)
    files.keep(NAME)
    for _ in range(3):
        files.release("media/a")
        with ThreadPoolExecutor(4) as pool:
            fetched = list(pool.map(lambda _: files.fetched(NAME).read_bytes(), range(4)))
        assert fetched == [SOUND] * 4
    assert list(tmp_path.rglob("*.arriving")) == []


def test_only_a_bucket_that_does_not_answer_is_tried_again(
    bucket: Bucket, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    refused = BucketFiles(tmp_path, bucket.url.replace("s3://", "s3://no-"))
    monkeypatch.setenv("AWS_ENDPOINT_URL_S3", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    away = BucketFiles(tmp_path, bucket.url)
    for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY"):
        monkeypatch.delenv(f"AWS_{name}")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    # It remembers the credentials that it found.
    monkeypatch.setattr("boto3.DEFAULT_SESSION", None)
    nobody = BucketFiles(tmp_path, bucket.url)
    write(tmp_path)
    for files, told in ((away, StoreBusy), (refused, FolderUnusable), (nobody, FolderUnusable)):
        for ask in (
            lambda files=files: files.keep(NAME),
            lambda files=files: list(files.kept("media")),
            lambda files=files: list(files.read("media/b/original.mp3")),
            lambda files=files: files.delete("media/b"),
        ):
            with pytest.raises(told, match=r"^[Tt]he storage of the recordings"):
                ask()
        assert not files.is_reachable()


def names(files: Files, folder: str) -> list[str]:
    return [one.name for one in files.kept(folder)]


def test_deleted_file_is_gone_and_its_neighbour_stays(files: Files, tmp_path: Path) -> None:
    for name in (NAME, f"{NAME}x"):
        write(tmp_path, name)
        files.keep(name)
    files.delete(NAME)
    assert names(files, "media") == [f"{NAME}x"]
    files.delete(NAME)


def test_missing_file_is_told(files: Files) -> None:
    assert files.size_bytes(NAME) is None
    assert files.here(NAME) is None
    with pytest.raises(NotFound):
        files.fetched(NAME)
    with pytest.raises(NotFound):
        next(files.read(NAME))
    assert list(files.kept("media")) == []


def test_empty_file_is_kept_and_read(files: Files, tmp_path: Path) -> None:
    write(tmp_path, data=b"")
    files.keep(NAME)
    files.release("media/a")
    assert (files.size_bytes(NAME), b"".join(files.read(NAME))) == (0, b"")


def test_deleted_folder_is_gone_and_its_neighbour_stays(files: Files, tmp_path: Path) -> None:
    for name in (NAME, "media/a/peaks", "media/ab/peaks"):
        write(tmp_path, name)
        files.keep(name)
    assert names(files, "media") == [NAME, "media/a/peaks", "media/ab/peaks"]
    (one,) = files.kept("media/ab")
    assert one[:2] == ("media/ab/peaks", len(SOUND))
    assert abs(one.modified_s - time.time()) < 60
    files.delete("media/a")
    assert names(files, "media") == ["media/ab/peaks"]
    found = [files.size_bytes(name) for name in (NAME, "media/a/peaks", "media/ab/peaks")]
    assert found == [None, None, len(SOUND)]


def test_other_machine_gets_what_was_kept_here(bucket: Bucket, tmp_path: Path) -> None:
    here, there = (BucketFiles(tmp_path / name, bucket.url) for name in ("here", "there"))
    write(tmp_path / "here")
    here.keep(NAME)
    here.release("media/a")
    assert not (tmp_path / "here" / NAME).exists()
    assert there.fetched(NAME) == tmp_path / "there" / NAME
    assert (tmp_path / "there" / NAME).read_bytes() == SOUND


def test_bucket_that_is_not_there_is_not_reachable(bucket: Bucket, tmp_path: Path) -> None:
    assert not BucketFiles(tmp_path, bucket.url.replace("s3://b", "s3://no")).is_reachable()


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "media/../../x", "transcripts.db", "..", "media/l/x"]
)
def test_no_name_leads_out_of_the_recordings(tmp_path: Path, name: str) -> None:
    data = tmp_path / "data"
    (data / "media").mkdir(parents=True)
    (tmp_path / "outside").mkdir()
    for path in (tmp_path / "x", data / "transcripts.db", tmp_path / "outside" / "x"):
        path.write_text("secret")
    (data / "media" / "l").symlink_to(tmp_path / "outside")
    files = LocalFiles(data)
    for use in (
        files.here,
        files.fetched,
        files.size_bytes,
        lambda n: next(files.read(n)),
    ):
        with pytest.raises(InvalidValue, match="is not the name of a recording's file"):
            use(name)
    if name != "transcripts.db":
        with pytest.raises(InvalidValue):
            files.delete(name)
    assert (tmp_path / "x").exists()
