"""Whether files are the ones that were pinned."""

from __future__ import annotations

import hashlib
from pathlib import Path

from editor.errors import ModelUnavailable
from editor.weights.catalogue import FileSpec, ModelSpec


def has_all_files(spec: ModelSpec, folder: Path) -> bool:
    """Whether all files are there, each in its size. Quick; does not look inside."""
    for name, file in spec.files.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != file.size_bytes:
            return False
    return True


def check_folder(spec: ModelSpec, folder: Path, *, advice: str) -> None:
    """Check the hash of each file (about a second for 1 GB).

    Raises:
        ModelUnavailable: naming the first file that is not the pinned one.
    """
    for name, file in spec.files.items():
        if not has_pinned_content(file, folder / name):
            raise checksum_mismatch(spec, name, advice=advice)


def has_pinned_content(file: FileSpec, path: Path) -> bool:
    """Whether a file has the pinned content."""
    return has_pinned_sha256(file.sha256, path)


def has_pinned_sha256(sha256: str, path: Path) -> bool:
    """Whether the content of a file has the pinned hash."""
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest() == sha256


def checksum_mismatch(spec: ModelSpec, file_name: str, *, advice: str) -> ModelUnavailable:
    """The error for a file with another content than the pinned one."""
    return ModelUnavailable(
        spec.name, f"{file_name} is not the published file (its SHA-256 differs).", advice
    )
