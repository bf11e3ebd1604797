"""Recordings and what was made of them, by name: a path relative to the data folder.

They lie in the data folder, or in a bucket of S3-compatible storage; then the data folder holds
only copies that are being worked on.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import lru_cache
from pathlib import Path
from stat import S_ISREG
from tempfile import TemporaryFile
from threading import get_ident
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from editor.config import PREFIX, Settings
from editor.errors import ExtraMissing, FolderUnusable, InvalidValue, NotFound, StoreBusy

_BLOCK_BYTES = 256 * 1024
log = logging.getLogger(__name__)


class KeptFile(NamedTuple):
    """A file that is kept; `modified_s` is the moment of its last change, since the epoch."""

    name: str
    size_bytes: int
    modified_s: float


class Files(Protocol):
    """What both ways of keeping files can do."""

    def here(self, name: str) -> Path | None:
        """The file on this machine, None where it is not."""

    def fetched(self, name: str) -> Path:
        """The file on this machine, brought here first where it is not. Raises NotFound."""

    def size_bytes(self, name: str) -> int | None:
        """How large a kept file is; None where there is none."""

    def read(self, name: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        """The bytes of a kept file from `first` to `last`, both included, or to its end."""

    def kept(self, folder: str) -> Iterator[KeptFile]:
        """All files kept below a folder, by name."""

    def keep(self, name: str) -> None:
        """Make a file lasting that was written on this machine."""

    def release(self, folder: str) -> None:
        """Let go of what is only a copy here."""

    def delete(self, name: str) -> None:
        """Delete a file, or all files below a folder."""

    def is_reachable(self) -> bool:
        """Whether files can be kept and read now."""


@lru_cache
def files_of(settings: Settings) -> Files:
    """Where the settings say that files are kept."""
    if settings.files_url:
        return BucketFiles(settings.data_dir, settings.files_url)
    return LocalFiles(settings.data_dir)


class LocalFiles:
    """Files in the data folder."""

    def __init__(self, data_dir: Path) -> None:
        self._data_dir = data_dir

    def place(self, name: str) -> Path:
        """Where a file of this name lies; a database that was sent may name any.

        Raises:
            InvalidValue: it leads out of its folder.
        """
        first, path = name.partition("/")[0], self._data_dir / name
        folder, is_ours = (self._data_dir / first).resolve(), bool(first) and ".." not in path.parts
        if not is_ours or not path.resolve().is_relative_to(folder):
            raise InvalidValue("file", f"{name[:80]!r} is not the name of a recording's file")
        return path

    def here(self, name: str) -> Path | None:
        path = self.place(name)
        if not name.startswith("media/"):
            raise InvalidValue("file", f"{name[:80]!r} is not the name of a recording's file")
        return path if path.is_file() else None

    def fetched(self, name: str) -> Path:
        path = self.here(name)
        if path is None:
            raise NotFound("file", name)
        return path

    def size_bytes(self, name: str) -> int | None:
        path = self.here(name)
        return None if path is None else path.stat().st_size

    def read(self, name: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        with self.fetched(name).open("rb") as file:
            file.seek(first)
            left = sys.maxsize if last is None else last + 1 - first
            while left > 0 and (block := file.read(min(_BLOCK_BYTES, left))):
                left -= len(block)
                yield block

    def kept(self, folder: str) -> Iterator[KeptFile]:
        for path in sorted((self._data_dir / folder).rglob("*")):
            try:
                found = path.stat()
            except FileNotFoundError:
                # Deleted since by somebody else.
                continue
            if S_ISREG(found.st_mode):
                name = path.relative_to(self._data_dir).as_posix()
                yield KeptFile(name, found.st_size, found.st_mtime)

    def keep(self, name: str) -> None:
        """Nothing to do: it lies where it stays."""

    def release(self, folder: str) -> None:
        """Nothing to do: there are no copies."""

    def delete(self, name: str) -> None:
        path = self.place(name)
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)

    def is_reachable(self) -> bool:
        # A full disk shows only once something is written.
        try:
            with TemporaryFile(dir=self._data_dir) as file:
                file.write(bytes(_BLOCK_BYTES))
        except OSError:
            return False
        return True


class BucketFiles:
    """Files in a bucket; credentials and the server's address come from AWS's own variables."""

    def __init__(self, data_dir: Path, url: str) -> None:
        parts = urlsplit(url)
        self._bucket, self._prefix = parts.netloc, parts.path.strip("/")
        self._local = LocalFiles(data_dir)
        self._data_dir = data_dir
        self._client = _client()

    def here(self, name: str) -> Path | None:
        return self._local.here(name)

    def fetched(self, name: str) -> Path:
        there = self._local.place(name)
        if there.is_file():
            return there
        if self.size_bytes(name) is None:
            raise NotFound("file", name)
        there.parent.mkdir(parents=True, exist_ok=True)
        arriving = there.with_name(f"{there.name}.{os.getpid()}.{get_ident()}.arriving")
        with _told():
            self._client.download_file(self._bucket, self._key(name), str(arriving))
        arriving.replace(there)
        return there

    def size_bytes(self, name: str) -> int | None:
        with _told():
            try:
                head = self._client.head_object(Bucket=self._bucket, Key=self._key(name))
            except self._client.exceptions.ClientError as error:
                if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
                    return None
                raise
        return int(head["ContentLength"])

    def read(self, name: str, first: int = 0, last: int | None = None) -> Iterator[bytes]:
        whole = first == 0 and last is None
        span = {} if whole else {"Range": f"bytes={first}-{'' if last is None else last}"}
        with _told():
            try:
                found = self._client.get_object(Bucket=self._bucket, Key=self._key(name), **span)
            except self._client.exceptions.NoSuchKey as error:
                raise NotFound("file", name) from error
        with closing(found["Body"]) as body, _told():
            yield from body.iter_chunks(_BLOCK_BYTES)

    def kept(self, folder: str) -> Iterator[KeptFile]:
        for found in self._objects(folder):
            name = found["Key"][len(self._key("")) :]
            yield KeptFile(name, int(found["Size"]), found["LastModified"].timestamp())

    def keep(self, name: str) -> None:
        with _told():
            self._client.upload_file(str(self._data_dir / name), self._bucket, self._key(name))

    def release(self, folder: str) -> None:
        self._local.delete(folder)

    def delete(self, name: str) -> None:
        self._local.delete(name)
        for key in (self._key(name), *(found["Key"] for found in self._objects(name))):
            with _told():
                self._client.delete_object(Bucket=self._bucket, Key=key)

    def is_reachable(self) -> bool:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            self._client.head_bucket(Bucket=self._bucket)
        except (BotoCoreError, ClientError):
            return False
        return True

    def _objects(self, folder: str) -> Iterator[Any]:
        pages = self._client.get_paginator("list_objects_v2").paginate(
            Bucket=self._bucket, Prefix=self._key(folder) + "/"
        )
        with _told():
            for page in pages:
                yield from page.get("Contents", ())

    def _key(self, name: str) -> str:
        return f"{self._prefix}/{name}" if self._prefix else name


@contextmanager
def _told() -> Iterator[None]:
    """Tell in our words that the bucket cannot be used, now or at all.

    Raises:
        StoreBusy: nothing answers, or it has too much to do.
        FolderUnusable: it is refused, as without the right credentials.
    """
    from boto3.exceptions import Boto3Error
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        if _is_away(error):
            log.warning("The storage of the recordings cannot be reached: %s", error)
            raise StoreBusy("The storage of the recordings cannot be reached") from error
        place, reason = "the storage of the recordings", f"{str(error).rstrip('.')}."
        advice = f"Check {PREFIX}FILES_URL and AWS's own variables."
        raise FolderUnusable(place, reason, advice, place.capitalize()) from error


def _is_away(error: BaseException) -> bool:
    """Whether a bucket may do later, as it is set up now, what it did not."""
    from boto3.exceptions import RetriesExceededError, S3UploadFailedError
    from botocore import exceptions

    cause = error.__context__ if isinstance(error, S3UploadFailedError) else error
    if isinstance(cause, exceptions.ClientError):
        return int(cause.response["ResponseMetadata"]["HTTPStatusCode"]) >= 500
    return isinstance(
        cause,
        (
            exceptions.HTTPClientError,
            exceptions.ConnectionError,
            exceptions.IncompleteReadError,
            # They come from a server, too.
            exceptions.CredentialRetrievalError,
            exceptions.MetadataRetrievalError,
            RetriesExceededError,
        ),
    )


def _client() -> Any:
    try:
        import boto3
    except ModuleNotFoundError as error:
        raise ExtraMissing(f"{PREFIX}FILES_URL") from error
    from botocore.config import Config

    # Other makers' servers do not know the checksums that AWS asks for of late.
    config = Config(
        connect_timeout=10,
        read_timeout=60,
        retries={"mode": "standard", "max_attempts": 4},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    return boto3.client("s3", config=config)
