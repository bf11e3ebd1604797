"""The copies of recordings for browsers that cannot play these, made again in jobs of their own."""

from __future__ import annotations

from editor.config import Settings
from editor.files import files_of
from editor.hearing import Progress
from editor.library.recordings import MEDIA, playable_copy
from editor.library.transcribing import TRANSCRIBE
from editor.store import Store

#: The kind of job.
COPY = "copy"


def copy_soon(store: Store, transcript_id: str) -> str:
    """See to it that the copy of a recording is made again; gives the id of the job."""
    key = f"{COPY}:{transcript_id}"
    return store.create_job(COPY, transcript_id, unique_key=key, forgets_ended=True).id


def copy_for_browsers(
    settings: Settings, store: Store, transcript_id: str, progress: Progress
) -> None:
    """The job that makes the copy of a recording again, where it was cleaned up."""
    row, files = store.transcript(transcript_id), files_of(settings)
    path = files.fetched(str(row.media_path))
    playable_copy(settings, path, progress)
    if not any(job.kind == TRANSCRIBE for job in store.jobs(transcript_id, active_only=True)):
        files.release(f"{MEDIA}/{transcript_id}")
