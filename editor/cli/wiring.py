"""Joins the rooms: what the web room and the worker need, made of the rooms below."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any

from editor import weights
from editor.accounts import Accounts
from editor.asr import ModelCache
from editor.config import PREFIX, Settings
from editor.formats.sandbox import read_apart
from editor.jobs import Handler, JobContext, Postponed, Queue, WorkerStopping
from editor.library import (
    align,
    export,
    jobs_browser_copy,
    jobs_realign,
    jobs_shared,
    jobs_transcribe,
    project_file,
    recordings,
    transcripts,
)
from editor.storage.media_files import files_of
from editor.store import FirstJob, Store, new_job_id
from editor.web import ModelState, Services

log = logging.getLogger(__name__)


def handlers_for(settings: Settings, store: Store, model_cache: ModelCache) -> dict[str, Handler]:
    """What the worker does for each kind of job; all share one model in memory."""

    def transcribe(context: JobContext) -> None:
        row = store.transcript(str(context.job.transcript_id))
        jobs_transcribe.transcribe(
            settings, store, row, context.job, context, model_cache, hear=jobs_shared.hear_together
        )

    def listen(context: JobContext) -> None:
        jobs_realign.listen_again(settings, store, context.job, context, model_cache)

    def copy(context: JobContext) -> None:
        jobs_browser_copy.copy_for_browsers(settings, store, context.job, context)

    ways = {
        jobs_transcribe.TRANSCRIBE: transcribe,
        recordings.COPY: copy,
        jobs_realign.LISTEN: listen,
    }
    return {kind: _leaving_nothing(settings, store, way) for kind, way in ways.items()}


def _leaving_nothing(settings: Settings, store: Store, run: Handler) -> Handler:
    """Let go of what was fetched for a job that ends here before it is done."""

    def run_and_tidy(context: JobContext) -> None:
        try:
            run(context)
        except (WorkerStopping, Postponed):
            # It goes on here, most likely.
            raise
        except BaseException:
            job = context.job
            recordings.let_go(settings, store, str(job.transcript_id), kind=job.kind)
            raise

    return run_and_tidy


def open_queue(settings: Settings) -> Queue:
    """The queue of these settings, with a lane for each model.

    If the queue or the bucket cannot be reached, this is logged and does not stop the server.
    """
    queue = Queue(settings.queue_at, weights.MODELS)
    queue.is_reachable()
    if settings.files_url and not files_of(settings).is_reachable():
        log.warning(
            "The recordings in %s cannot be reached. Until they are, recordings cannot be "
            "uploaded, played or recognised. Check %sFILES_URL and AWS's own variables.",
            *(settings.files_url, PREFIX),
        )
    return queue


def params_of(
    model: str, language: str | None, is_trusted: bool, track: int | None = None
) -> dict[str, Any]:
    """The parameters of a transcription job."""
    return {"model": model, "language": language, "trusted": is_trusted, "track": track}


def start_job(
    store: Store,
    queue: Queue,
    transcript_id: str,
    model: str,
    language: str | None,
    *,
    is_trusted: bool = False,
    track: int | None = None,
) -> str:
    """Put the transcription of a transcript into the queue; gives the job's id."""
    params = params_of(model, language, is_trusted, track)
    key = f"{jobs_transcribe.TRANSCRIBE}:{transcript_id}"
    job = store.create_job(jobs_transcribe.TRANSCRIBE, transcript_id, params, unique_key=key)
    queue.enqueue(job.id, job.model)
    return job.id


def services_for(settings: Settings, store: Store, queue: Queue) -> Services:
    """What the web room needs, made of the rooms below it."""

    def create(
        media_upload_path: Path,
        media_name: str,
        text_bytes: bytes | None,
        text_name: str | None,
        text_encoding: str | None,
        title: str | None,
        model: str,
        language: str | None,
        is_trusted: bool = False,
        track: int | None = None,
    ) -> str:
        params = params_of(model, language, is_trusted)
        job = FirstJob(new_job_id(), jobs_transcribe.TRANSCRIBE, params)
        transcript_id = transcripts.create_transcript(
            settings,
            store,
            media_path=media_upload_path,
            media_name=media_name,
            text=text_bytes,
            text_name=text_name,
            text_encoding=text_encoding,
            title=title,
            model=model,
            language=language,
            track=track,
            first_job=job,
        )
        queue.enqueue(job.id, model)
        return transcript_id

    def start(
        transcript_id: str,
        *,
        model: str,
        language: str | None,
        is_trusted: bool = False,
        track: int | None = None,
    ) -> str:
        return start_job(
            store, queue, transcript_id, model, language, is_trusted=is_trusted, track=track
        )

    def choices() -> list[ModelState]:
        return [
            ModelState(c.name, c.download_bytes, c.available, c.english_only)
            for c in weights.model_choices(settings.models_dir)
        ]

    return Services(
        settings=settings,
        store=store,
        accounts=Accounts(store),
        queue=queue,
        read_text=read_apart,
        create_transcript=create,
        start_transcription=start,
        listens_again=lambda item: (
            jobs_realign.model_at_hand(settings, store.transcript(item)) is not None
        ),
        listen_soon=lambda item, *, since: jobs_realign.listen_soon(
            settings, store, item, since=since
        ),
        delete_transcript=lambda item: transcripts.delete_transcript(settings, store, item),
        read_peaks=lambda item, *, level, start_ms, end_ms: recordings.read_peaks(
            settings, item, level=level, start_ms=start_ms, end_ms=end_ms
        ),
        export_file=lambda item, *, format_name, options: export.export_file(
            store, item, format_name=format_name, options=options
        ),
        pack=lambda item, out: project_file.pack(settings, store, item, out),
        unpack=lambda path, *, named: project_file.unpack(settings, store, path, named=named),
        mend_times=partial(align.mend_times, store),
        export_several=lambda ids, *, format_name, options: export.export_several(
            store, ids, format_name=format_name, options=options
        ),
        captions_of=lambda item, rules: export.captions_of(store, item, rules),
        list_models=choices,
    )
