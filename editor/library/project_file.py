"""One project in one file: the recording, the text with its history, and what was heard.

Who did what when comes along by name, whether or not such a person has an account where it goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from editor import __version__, media
from editor.atomic import sync_folder
from editor.config import Settings
from editor.errors import (
    EditorError,
    FolderUnusable,
    InvalidValue,
    UnreadableArchive,
    UnreadableTranscript,
    folder_unusable,
)
from editor.formats import format_called
from editor.formats.sandbox import read_apart
from editor.library.recordings import MEDIA, folder_of, name_in, safe_suffix, told_as
from editor.library.zip_members import Members, check_room, open_members, write_members
from editor.storage.media_files import files_of
from editor.store import Store, new_transcript_id, with_present_names

KIND = "transcript-editor project"
#: In version 1 the rows had names from before the first release.
_VERSION = 2
_ROWS, _IMPORTED = "rows.json", "imported"
#: Ten hours of speech with a long history are a tenth of it.
_MOST_ROWS_BYTES = 512 * 1024 * 1024
#: Each takes up to 80 bytes of memory, however short it is written.
_MOST_VALUES = 12_000_000
_MOST_IMPORTED_BYTES = 50 * 1024 * 1024
_MOST_MEMBERS = 8


def pack(
    settings: Settings,
    store: Store,
    transcript_id: str,
    out: Path,
    *,
    most_bytes: int | None = None,
) -> None:
    """Write a transcript and all that belongs to it to one file.

    Raises:
        NotFound: there is no such transcript, or its recording is not there any more.
        FolderUnusable: `out` cannot be written, or its recording alone takes over `most_bytes`.
    """
    row = store.transcript(transcript_id)
    rows = store.project_rows(transcript_id)
    files = files_of(settings)
    kept = {"original": row.media_path, "playable": row.browser_copy_path}
    names = {f"media/{stem}{Path(name).suffix}": name for stem, name in kept.items() if name}
    peaks = f"{MEDIA}/{transcript_id}/peaks"
    names |= {"media/peaks": peaks} if files.size_bytes(peaks) is not None else {}
    sizes = (files.size_bytes(name) or 0 for name in names.values())
    if most_bytes is not None and most_bytes < sum(sizes):
        raise FolderUnusable(str(out.parent), "its disk has no space for it.", "Free some first.")

    def members() -> Iterator[tuple[str, Iterable[bytes]]]:
        yield _ROWS, [json.dumps(rows, ensure_ascii=False).encode()]
        imported = store.imported_text(transcript_id)
        if imported is not None:
            yield _IMPORTED, [imported]
        yield from ((member, files.read(name)) for member, name in names.items())

    facts = {"version": _VERSION, "program": __version__, "title": row.title}
    write_members(out, KIND, facts, members())


def unpack(settings: Settings, store: Store, path: Path, *, named: str | None = None) -> str:
    """Put a packed project into the library; gives its new id. Nothing in the file is trusted.

    Raises:
        UnreadableArchive: it is no project, damaged, or breaks a rule.
        UnreadableMedia: what lies in it as recording is none.
        FolderUnusable: there is no room for it.
    """
    transcript_id = new_transcript_id()
    folder, files = folder_of(settings, transcript_id), files_of(settings)
    try:
        folder.mkdir(parents=True)
        with open_members(
            path,
            KIND,
            most_members=_MOST_MEMBERS,
            most_bytes=settings.upload_max_bytes,
            newest=_VERSION,
            named=named,
        ) as held:
            _take_in(settings, store, held, transcript_id, folder)
    except OSError as error:
        files.delete(name_in(settings, folder))
        raise folder_unusable(error, folder) from error
    except BaseException:
        files.delete(name_in(settings, folder))
        raise
    files.release(name_in(settings, folder))
    return transcript_id


def _take_in(
    settings: Settings, store: Store, held: Members, transcript_id: str, folder: Path
) -> None:
    check_room(folder, sum(member.size_bytes for member in held.members.values()))
    rows = _rows(held)
    imported = _kept(held, _IMPORTED, _MOST_IMPORTED_BYTES)
    media_path = _extracted(settings, held, folder, "original")
    if media_path is None:
        raise UnreadableArchive(held.name, "it contains no recording.")
    with told_as(f"the recording in {held.name}"):
        info = media.probe(settings.data_dir / media_path)
    browser_copy_path = _extracted(settings, held, folder, "playable")
    if browser_copy_path is not None:
        with told_as(f"the copy for browsers in {held.name}"):
            media.probe(settings.data_dir / browser_copy_path)
    if "media/peaks" in held.members:
        held.extract("media/peaks", folder / "peaks")
        try:
            media.read_peaks(folder / "peaks", 1, 0, 0)
        except InvalidValue as error:
            raise UnreadableArchive(
                held.name, f"its file media/peaks is invalid: {error}."
            ) from error
    _check_imported(held.name, rows, imported)
    sync_folder(folder)
    sync_folder(folder.parent)
    for path in sorted(folder.iterdir()):
        files_of(settings).keep(name_in(settings, path))
    try:
        store.add_project(
            rows,
            transcript_id=transcript_id,
            media_path=media_path,
            browser_copy_path=browser_copy_path,
            tracks=list(info.tracks),
            imported=imported,
        )
    except EditorError as error:
        raise UnreadableArchive(held.name, f"{_ROWS}: {error}.") from error


def _check_imported(name: str, rows: Any, imported: bytes | None) -> None:
    """See that a text can be given back as the file it was, within bounds of time and memory."""
    row = rows.get("transcript") if isinstance(rows, dict) else None
    told = row if isinstance(row, dict) else {}
    kind = told.get("imported_format")
    if kind is not None and not (isinstance(kind, str) and format_called(kind)):
        raise UnreadableArchive(name, "the format of its text is unknown.", "Update the program.")
    if imported is not None:
        facts = ("imported_name", "imported_encoding", "imported_format")
        texts = [told.get(one) for one in facts]
        if not all(isinstance(one, str | None) for one in texts):
            raise UnreadableArchive(name, f"its file {_ROWS} does not name the text.")
        try:
            read_apart(imported, texts[0] or "", encoding=texts[1], kind=texts[2])
        except (UnreadableTranscript, InvalidValue) as error:
            raise UnreadableArchive(name, f"its text cannot be read: {error}.") from error


def _rows(held: Members) -> Any:
    data = _kept(held, _ROWS, _MOST_ROWS_BYTES) or b""
    if sum(data.count(sign) for sign in (b",", b"[", b"{", b":")) > _MOST_VALUES:
        raise UnreadableArchive(held.name, f"its file {_ROWS} has more entries than any project.")
    try:
        rows = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise UnreadableArchive(held.name, f"its file {_ROWS} is not valid JSON.") from error
    return rows if held.facts["version"] == _VERSION else with_present_names(rows)


def _kept(held: Members, name: str, most_bytes: int) -> bytes | None:
    """A member for the memory; None where there is none."""
    if name not in held.members:
        return None
    if held.members[name].size_bytes > most_bytes:
        raise UnreadableArchive(held.name, f"its file {name} is larger than {most_bytes} bytes.")
    return held.read(name)


def _extracted(settings: Settings, held: Members, folder: Path, stem: str) -> str | None:
    """The media file of this name, under the ending it has; its place in the data folder."""
    found = [name for name in held.members if Path(name).stem == stem]
    if not found:
        return None
    target = folder / f"{stem}{safe_suffix(found[0])}"
    held.extract(found[0], target)
    return name_in(settings, target)
