"""Uploaded files on disk: begun, continued, and taken over or thrown away.

How much has arrived is the size of the file and nothing else, so a killed server loses nothing it
has acknowledged.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock, Timeout

from editor.atomic import sync_folder
from editor.config import Settings
from editor.errors import (
    EditorError,
    FolderUnusable,
    InvalidValue,
    NotFound,
    UploadOffsetMismatch,
)
from editor.storage.disk import upload_room_bytes
from editor.storage.upload_errors import UploadBusy, UploadGone, UploadIncomplete, UploadTooLarge

KEEP_S = 7 * 24 * 3600
#: On a disk without room, uploads to which nothing was added for so long are forgotten sooner.
GIVE_WAY_S = 24 * 3600
_ID = re.compile(r"[A-Za-z0-9_-]{16}")
#: A longer piece is refused before it is read.
MOST_PIECE_BYTES = 64 * 1024 * 1024
_BLOCK_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that is arriving. `name` is what the person called it, never a path of ours."""

    id: str
    name: str
    path: Path
    length_bytes: int

    @property
    def offset_bytes(self) -> int:
        """How much has arrived."""
        return self.path.stat().st_size

    @property
    def expires_s(self) -> float:
        """When it may be thrown away, in seconds since the epoch."""
        return self.path.stat().st_mtime + KEEP_S


def uploads_of(settings: Settings) -> UploadFolder:
    """The uploads of a data folder."""
    return UploadFolder(settings.data_dir / "uploads", max_bytes=settings.upload_max_bytes)


class UploadFolder:
    """The uploads of one data directory; several processes may share it."""

    def __init__(self, folder: Path, *, max_bytes: int) -> None:
        self._folder = folder
        self.max_bytes = max_bytes

    def create(self, name: str, length_bytes: int) -> Upload:
        """Begin an upload.

        Raises:
            UploadTooLarge: more than `max_bytes` are announced.
            FolderUnusable: the disk has no room for it, though uploads that rested gave way.
        """
        plain = _plain_name(name)
        if length_bytes > self.max_bytes:
            raise UploadTooLarge(plain, self.max_bytes)
        self._folder.mkdir(parents=True, exist_ok=True)
        if length_bytes > upload_room_bytes(self._folder):
            self._delete_older_than(GIVE_WAY_S)
        if length_bytes > upload_room_bytes(self._folder):
            raise _no_room()
        upload_id = secrets.token_urlsafe(12)
        facts = json.dumps({"name": plain, "length_bytes": length_bytes})
        _write_durably(self._facts_path(upload_id), facts.encode())
        _write_durably(self._folder / upload_id, b"")
        sync_folder(self._folder)
        return self.upload(upload_id)

    def upload(self, upload_id: str) -> Upload:
        """Give an upload.

        Raises:
            UploadGone: there is none, or it has expired or been used.
        """
        path = self._folder / upload_id
        if not _ID.fullmatch(upload_id) or not path.is_file():
            raise UploadGone(upload_id)
        try:
            facts = json.loads(self._facts_path(upload_id).read_bytes())
        except FileNotFoundError:
            raise UploadGone(upload_id) from None
        return Upload(upload_id, facts["name"], path, facts["length_bytes"])

    def complete(self, upload_id: str) -> Upload:
        """Give an upload of which all has arrived.

        Raises:
            UploadGone: there is no such upload.
            UploadIncomplete: some of it is missing.
        """
        upload = self.upload(upload_id)
        arrived_bytes = upload.offset_bytes
        if arrived_bytes != upload.length_bytes:
            raise UploadIncomplete(upload.name, arrived_bytes, upload.length_bytes)
        return upload

    @contextmanager
    def taken(
        self, upload_id: str, *, spoiled_by: tuple[type[EditorError], ...] = ()
    ) -> Iterator[Upload]:
        """An upload of which all has arrived, for whoever asks first; used up in the end.

        It stays where what is done with it fails, unless that says that it is good for nothing.

        Raises:
            UploadGone, UploadIncomplete: as `complete`.
            UploadBusy: another request writes it or has it.
        """
        with self._only_writer(upload_id):
            upload = self.complete(upload_id)
            try:
                yield upload
            except spoiled_by:
                self._forget(upload_id)
                raise
            self._forget(upload_id)

    def append(self, upload_id: str, offset_bytes: int, body: BinaryIO, size: int | None) -> int:
        """Add a piece and give the new offset, once it is safely on disk.

        What arrived of a piece that breaks off is kept. `size` is the piece's length, if known.

        Raises:
            UploadOffsetMismatch: the piece does not begin where the stored part ends.
            UploadTooLarge: the piece goes beyond the announced length.
            UploadBusy: another request is writing.
            FolderUnusable: only the disk's reserve is left.
        """
        with self._only_writer(upload_id):
            upload = self.upload(upload_id)
            if offset_bytes != upload.offset_bytes:
                raise UploadOffsetMismatch(upload.offset_bytes, offset_bytes)
            room = upload.length_bytes - offset_bytes
            if size is not None and size > room:
                raise UploadTooLarge(upload.name, upload.length_bytes)
            free_bytes = upload_room_bytes(self._folder)
            if free_bytes <= 0:
                raise _no_room()
            _append_durably(upload.path, body, min(room, free_bytes))
            return upload.offset_bytes

    def delete(self, upload_id: str) -> None:
        """Forget an upload and its file, if that still is here.

        Raises:
            UploadBusy: another request is writing.
        """
        with self._only_writer(upload_id):
            self._forget(upload_id)

    def size_bytes(self) -> int:
        """The room that all uploads take."""
        size = 0
        for path in self._folder.glob("*"):
            # Another request may have used one up meanwhile.
            with suppress(FileNotFoundError):
                size += path.stat().st_size
        return size

    def expired(self) -> Iterator[tuple[str, int]]:
        """Uploads to which nothing was added for a week: their ids, and what arrived, in bytes.

        Of one that was being begun or deleted when the power went, a part is left.
        """
        return self._older_than(KEEP_S)

    def _older_than(self, age_s: float) -> Iterator[tuple[str, int]]:
        deadline = time.time() - age_s
        names = {path.name.partition(".")[0] for path in self._folder.glob("*")}
        for upload_id in sorted(filter(_ID.fullmatch, names)):
            parts = (
                self._folder / upload_id,
                self._facts_path(upload_id),
                self._lock_path(upload_id),
            )
            there = list(_stats(parts))
            if there and there[0].st_mtime < deadline:
                yield upload_id, there[0].st_size

    def delete_expired(self) -> None:
        """Forget uploads to which nothing was added for a week."""
        self._delete_older_than(KEEP_S)

    def _delete_older_than(self, age_s: float) -> None:
        for upload_id, _ in list(self._older_than(age_s)):
            # Of no matter to who asks: another request deletes it, too, or still writes.
            with suppress(UploadBusy, NotFound):
                self.delete(upload_id)

    def _forget(self, upload_id: str) -> None:
        for path in (self._folder / upload_id, self._facts_path(upload_id)):
            path.unlink(missing_ok=True)

    @contextmanager
    def _only_writer(self, upload_id: str) -> Iterator[None]:
        if not _ID.fullmatch(upload_id) or not self._folder.is_dir():
            raise UploadGone(upload_id)
        lock = FileLock(self._lock_path(upload_id))
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise UploadBusy(self.upload(upload_id).name) from None
        try:
            yield
        finally:
            lock.release()
            # A lock of an upload that is none (any more) would stay.
            if not (self._folder / upload_id).exists():
                self._lock_path(upload_id).unlink(missing_ok=True)

    def _facts_path(self, upload_id: str) -> Path:
        return self._folder / f"{upload_id}.json"

    def _lock_path(self, upload_id: str) -> Path:
        return self._folder / f"{upload_id}.lock"


def _no_room() -> FolderUnusable:
    advice = "Delete what nobody needs, or begin again later; what others upload counts, too."
    return FolderUnusable(
        "the disk of this server", "it has not enough space for this file.", advice
    )


def _stats(paths: Iterable[Path]) -> Iterator[os.stat_result]:
    """What is told of those that are there; another request may delete them meanwhile."""
    for path in paths:
        with suppress(FileNotFoundError):
            yield path.stat()


def _plain_name(name: str) -> str:
    """The last part of a name, without what could hide in it; for showing, not for opening."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(c for c in last if c.isprintable()).strip().strip(".")
    if not plain:
        raise InvalidValue("filename", "the file needs a name")
    return plain if len(plain) <= 200 else plain[:180] + plain[-20:]


def _append_durably(path: Path, body: BinaryIO, room: int) -> None:
    with path.open("ab") as file:
        try:
            while room > 0 and (block := body.read(min(_BLOCK_BYTES, room))):
                file.write(block)
                room -= len(block)
        finally:
            file.flush()
            os.fsync(file.fileno())


def _write_durably(path: Path, data: bytes) -> None:
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
