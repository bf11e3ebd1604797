"""A library in one file: the database at one moment, and the files of each transcript.

Left out is what is made anew when needed: work files, models, the queue; and uploads under way.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from editor import __version__
from editor.asr import WORK_FILES
from editor.atomic import folder_for_work
from editor.config import Settings
from editor.errors import FolderUnusable, InvalidValue, UnreadableArchive, folder_unusable
from editor.library.jobs_make import is_made
from editor.library.microphones import is_own_sound
from editor.library.recordings import MEDIA
from editor.library.zip_members import Members, blocks_of, check_room, open_members, write_members
from editor.storage.media_files import Files, files_of
from editor.store import (
    check_received,
    check_sqlite,
    copy_database,
    move_database,
    sqlite_path,
)

KIND = "transcript-editor backup"
DATABASE = "transcripts.db"
#: The only files there are beside the database; what is made anew is in none of ours.
_OF_RECORDING = re.compile(r"media/[A-Za-z0-9_-]{1,64}/[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_MOST_MEMBERS = 1_000_000
_MOST_BYTES = 2**53


@dataclass(frozen=True, slots=True)
class Restored:
    """What a backup held."""

    transcript_count: int
    file_count: int


def back_up(
    settings: Settings, out: Path, *, on_file: Callable[[str], None] = lambda name: None
) -> int:
    """Write the library to `out` while it is in use; gives the number of media files in it.

    Raises:
        FolderUnusable: there is no library, or `out` cannot be written.
    """
    files, written = files_of(settings), list[str]()
    with _folder_beside(out) as scratch:
        copy = Path(scratch) / DATABASE
        copy_database(settings.database_url, copy)

        def members() -> Iterator[tuple[str, Iterable[bytes]]]:
            yield DATABASE, blocks_of(copy)
            for name in list(media_names(files)):
                # Else deleted since by somebody, with its transcript.
                if files.size_bytes(name) is not None:
                    on_file(name)
                    written.append(name)
                    yield name, files.read(name)

        # It holds all that the data folder keeps for its owner alone.
        write_members(out, KIND, {"program": __version__}, members(), is_private=True)
    return len(written)


def media_names(files: Files) -> Iterator[str]:
    """The names of all files of recordings but those that are made anew when needed.

    What a job has in a folder of its own meanwhile, such as voices, is not a recording's.
    """
    for one in files.kept(MEDIA):
        last = one.name.rpartition("/")[2]
        is_derived = (
            last in WORK_FILES or is_own_sound(last) or is_made(last) or last.startswith(".")
        )
        if not is_derived and _OF_RECORDING.fullmatch(one.name):
            yield one.name


def restore(
    archive: Path, settings: Settings, *, on_file: Callable[[str], None] = lambda name: None
) -> Restored:
    """Unpack a backup to where the settings say: there it is whole afterwards, or as it was before.

    Raises:
        FolderUnusable: the folder or the bucket is not empty, has no room, or the database is
            damaged.
        InvalidValue: the database of another place is not empty.
        UnreadableArchive: the backup cannot be used.
    """
    data_dir = settings.data_dir
    if data_dir.exists() and any(data_dir.iterdir()):
        advice = "Set TRANSCRIPT_EDITOR_DATA to a new or empty folder."
        raise FolderUnusable(str(data_dir), "it is not empty.", advice)
    with _folder_beside(data_dir) as scratch:
        folder = Path(scratch) / "data"
        files = files_of(replace(settings, data_dir=folder))
        if any(True for _ in files.kept(MEDIA)):
            raise FolderUnusable(settings.files_url, "it already contains recordings.")
        try:
            with open_members(
                archive, KIND, most_members=_MOST_MEMBERS, most_bytes=_MOST_BYTES
            ) as held:
                _check_room(held, folder.parent, is_staged=bool(settings.files_url))
                _unpacked(held, folder, files, on_file)
            try:
                count = _checked(folder / DATABASE)
            except InvalidValue as error:
                raise UnreadableArchive(
                    archive.name, f"its file {DATABASE} is invalid: {error}."
                ) from error
            _move_elsewhere(folder / DATABASE, settings)
            if data_dir.exists():
                data_dir.rmdir()
            os.replace(folder, data_dir)
        except BaseException:
            files.delete(MEDIA)
            raise
    return Restored(count, len(held.members) - 1)


def _unpacked(held: Members, folder: Path, files: Files, on_file: Callable[[str], None]) -> None:
    for name in held.members:
        if name != DATABASE and not _OF_RECORDING.fullmatch(name):
            raise UnreadableArchive(
                held.name, f"it contains {name}, which does not belong to a library."
            )
        on_file(name)
        held.extract(name, folder / name)
        if name != DATABASE:
            files.keep(name)
            files.release(name.rpartition("/")[0])


def _check_room(held: Members, folder: Path, *, is_staged: bool) -> None:
    """See that all has room, or where a file stays only until it is sent on, the largest two."""
    sizes = sorted(one.size_bytes for one in held.members.values())
    check_room(folder, sum(sizes[-2:] if is_staged else sizes))


def _move_elsewhere(copy: Path, settings: Settings) -> None:
    """Take a database to its address, where that is not within the data folder."""
    if sqlite_path(settings.database_url) != settings.data_dir / DATABASE:
        move_database(f"sqlite:///{copy}", settings.database_url)
        copy.unlink()


def _folder_beside(path: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for half-done work, on the disk where the result will be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return folder_for_work(path.parent)
    except OSError as error:
        raise folder_unusable(error, path.parent) from error


def _checked(path: Path) -> int:
    """See that a database holds together and is a library; gives the number of its transcripts."""
    if not path.exists():
        raise FolderUnusable(path.name, "the backup contains no database.")
    check_sqlite(path)
    return check_received(path)
