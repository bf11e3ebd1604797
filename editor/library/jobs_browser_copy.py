"""Copies of recordings: those for browsers, made in jobs of their own, and fetched ones.

Where recordings lie in a bucket, whoever works with one has a copy in its data folder meanwhile.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import PurePosixPath

from editor import media
from editor.asr import Progress
from editor.config import Settings
from editor.errors import NotFound
from editor.library.job_kinds import COPY, CopyParams
from editor.library.microphones import kept_microphones
from editor.library.recordings import MEDIA, PEAKS, PLAYABLE, folder_of, let_go, name_in, told_as
from editor.storage.media_files import KeptFile, LocalFiles, files_of
from editor.store import JobRow, Store

#: What belongs to no transcript may be on its way into the bucket for so long.
_ARRIVING_S = 24 * 3600


def copy_for_browsers(settings: Settings, store: Store, job: JobRow, progress: Progress) -> None:
    """The job that makes the copy of a recording that browsers play, where there is none."""
    row, files = store.transcript(str(job.transcript_id)), files_of(settings)
    params = CopyParams.model_validate(job.params)
    with told_as(row.media_name):
        path = files.fetched(str(row.media_path))
        suffix = media.probe(path).copy_suffix if params.keeps_film else ""
        playable = path.with_name(PLAYABLE).with_suffix(suffix or media.SOUND_SUFFIX)
        name = name_in(settings, playable)
        microphones = kept_microphones(folder_of(settings, row.id))
        if files.size_bytes(name) is None:
            media.make_browser_copy(
                path,
                playable,
                track=row.track,
                together=microphones.tracks if microphones else (),
                keeps_sound=params.keeps_sound,
                on_progress=lambda _: progress.checkpoint(),
            )
            files.keep(name)
    if store.transcript(row.id).track != row.track:
        # Another was chosen meanwhile.
        files.delete(name)
        copy_for_browsers(settings, store, job, progress)
        return
    store.update_transcript(row.id, browser_copy_path=name)
    if row.browser_copy_path not in (None, name):
        files.delete(str(row.browser_copy_path))
    let_go(settings, store, row.id, kind=COPY)


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
