"""Parts of the library's recordings as sound files."""

from __future__ import annotations

from pathlib import Path

from editor import media
from editor.config import Settings
from editor.errors import NotFound, NotPossible
from editor.library.job_kinds import COPY
from editor.library.recordings import MEDIA, PEAKS, told_as
from editor.storage.media_files import files_of
from editor.store import Store, TranscriptRow


def write_clip(
    settings: Settings,
    store: Store,
    transcript_id: str,
    out_path: Path,
    start_ms: int,
    end_ms: int,
) -> None:
    """Write what is said in [start_ms, end_ms) of a transcript to an MP3 or WAV.

    Raises:
        NotFound: there is no such transcript.
        NotPossible: its recording is not in the library.
        InvalidValue: the range is empty, too long, or behind the end of the recording.
    """
    row = store.transcript(transcript_id)
    path, is_copy = source_of(settings, row)
    with told_as(row.media_name):
        media.write_clip(
            path,
            out_path,
            start_ms,
            end_ms,
            track=None if is_copy else row.track,
            seeks=is_copy or _is_on_clock(settings, store, row),
        )


def source_of(settings: Settings, row: TranscriptRow) -> tuple[Path, bool]:
    """What the clip is cut from, and whether that is the copy for browsers, in which all seek."""
    files = files_of(settings)
    for name in (row.browser_copy_path, row.media_path):
        if name is not None and files.size_bytes(name) is not None:
            return files.fetched(name), name == row.browser_copy_path
    raise NotPossible("media", "This transcript has no recording.")


def _is_on_clock(settings: Settings, store: Store, row: TranscriptRow) -> bool:
    """Whether a recording was looked at, and no copy is made of it because its times mislead."""
    is_known = files_of(settings).size_bytes(f"{MEDIA}/{row.id}/{PEAKS}") is not None
    has_copy = row.browser_copy_path is not None
    return is_known and not has_copy and all(job.kind != COPY for job in store.jobs(row.id))


def transcript_of(store: Store, named: str) -> TranscriptRow:
    """The transcript of an ID that a person gave on the command line.

    Raises:
        NotFound: it is neither the ID of one nor, as was seen before, a file.
    """
    try:
        return store.transcript(named)
    except NotFound:
        raise NotFound("file or transcript", named) from None
