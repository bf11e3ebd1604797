"""The job that finds where the shots of a film begin; it goes on where it stopped."""

from __future__ import annotations

from editor import media
from editor.asr import Progress
from editor.config import Settings
from editor.library.job_kinds import SHOTS
from editor.library.recordings import let_go, told_as
from editor.storage.media_files import files_of
from editor.store import JobRow, Store

#: So much of a film is looked at between two saves: what a crash costs.
_PART_MS = 120_000


def find_shots(settings: Settings, store: Store, job: JobRow, progress: Progress) -> None:
    """The job: look at the film part by part, from where it was left."""
    row = store.transcript(str(job.transcript_id))
    duration_ms = max(1, row.duration_ms or 0)
    until_ms, starts_ms = store.shot_changes(row.id)
    if until_ms >= duration_ms:
        # Asked for again: perhaps the film is found better by now.
        until_ms, starts_ms = 0, ()

    def looked(at_ms: int) -> None:
        progress.report(min(1.0, at_ms / duration_ms), SHOTS)
        progress.checkpoint()

    with told_as(row.media_name):
        path = files_of(settings).fetched(str(row.media_path))
        while until_ms < duration_ms:
            end_ms = min(until_ms + _PART_MS, duration_ms)
            looked(until_ms)
            found = media.shot_changes(path, until_ms, end_ms, on_progress=looked)
            progress.checkpoint()
            until_ms, starts_ms = end_ms, (*starts_ms, *found)
            store.save_shot_changes(row.id, until_ms, starts_ms)
    let_go(settings, store, row.id, kind=SHOTS)
