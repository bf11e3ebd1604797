"""A library in one file: the database at one moment, and the files of each transcript.

Left out is what is made anew when needed: work files, models, the queue; and uploads under way.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from editor import __version__
from editor.archive.members import check_room, open_members, write_members
from editor.config import Settings
from editor.errors import FolderUnusable, folder_unusable
from editor.hearing import WORK_FILE
from editor.store import check_sqlite, copy_database, open_store

KIND = "transcript-editor backup"
DATABASE = "transcripts.db"
#: Made from the recording whenever it is heard.
_DERIVED = frozenset({WORK_FILE})
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
        InvalidValue: the database is not SQLite.
    """
    files = []
    with _folder_beside(out) as scratch:
        copy = Path(scratch) / DATABASE
        copy_database(settings.database_url, copy)
        files = list(_media_files(settings.data_dir))

        def members() -> Iterator[tuple[str, Path | bytes]]:
            yield DATABASE, copy
            for path in files:
                name = path.relative_to(settings.data_dir).as_posix()
                # Deleted since by somebody, with its transcript.
                if path.exists():
                    on_file(name)
                    yield name, path

        write_members(out, KIND, {"program": __version__}, members())
    return len(files)


def restore(
    archive: Path, data_dir: Path, *, on_file: Callable[[str], None] = lambda name: None
) -> Restored:
    """Unpack a backup into a data folder, which is there whole afterwards or as it was before.

    Raises:
        FolderUnusable: the folder is not empty, has no room, or the database is damaged.
        UnreadableArchive: the backup cannot be used.
    """
    if data_dir.exists() and any(data_dir.iterdir()):
        advice = "Name an empty or new folder in TRANSCRIPT_EDITOR_DATA."
        raise FolderUnusable(str(data_dir), "it is not empty.", advice)
    with _folder_beside(data_dir) as scratch:
        folder = Path(scratch) / "data"
        with open_members(
            archive, KIND, most_members=_MOST_MEMBERS, most_bytes=_MOST_BYTES
        ) as held:
            check_room(Path(scratch), sum(one.size_bytes for one in held.members.values()))
            for name in held.members:
                on_file(name)
                held.extract(name, folder / name)
        count = _checked(folder / DATABASE)
        if data_dir.exists():
            data_dir.rmdir()
        os.replace(folder, data_dir)
    return Restored(count, len(held.members) - 1)


def _folder_beside(path: Path) -> tempfile.TemporaryDirectory[str]:
    """A folder for half-done work, on the disk where the result will be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return tempfile.TemporaryDirectory(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise folder_unusable(error, path.parent) from error


def _media_files(data_dir: Path) -> Iterator[Path]:
    for path in sorted((data_dir / "media").rglob("*")):
        if path.is_file() and path.name not in _DERIVED and not path.name.startswith("."):
            yield path


def _checked(path: Path) -> int:
    """See that a database holds together and opens; gives the number of its transcripts."""
    if not path.exists():
        raise FolderUnusable(path.name, "the backup holds no database.")
    check_sqlite(path)
    store = open_store(f"sqlite:///{path}")
    try:
        return store.count_transcripts()
    finally:
        store.close()
