"""Files that appear whole or not at all, and what killed programs left half-written beside them."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

#: Which machine's process writes it: a number says nothing of another machine's.
_HERE = hashlib.sha256(socket.gethostname().encode()).hexdigest()[:8]
_PREFIX = f".transcript-editor.{_HERE}."
_LEFT = re.compile(re.escape(_PREFIX) + r"(\d{1,10})\.\w+")


@contextmanager
def written_whole(path: Path, *, is_private: bool = False) -> Iterator[BinaryIO]:
    """A file to write to, which takes the place of `path` only if all goes well.

    What is no plain file, as a pipe or /dev/null, is written to as it is. One that `is_private`
    only its owner may read, unless it was there and others might.
    """
    path = path.resolve()
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    remove_left(path.parent)
    partial = path.parent / f"{_PREFIX}{os.getpid()}.{secrets.token_hex(4)}"
    try:
        with open(partial, "xb", opener=_opened_for_owner if is_private else None) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if path.exists():
            shutil.copymode(path, partial)
        os.replace(partial, path)
        sync_folder(path.parent)
    finally:
        partial.unlink(missing_ok=True)


def _opened_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def folder_for_work(parent: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for half-done work; the next one removes it where this program is killed."""
    remove_left(parent)
    return tempfile.TemporaryDirectory(dir=parent, prefix=f"{_PREFIX}{os.getpid()}.")


def remove_left(folder: Path) -> None:
    """Remove what programs on this machine began in a folder and did not live to finish."""
    for path in folder.glob(f"{_PREFIX}*"):
        found = _LEFT.fullmatch(path.name)
        if found is None or _is_running(int(found[1])):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def sync_file(path: Path) -> None:
    """See that a file is on the disk, and its name in its folder, before anything speaks of it."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """See that the names in a folder are on the disk, where the system has a way to."""
    if os.name == "nt":
        return
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def _is_running(process_id: int) -> bool:
    if os.name == "nt":
        # To ask would end it there.
        return process_id == os.getpid()
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
