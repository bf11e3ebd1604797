"""What the library takes on its disk, and what of it can go without a loss.

Owns what counts as removable. Nothing goes that somebody may still want: no recording outside the
trash, no text, nothing of a transcript that a job is at work on.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Literal, get_args

from editor.asr import WORK_FILES
from editor.config import Settings
from editor.jobs import without_worker
from editor.library.jobs_browser_copy import left_here
from editor.library.jobs_make import is_made
from editor.library.microphones import is_own_sound
from editor.library.recordings import MEDIA, PEAKS, PLAYABLE
from editor.library.transcripts import delete_transcript
from editor.library.worker import WORKER_DIR
from editor.storage.media_files import Files, KeptFile, LocalFiles, files_of
from editor.storage.uploads import uploads_of
from editor.store import Sought, Store, TranscriptRow, sqlite_path

#: `copies` for browsers and `work` files are made again when needed, `uploads` were given up for a
#: week, `trash` is old, `leftovers` belong to nothing or are copies made before old upgrades,
#: `room` is what the database needs no more where texts were deleted, `fetched` are copies of what
#: lies in a bucket, on this machine.
Kind = Literal["copies", "work", "uploads", "trash", "leftovers", "room", "fetched"]
KINDS: tuple[Kind, ...] = get_args(Kind)
#: Trash, and copies of the database before an upgrade, are old after so many days.
DAYS = 30
#: How names end of what is being written.
PARTIAL = ".part"
#: Less room in the database is not worth a word: it is soon written again.
LEAST_ROOM_BYTES = 1_000_000
_DAY_S = 24 * 3600
_PARTS = {
    "original": "recording_bytes",
    PurePosixPath(PLAYABLE).stem: "copy_bytes",
    PEAKS: "peaks_bytes",
}


@dataclass(frozen=True, slots=True)
class Held:
    """What the files of a transcript take, in bytes; its texts are in the database.

    `work_bytes` is what is needed only while it is listened to.
    """

    transcript_id: str
    title: str
    in_trash: bool
    recording_bytes: int = 0
    copy_bytes: int = 0
    peaks_bytes: int = 0
    work_bytes: int = 0

    @property
    def total_bytes(self) -> int:
        """All its files."""
        return self.recording_bytes + self.copy_bytes + self.peaks_bytes + self.work_bytes


@dataclass(frozen=True, slots=True)
class Removable:
    """What can go: a transcript or an upload by its id, else a file or a folder by its name."""

    kind: Kind
    name: str
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Storage:
    """All that the library takes, in bytes; of the transcripts the largest first."""

    transcripts: tuple[Held, ...]
    database_bytes: int
    uploads_bytes: int
    removable: tuple[Removable, ...]

    @property
    def total_bytes(self) -> int:
        """Everything but what belongs to nothing."""
        files = sum(one.total_bytes for one in self.transcripts)
        return files + self.database_bytes + self.uploads_bytes


def look(settings: Settings, store: Store, *, days: int = DAYS) -> Storage:
    """What is there, and what can go: of the trash what has been there for `days`."""
    # First the files: what is made after that is in none of the lists.
    files = _by_transcript(files_of(settings))
    rows = [
        row
        for in_trash in (False, True)
        for row in store.list_transcripts(Sought(in_trash=in_trash))
    ]
    held = [_held(row, files.get(row.id, ())) for row in rows]
    removable = [
        *_of_transcripts(store, rows, files, store.now() - days * _DAY_S * 1000),
        *(Removable("uploads", *upload) for upload in uploads_of(settings).expired()),
        *_without_row(files, {row.id for row in rows}),
        *_left_over(settings, days),
        *_room(store.free_bytes(), LEAST_ROOM_BYTES),
        *_fetched(settings, store),
    ]
    return Storage(
        tuple(sorted(held, key=lambda one: one.total_bytes, reverse=True)),
        store.size_bytes(),
        uploads_of(settings).size_bytes(),
        tuple(removable),
    )


def clean(
    settings: Settings, store: Store, kinds: Collection[Kind], *, days: int = DAYS
) -> tuple[Removable, ...]:
    """Remove what can go of some kinds; gives what went, with the room that the database gave back.

    What is deleted for good leaves room in the database, too.
    """
    found = look(settings, store, days=days).removable
    chosen = [one for one in found if one.kind in kinds]
    gone = [one for one in chosen if one.kind != "room"]
    for one in gone:
        if one.kind == "trash":
            delete_transcript(settings, store, one.name)
        elif one.kind == "uploads":
            uploads_of(settings).delete(one.name)
        elif one.kind == "fetched":
            _let_go(settings, one.name)
        else:
            files_of(settings).delete(one.name)
    leaves_room = any(one.kind in ("trash", "room") for one in chosen)
    return (*gone, *_room(store.vacuum() if leaves_room else 0, 1))


_FilesOf = dict[str, list[KeptFile]]


def _by_transcript(files: Files) -> _FilesOf:
    found: _FilesOf = {}
    for one in files.kept(MEDIA):
        found.setdefault(PurePosixPath(one.name).parts[1], []).append(one)
    return found


def _held(row: TranscriptRow, files: Collection[KeptFile]) -> Held:
    sizes = dict.fromkeys([*_PARTS.values(), "work_bytes"], 0)
    for one in files:
        sizes[_PARTS.get(PurePosixPath(one.name).stem, "work_bytes")] += one.size_bytes
    return Held(row.id, row.title, row.deleted_ms is not None, **sizes)


def _of_transcripts(
    store: Store, rows: Collection[TranscriptRow], files: _FilesOf, old_ms: int
) -> Iterator[Removable]:
    """Old trash whole, and of all others what is made again; where no job is at work."""
    busy = {job.transcript_id for job in store.jobs(active_only=True)}
    for row in rows:
        own = files.get(row.id, [])
        if row.id in busy:
            continue
        if row.deleted_ms is not None and row.deleted_ms <= old_ms:
            yield Removable("trash", row.id, sum(one.size_bytes for one in own))
        else:
            yield from _made_again(row, own)


def _made_again(row: TranscriptRow, files: Collection[KeptFile]) -> Iterator[Removable]:
    names = {one.name for one in files}
    for one in files:
        if row.media_path not in names:
            continue
        name = PurePosixPath(one.name).name
        if name in WORK_FILES or is_own_sound(name) or is_made(name):
            yield Removable("work", one.name, one.size_bytes)
        elif one.name == row.browser_copy_path:
            yield Removable("copies", one.name, one.size_bytes)
        elif PurePosixPath(one.name).suffix == PARTIAL:
            yield Removable("work", one.name, one.size_bytes)


def _without_row(files: _FilesOf, ids: Collection[str]) -> Iterator[Removable]:
    """Folders of no transcript, unless one is just being made."""
    for folder, own in files.items():
        if folder not in ids and _are_older(own, 1):
            yield Removable("leftovers", f"{MEDIA}/{folder}", sum(one.size_bytes for one in own))


def _left_over(settings: Settings, days: int) -> Iterator[Removable]:
    """Packed projects that nobody fetched, and copies of the database before old upgrades."""
    path = sqlite_path(settings.database_url)
    for one in LocalFiles(settings.data_dir).kept("packed"):
        if _are_older([one], 1):
            yield Removable("leftovers", one.name, one.size_bytes)
    if path is not None and path.parent == settings.data_dir:
        for copy in sorted(path.parent.glob(f"*{path.name}.before-upgrade-from-*")):
            found = copy.stat()
            kept_days = 1 if copy.suffix == PARTIAL else days
            if found.st_mtime < time.time() - kept_days * _DAY_S:
                yield Removable("leftovers", copy.name, found.st_size)


def _room(size_bytes: int, least_bytes: int) -> Iterator[Removable]:
    if size_bytes >= least_bytes:
        yield Removable("room", "", size_bytes)


def _fetched(settings: Settings, store: Store) -> Iterator[Removable]:
    """Copies that a worker left here which was killed and has not begun again."""
    for folder in (settings.data_dir, *sorted(settings.data_dir.glob(f"{WORKER_DIR}*"))):
        with without_worker(folder) as is_left:
            for one in left_here(replace(settings, data_dir=folder), store) if is_left else ():
                name = (folder / one.name).relative_to(settings.data_dir)
                yield Removable("fetched", name.as_posix(), one.size_bytes)


def _let_go(settings: Settings, name: str) -> None:
    """Remove a copy, unless a worker has begun meanwhile, which may need it."""
    folder = settings.data_dir / name.partition(f"{MEDIA}/")[0]
    with without_worker(folder) as is_left:
        if is_left:
            LocalFiles(settings.data_dir).delete(name)


def _are_older(files: Collection[KeptFile], days: int) -> bool:
    return all(one.modified_s < time.time() - days * _DAY_S for one in files)
