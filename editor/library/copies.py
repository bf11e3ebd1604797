"""Copies of recordings: those for browsers, made again in jobs of their own, and fetched ones.

Where recordings lie in a bucket, whoever works with one has a copy in its data folder meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import PurePosixPath

from editor.config import Settings
from editor.errors import NotFound
from editor.files import KeptFile, LocalFiles, files_of
from editor.hearing import Progress
from editor.library.recordings import MEDIA, PEAKS, playable_copy, told_as
from editor.library.transcribing import TRANSCRIBE
from editor.store import Store

#: The kind of job.
COPY = "copy"
#: What belongs to no transcript may be on its way into the bucket for so long.
_ARRIVING_S = 24 * 3600


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
    with told_as(row.media_name):
        playable_copy(settings, path, progress)
    if not any(job.kind == TRANSCRIBE for job in store.jobs(transcript_id, active_only=True)):
        files.release(f"{MEDIA}/{transcript_id}")


def left_here(settings: Settings, store: Store) -> Iterator[KeptFile]:
    """Copies of what lies in a bucket, which a dead worker has left in its data folder.

    What a job goes on with stays. Ask only while no worker of the folder is at work.
    """
    if not settings.files_url:
        return
    busy = {job.transcript_id for job in store.jobs(active_only=True)}
    for one in LocalFiles(settings.data_dir).kept(MEDIA):
        _, transcript_id, *_ = PurePosixPath(one.name).parts
        # Peaks are small, and the pages read them again and again.
        if transcript_id in busy or one.name.endswith(f"/{PEAKS}"):
            continue
        if _is_known(store, transcript_id) or _is_old(settings, one):
            yield one


def let_go_of_left(settings: Settings, store: Store) -> None:
    """Remove what `left_here` finds."""
    for one in left_here(settings, store):
        LocalFiles(settings.data_dir).delete(one.name)


def _is_known(store: Store, transcript_id: str) -> bool:
    try:
        store.transcript(transcript_id)
    except NotFound:
        return False
    return True


def _is_old(settings: Settings, file: KeptFile) -> bool:
    # A second name that was given just now says nothing in the time of the last change.
    named_s = (settings.data_dir / file.name).stat().st_ctime
    return max(named_s, file.modified_s) < time.time() - _ARRIVING_S
