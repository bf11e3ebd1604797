"""The recordings of the library: where their files lie, made ready, their peaks and copies."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from editor import media
from editor.asr import (
    BEGINNING_FILE,
    WORK_FILES,
    Prepared,
    Progress,
    prepare,
    prepare_beginning,
)
from editor.atomic import sync_file, sync_folder
from editor.config import Settings
from editor.errors import NotFound, NotPossible, UnreadableMedia
from editor.library.job_kinds import COPY, CopyParams
from editor.storage.media_files import files_of
from editor.store import JobRow, Store, TranscriptRow

#: The folder of the recordings, and the names in it of what is made of one.
MEDIA, PEAKS, PLAYABLE = "media", "peaks", "playable"
_LOOK_S = 0.2


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
    # Once a row speaks of it, it is there after a power cut, too.
    sync_file(kept)
    sync_folder(kept.parent.parent)


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
    """A recording made ready on this machine, with its peaks; a copy for browsers is made beside.

    Raises:
        NotPossible: there is none.
    """
    if row.media_path is None:
        raise NotPossible("media", "This transcript has no recording.")
    files = files_of(settings)
    with told_as(row.media_name):
        path = files.fetched(row.media_path)
        info = media.probe(path)
        prepared = prepare(path, path.parent, info.duration_ms, progress, track=row.track)
        prepared = replace(prepared, promised_ms=info.promised_ms)
        row = _with_tracks(store, row, info, prepared.decoded)
        decoded = prepared.decoded if row.browser_copy_path is None else None
        if decoded and (decoded.off_clock or not info.is_browser_playable):
            copy_soon(
                store,
                row.id,
                CopyParams(keeps_sound=decoded.keeps_sound, keeps_film=decoded.keeps_film),
            )
        peaks = path.parent / PEAKS
        if files.size_bytes(name_in(settings, peaks)) is None:
            media.write_peaks(prepared.pcm_path, peaks)
            files.keep(name_in(settings, peaks))
        store.update_transcript(row.id, duration_ms=prepared.duration_ms)
    return prepared


def _with_tracks(
    store: Store, row: TranscriptRow, info: media.MediaInfo, decoded: media.Decoded | None
) -> TranscriptRow:
    """Keep which audio tracks a recording has, and which of them was heard."""
    if decoded is not None:
        told = media.described_tracks(info, decoded)
        return store.update_transcript(row.id, track=decoded.track, tracks=told)
    if row.tracks is None:
        return store.update_transcript(row.id, tracks=list(info.tracks))
    return row


def change_track(
    settings: Settings, store: Store, row: TranscriptRow, track: int | None
) -> TranscriptRow:
    """Let another audio track be heard, if one is asked for: what was made of the one before goes.

    Its row comes last, so that whoever is cut off here begins again.
    """
    if track in (None, row.track):
        return row
    forget_made(settings, row)
    return store.update_transcript(row.id, track=track, browser_copy_path=None)


def forget_made(settings: Settings, row: TranscriptRow) -> None:
    """Remove what is made of a recording's sound; its row is to forget the browser's copy."""
    folder = folder_of(settings, row.id)
    for name in (*WORK_FILES, PEAKS):
        files_of(settings).delete(name_in(settings, folder / name))
    if row.browser_copy_path is not None:
        files_of(settings).delete(row.browser_copy_path)


class Opening:
    """A recording that is made ready in a thread of its own, once it is begun."""

    def __init__(
        self, settings: Settings, store: Store, row: TranscriptRow, progress: Progress
    ) -> None:
        self._settings, self._store, self._row, self._progress = settings, store, row, progress
        self._stopping = Event()
        self._pool = ThreadPoolExecutor(1)
        self._whole: Future[Prepared] | None = None

    def __enter__(self) -> Opening:
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._pool.shutdown()
        for path in folder_of(self._settings, self._row.id).glob(f"{BEGINNING_FILE}*"):
            path.unlink(missing_ok=True)

    def beginning(self) -> Prepared | None:
        """The first piece alone, which is there soon; None where all is. The rest is begun."""
        row, files = self._row, files_of(self._settings)
        found = None
        if row.media_path is not None:
            with told_as(row.media_name):
                path = files.fetched(row.media_path)
                found = prepare_beginning(path, path.parent, self._progress, track=row.track)
        if found is not None:
            self._whole = self._pool.submit(prepared_of, self._settings, self._store, row, self)
        return found

    def whole(self) -> Prepared:
        """All of it; see `prepared_of`."""
        if self._whole is None:
            return prepared_of(self._settings, self._store, self._row, self._progress)
        while not wait([self._whole], timeout=_LOOK_S).done:
            self._progress.checkpoint()
        return self._whole.result()

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        """How far the thread is, which is not told: what is heard meanwhile is."""

    def checkpoint(self) -> None:
        """Ends the thread where the recording is not wanted any more."""
        if self._stopping.is_set():
            raise CancelledError


def copy_soon(store: Store, transcript_id: str, params: CopyParams | None = None) -> JobRow:
    """See to it that a copy of a recording is made that browsers play; gives its job.

    It has the film where that is kept and browsers can show it, and the sound as it is or encoded
    anew.
    """
    return store.create_job(
        COPY,
        transcript_id,
        (params or CopyParams()).model_dump(),
        unique_key=f"{COPY}:{transcript_id}",
        forgets_ended=True,
    )


def sound_copy_soon(settings: Settings, store: Store, transcript_id: str) -> None:
    """See to it that a copy of the sound is made, unless it shows first whether one is needed."""
    is_known = files_of(settings).size_bytes(f"{MEDIA}/{transcript_id}/{PEAKS}") is not None
    if is_known or not store.jobs(transcript_id, active_only=True):
        copy_soon(store, transcript_id, CopyParams(keeps_film=False))


def let_go(settings: Settings, store: Store, transcript_id: str, *, kind: str) -> None:
    """Let go of what was fetched for a job of this kind, unless another is at work with it."""
    active = store.jobs(transcript_id, active_only=True)
    if not any(job.kind != kind and job.state == "running" for job in active):
        files_of(settings).release(f"{MEDIA}/{transcript_id}")


def read_peaks(
    settings: Settings, transcript_id: str, *, level: int, start_ms: int, end_ms: int
) -> bytes | None:
    """Peaks of a recording; None until they are made."""
    try:
        path = files_of(settings).fetched(f"{MEDIA}/{transcript_id}/{PEAKS}")
    except NotFound:
        return None
    return media.read_peaks(path, level, start_ms, end_ms)
