"""The folder that holds a model's weights: found, put together, or downloaded."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from editor.errors import ModelUnavailable
from editor.weights.catalogue import MODELS, ModelSpec
from editor.weights.checksums import check_folder, has_all_files
from editor.weights.hub import download
from editor.weights.packaged import folder_in_place, join_files, packaged_files

Progress = Callable[[int, int], None]
Availability = Literal["cached", "packaged"]


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A model as a person can choose it; `available` is None where it must be downloaded first."""

    name: str
    download_bytes: int
    available: Availability | None
    english_only: bool


def model_choices(models_dir: Path) -> tuple[ModelChoice, ...]:
    """All models, smallest first."""
    return tuple(
        ModelChoice(spec.name, spec.download_bytes, available(name, models_dir), spec.english_only)
        for name, spec in MODELS.items()
    )


def available(name: str, models_dir: Path) -> Availability | None:
    """Where the weights of a model are at hand, None where they must be downloaded."""
    spec = MODELS.get(name)
    if spec is None:
        return None
    if has_all_files(spec, models_dir / name):
        return "cached"
    return "packaged" if packaged_files(name) else None


def ensure(name_or_path: str, models_dir: Path, *, on_progress: Progress | None = None) -> Path:
    """Give the folder with the weights of a model, getting them first if need be.

    Looked for in this order: the folder named, `models_dir`, installed packages, the model hub.
    `on_progress(done_bytes, total_bytes)` is called during a download; what it raises ends it.

    Raises:
        ModelUnavailable: they cannot be had, or a file is not the pinned one. Nothing of a wrong
            file is kept; a download broken off keeps what came and goes on there.
    """
    spec = MODELS.get(name_or_path)
    if spec is None:
        return _own_folder(name_or_path)
    # In the cache are only files that were checked on their way in: their size is enough.
    if has_all_files(spec, models_dir / spec.name):
        return models_dir / spec.name
    packaged = packaged_files(spec.name)
    if packaged and (in_place := folder_in_place(packaged)):
        check_folder(spec, in_place, advice="Install its package again.")
        return in_place
    return _fill_cache(spec, models_dir, packaged, on_progress or _no_progress)


def _own_folder(path: str) -> Path:
    folder = Path(path).expanduser()
    if (folder / "model.bin").is_file():
        return folder
    if folder.is_dir():
        raise ModelUnavailable(path, "this folder contains no model.bin.", "Choose another folder.")
    raise ModelUnavailable(
        path, "there is no such model.", f"Choose one of {', '.join(MODELS)}, or a folder."
    )


def _fill_cache(
    spec: ModelSpec,
    models_dir: Path,
    packaged: dict[str, list[Path]] | None,
    on_progress: Progress,
) -> Path:
    folder = models_dir / spec.name
    partial = models_dir / f".{spec.name}.part"
    models_dir.mkdir(parents=True, exist_ok=True)
    with locked(models_dir / f".{spec.name}.lock", lambda: on_progress(0, spec.download_bytes)):
        if has_all_files(spec, folder):
            return folder
        partial.mkdir(exist_ok=True)
        if packaged:
            join_files(packaged, partial)
            _check_or_clear(spec, partial)
        else:
            download(spec, partial, on_progress=on_progress)
        write_through(partial, spec.files)
        shutil.rmtree(folder, ignore_errors=True)
        os.replace(partial, folder)
    on_progress(spec.download_bytes, spec.download_bytes)
    return folder


def _check_or_clear(spec: ModelSpec, partial: Path) -> None:
    try:
        check_folder(spec, partial, advice="Install its packages again.")
    except ModelUnavailable:
        shutil.rmtree(partial)
        raise


def write_through(folder: Path, names: Iterable[str]) -> None:
    """Have files on the disk itself: later only their sizes are looked at, and a power cut must
    not leave files of zeros behind."""
    for name in names:
        with (folder / name).open("rb+") as file:
            os.fsync(file.fileno())


@contextmanager
def locked(path: Path, while_waiting: Callable[[], None]) -> Iterator[None]:
    """Hold a lock between processes; a call a second while waiting lets a cancel through."""
    lock = FileLock(path)
    while not lock.is_locked:
        try:
            lock.acquire(timeout=1)
        except Timeout:
            while_waiting()
    try:
        yield
    finally:
        lock.release()


def _no_progress(done_bytes: int, total_bytes: int) -> None:
    """For those who do not ask for progress."""
