"""The recordings of the library: where their files lie, made ready, their peaks and copies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from editor import media
from editor.config import Settings
from editor.errors import InvalidValue, NotFound, UnreadableMedia
from editor.files import files_of
from editor.hearing import DECODE_SHARE, Prepared, Progress, prepare
from editor.store import Store, TranscriptRow

#: The folder of the recordings, and the names in it of what is made of one.
MEDIA, PEAKS, PLAYABLE = "media", "peaks", "playable.m4a"


def folder_of(settings: Settings, transcript_id: str) -> Path:
    """Where the files of a transcript lie."""
    return settings.data_dir / MEDIA / transcript_id


def name_in(settings: Settings, path: Path) -> str:
    """The name of a file: its path relative to the data folder."""
    return path.relative_to(settings.data_dir).as_posix()


def safe_suffix(name: str) -> str:
    """The ending of a recording's name, if it is one that can be kept; else nothing.

    >>> safe_suffix("talk.MP3"), safe_suffix("x.tar.gz"), safe_suffix("x.<b>")
    ('.mp3', '.gz', '')
    """
    suffix = Path(name).suffix.lower()
    return suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= 6 else ""


@contextmanager
def told_as(name: str) -> Iterator[None]:
    """Let a refused recording be named as the person knows it, not as its file is called here."""
    try:
        yield
    except UnreadableMedia as error:
        raise UnreadableMedia(name, error.reason, error.advice) from error


def keep_recording(path: Path, kept: Path, *, is_ours: bool) -> None:
    """Give a file a second name, or copy it, so that the first goes only when all is saved."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    if not (is_ours and _is_linked(path, kept)):
        shutil.copyfile(path, kept)


def _is_linked(path: Path, kept: Path) -> bool:
    try:
        os.link(path, kept)
    except OSError:
        # Another disk, or one without such names.
        return False
    return True


def prepared_of(
    settings: Settings, store: Store, row: TranscriptRow, progress: Progress
) -> Prepared:
    """A recording made ready on this machine, with its peaks and its copy for browsers.

    Raises:
        InvalidValue: there is none.
    """
    if row.media_path is None:
        raise InvalidValue("media", "the transcript has no recording")
    files = files_of(settings)
    with told_as(row.media_name):
        path = files.fetched(row.media_path)
        info = media.probe(path)
        prepared = prepare(path, path.parent, info.duration_ms, progress)
        peaks = path.parent / PEAKS
        if files.size_bytes(name_in(settings, peaks)) is None:
            media.write_peaks(prepared.work_path, peaks)
            files.keep(name_in(settings, peaks))
        store.update_transcript(row.id, duration_ms=prepared.duration_ms)
        if not info.is_browser_playable:
            playable_path = playable_copy(settings, path, progress)
            store.update_transcript(row.id, playable_path=playable_path)
    return prepared


def playable_copy(settings: Settings, path: Path, progress: Progress) -> str:
    """The name of a recording's copy that browsers can play, made where there is none."""
    files, playable = files_of(settings), path.with_name(PLAYABLE)
    name = name_in(settings, playable)
    if files.size_bytes(name) is None:
        progress.report(DECODE_SHARE, "copy")
        media.make_playable_copy(path, playable, on_progress=lambda _: progress.checkpoint())
        files.keep(name)
    return name


def read_peaks(
    settings: Settings, transcript_id: str, *, level: int, start_ms: int, end_ms: int
) -> bytes:
    """Peaks of a recording; NotFound until they are made."""
    try:
        path = files_of(settings).fetched(f"{MEDIA}/{transcript_id}/{PEAKS}")
    except NotFound:
        raise NotFound("peaks of transcript", transcript_id) from None
    return media.read_peaks(path, level, start_ms, end_ms)
