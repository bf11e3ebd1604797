"""After edits the touched segments are listened to again, in a job of their own.

What a person typed has a guessed time until then. The history knows nothing of it.
"""

from __future__ import annotations

from pathlib import Path

from editor import media, weights
from editor.asr import PCM_FILE, ModelCache, Progress, Realigner
from editor.config import Settings
from editor.document import has_guesses
from editor.errors import NotFound
from editor.jobs import Postponed
from editor.library.job_kinds import COPY, LISTEN, ListenParams
from editor.library.recordings import folder_of
from editor.storage.media_files import files_of
from editor.store import JobRow, Store, StoredSegment, TranscriptRow

#: Edits within this time are listened to together.
REST_MS = 1_500


def model_at_hand(settings: Settings, row: TranscriptRow) -> str | None:
    """The model to listen again with: the transcript's own, else the usual one; never downloaded.

    None where none is on this computer, or listening again is switched off.
    """
    wanted = (row.model, settings.model) if settings.listens_again else ()
    return next((name for name in wanted if weights.available(name, settings.models_dir)), None)


def listen_soon(settings: Settings, store: Store, transcript_id: str, *, since: int) -> None:
    """See to it that segments written after the state `since` are listened to, if they can be.

    An edit beside a job that runs already waits in the next one.
    """
    model = model_at_hand(settings, store.transcript(transcript_id))
    if model is None:
        return
    for key in (f"{LISTEN}:{transcript_id}", f"{LISTEN}:{transcript_id}:next"):
        job = store.create_job(
            LISTEN,
            transcript_id,
            ListenParams(model=model, since=since).model_dump(),
            unique_key=key,
            wait_ms=REST_MS,
            forgets_ended=True,
        )
        if job.state == "queued":
            return


def listen_again(
    settings: Settings, store: Store, job: JobRow, progress: Progress, model_cache: ModelCache
) -> None:
    """The job: give words with guessed times in segments written since their recognised times.

    Raises:
        Postponed: a job of another kind waits.
    """
    row = store.transcript(str(job.transcript_id))
    model = model_at_hand(settings, row)
    pcm_path = folder_of(settings, row.id) / PCM_FILE
    params = ListenParams.model_validate(job.params)
    touched = [
        stored
        for stored in store.changes_since(row.id, params.since).segments
        if has_guesses(stored.segment)
    ]
    if model is None or not touched or not is_decoded(settings, row, pcm_path, progress):
        return
    with model_cache.recogniser(model, progress) as recogniser:
        realigner = Realigner(pcm_path, recogniser, row.language)
        for stored in touched:
            progress.checkpoint()
            if any(one.kind not in (LISTEN, COPY) for one in store.jobs(active_only=True)):
                raise Postponed
            _listen_to(store, row.id, stored, realigner)


def is_decoded(settings: Settings, row: TranscriptRow, pcm_path: Path, progress: Progress) -> bool:
    """Whether the sound can be listened to here; decoded again where it was cleaned up."""
    recording = files_of(settings).here(row.media_path) if row.media_path else None
    if not pcm_path.exists() and recording is not None:
        media.decode_to_pcm(
            recording,
            pcm_path,
            track=row.track,
            on_progress=lambda _: progress.checkpoint(),
        )
    return pcm_path.exists()


def _listen_to(
    store: Store, transcript_id: str, stored: StoredSegment, realigner: Realigner
) -> None:
    segment = stored.segment
    try:
        above, below = store.neighbours(transcript_id, segment.id)
    except NotFound:
        return
    words = realigner.realigned_words(segment, above=above, below=below)
    if words != segment.words:
        store.update_times(transcript_id, [(segment.id, segment.revision, words)])
