"""A zip file of named members with their sizes and checksums, written whole or not at all.

Whoever reads one trusts nothing in it: not its names, not its sizes, not that it ends.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from editor.atomic import written_whole
from editor.errors import FolderUnusable, UnreadableArchive, folder_unusable

MANIFEST = "manifest.json"
_BLOCK_BYTES = 1024 * 1024
#: A manifest has as many bytes at most of itself, and for each member.
_MOST_FACTS_BYTES, _MOST_LISTED_BYTES = 64 * 1024, 1024
_MOST_DIRECTORY_BYTES = 64 * 1024 * 1024
#: The only names there are: no empty part, none that begins with a dot, no drive, no backslash.
_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}(/[A-Za-z0-9_-][A-Za-z0-9_.-]{0,99}){0,3}")
#: What reading can raise, a place that lies outside of the file (OSError) among it.
_DAMAGE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
)


@dataclass(frozen=True, slots=True)
class Member:
    """What a manifest says of a member."""

    name: str
    size_bytes: int
    sha256: str


def write_members(
    out: Path,
    kind: str,
    facts: Mapping[str, Any],
    members: Iterable[tuple[str, Iterable[bytes]]],
    *,
    is_private: bool = False,
) -> None:
    """Write an archive to `out`, which appears only when it is complete and on the disk.

    Each member comes in blocks, which are asked for when its turn has come. Where it `is_private`,
    only its owner may read it.

    Raises:
        FolderUnusable: it cannot be written there.
    """
    try:
        with (
            written_whole(out, is_private=is_private) as file,
            zipfile.ZipFile(file, "w", allowZip64=True) as archive,
        ):
            written = [_add(archive, name, content) for name, content in members]
            listed = {m.name: {"bytes": m.size_bytes, "sha256": m.sha256} for m in written}
            manifest = {"kind": kind, "version": 1, **facts, "members": listed}
            archive.writestr(MANIFEST, json.dumps(manifest, indent=1), zipfile.ZIP_DEFLATED)
    except OSError as error:
        raise folder_unusable(error, out) from error


class Members:
    """An archive that is read; `facts` is its manifest without the members."""

    def __init__(
        self, name: str, archive: zipfile.ZipFile, facts: dict[str, Any], members: list[Member]
    ) -> None:
        self.name, self.facts = name, facts
        self.members = {member.name: member for member in members}
        self._archive = archive

    def read(self, member_name: str) -> bytes:
        """A member that is kept in memory; how large it may be, `open_members` was told.

        Raises:
            UnreadableArchive: it is not there, or not as the manifest says.
        """
        return b"".join(self._blocks(self._member(member_name)))

    def extract(self, member_name: str, target: Path) -> None:
        """Write a member to `target`.

        Raises:
            UnreadableArchive: it is not there, or not as the manifest says; `target` is in part
                written then.
        """
        member = self._member(member_name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            for block in self._blocks(member):
                file.write(block)
            file.flush()
            os.fsync(file.fileno())

    def _member(self, member_name: str) -> Member:
        if member_name not in self.members:
            raise UnreadableArchive(self.name, f"{member_name} is missing from it.")
        return self.members[member_name]

    def _blocks(self, member: Member) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), member.size_bytes
        try:
            with self._archive.open(member.name) as content:
                while block := content.read(min(_BLOCK_BYTES, left + 1)):
                    left -= len(block)
                    if left < 0:
                        break
                    digest.update(block)
                    yield block
        except (KeyError, *_DAMAGE) as error:
            raise UnreadableArchive(self.name, f"its file {member.name} is damaged.") from error
        if left or digest.hexdigest() != member.sha256:
            raise UnreadableArchive(
                self.name, f"its file {member.name} has been altered.", "Use another copy."
            )


@contextmanager
def open_members(
    path: Path,
    kind: str,
    *,
    most_members: int,
    most_bytes: int,
    newest: int = 1,
    named: str | None = None,
) -> Iterator[Members]:
    """Open an archive of a kind, of a version up to the `newest`.

    `named` is what a person calls it, for messages.

    Raises:
        UnreadableArchive: it is no such archive, a newer one, damaged, or beyond the limits.
    """
    name = named or path.name
    try:
        with path.open("rb") as file:
            _check_directory(file, name, most_members + 1)
            with _archive_in(file, name) as archive:
                facts = _manifest(archive, name, kind, most_members, newest)
                members = _members(facts, archive, name, most_members)
                total = sum(member.size_bytes for member in members)
                if total > most_bytes:
                    reason = f"unpacked it takes {total} bytes, and {most_bytes} are taken at most."
                    raise UnreadableArchive(name, reason)
                yield Members(name, archive, facts, members)
    except FileNotFoundError as error:
        raise UnreadableArchive(name, "there is no such file.") from error


def check_room(folder: Path, wanted_bytes: int) -> None:
    """See that a folder's disk has room.

    Raises:
        FolderUnusable: it has not.
    """
    free = shutil.disk_usage(folder).free
    if wanted_bytes > free:
        reason = f"{wanted_bytes} bytes are needed and {free} are free on its disk."
        raise FolderUnusable(str(folder), reason, "Free some space first.")


def _add(archive: zipfile.ZipFile, name: str, blocks: Iterable[bytes]) -> Member:
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    is_sound = name.startswith("media/")
    entry.compress_type = zipfile.ZIP_STORED if is_sound else zipfile.ZIP_DEFLATED
    with archive.open(entry, "w", force_zip64=True) as target:
        for block in blocks:
            digest.update(block)
            size += target.write(block)
    return Member(name, size, digest.hexdigest())


def blocks_of(path: Path) -> Iterator[bytes]:
    """A file of this machine in blocks."""
    with path.open("rb") as file:
        while block := file.read(_BLOCK_BYTES):
            yield block


def _check_directory(file: BinaryIO, name: str, most_entries: int) -> None:
    """Refuse a list of entries that would fill the memory before one of them is read."""
    end = file.seek(0, os.SEEK_END)
    file.seek(max(0, end - 65_557))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        raise UnreadableArchive(name, "it is not a ZIP archive, or it is incomplete.")
    count, size = struct.unpack_from("<HI", tail, at + 10)
    if (count == 0xFFFF or size == 0xFFFFFFFF) and at >= 20:
        _, offset = struct.unpack_from("<4xIQ", tail, at - 20)
        file.seek(min(offset, end))
        record = file.read(56)
        if len(record) < 56 or not record.startswith(b"PK\x06\x06"):
            raise UnreadableArchive(name, "it is damaged.")
        count, size = struct.unpack_from("<QQ", record, 32)
    if count > most_entries or size > _MOST_DIRECTORY_BYTES:
        raise UnreadableArchive(name, f"it lists {count} files, and {most_entries} is the most.")
    file.seek(0)


def _archive_in(file: BinaryIO, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except _DAMAGE as error:
        raise UnreadableArchive(name, "it is damaged, or of another kind.") from error


def _manifest(
    archive: zipfile.ZipFile, name: str, kind: str, most: int, newest: int
) -> dict[str, Any]:
    # A list of members that is none at once fills the memory when it is read.
    entries = min(most, len(archive.infolist()))
    most_bytes = _MOST_FACTS_BYTES + entries * _MOST_LISTED_BYTES
    try:
        with archive.open(MANIFEST) as file:
            data = file.read(most_bytes + 1)
        facts = json.loads(data) if len(data) <= most_bytes else None
    except (KeyError, RecursionError, *_DAMAGE) as error:
        raise UnreadableArchive(name, f"it is not a {kind}.") from error
    if not isinstance(facts, dict) or facts.get("kind") != kind:
        raise UnreadableArchive(name, f"it is not a {kind}.")
    if facts.get("version") not in range(1, newest + 1):
        raise UnreadableArchive(
            name, "it was written by a newer version.", "Update the program first."
        )
    return facts


def _members(facts: dict[str, Any], archive: zipfile.ZipFile, name: str, most: int) -> list[Member]:
    listed = facts.pop("members", None)
    if not isinstance(listed, dict) or len(listed) > most:
        raise UnreadableArchive(
            name, f"its list of files is missing or has more than {most} entries."
        )
    names = [info.filename for info in archive.infolist()]
    if len(set(names)) != len(names):
        raise UnreadableArchive(name, "it contains two files with the same name.")
    return [_member(name, member_name, said) for member_name, said in listed.items()]


def _member(name: str, member_name: str, said: object) -> Member:
    if not _NAME.fullmatch(member_name):
        raise UnreadableArchive(name, f"it contains an unexpected file {member_name[:100]!r}.")
    size = said.get("bytes") if isinstance(said, dict) else None
    digest = said.get("sha256") if isinstance(said, dict) else None
    if type(size) is not int or size < 0 or not isinstance(digest, str):
        raise UnreadableArchive(name, f"what it says of {member_name} cannot be read.")
    return Member(member_name, size, digest)
