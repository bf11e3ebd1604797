"""Joins the rooms: what the web room and the worker need, made of the rooms below."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from editor import formats, models, pipeline
from editor.config import Settings
from editor.jobs import JobContext, Queue
from editor.store import Store
from editor.web import ModelState, Services

TRANSCRIBE = "transcribe"


def transcriber(settings: Settings, store: Store) -> Callable[[JobContext], None]:
    """The worker's handler of transcription jobs."""

    def run(context: JobContext) -> None:
        row = store.transcript(str(context.job.transcript_id))
        pipeline.transcribe(settings, store, row, context.job, context)

    return run


def start_job(
    store: Store, queue: Queue, transcript_id: str, model: str, language: str | None
) -> str:
    """Put the transcription of a transcript into the queue; gives the job's id."""
    params = {"model": model, "language": language}
    key = f"{TRANSCRIBE}:{transcript_id}"
    job = store.create_job(TRANSCRIBE, transcript_id, params, unique_key=key)
    queue.enqueue(job.id)
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
    ) -> str:
        transcript_id = pipeline.create_transcript(
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
        )
        start(transcript_id, model=model, language=language)
        return transcript_id

    def start(transcript_id: str, *, model: str, language: str | None) -> str:
        return start_job(store, queue, transcript_id, model, language)

    def choices() -> list[ModelState]:
        return [
            ModelState(c.name, c.download_bytes, c.available, c.english_only)
            for c in models.model_choices(settings.models_dir)
        ]

    return Services(
        settings=settings,
        store=store,
        queue=queue,
        read_text=formats.read,
        create_transcript=create,
        start_transcription=start,
        delete_transcript=lambda item: pipeline.delete_transcript(settings, store, item),
        read_peaks=lambda item, *, level, start_ms, end_ms: pipeline.read_peaks(
            settings, item, level=level, start_ms=start_ms, end_ms=end_ms
        ),
        export_file=lambda item, *, format_name, options: pipeline.export_file(
            store, item, format_name=format_name, options=options
        ),
        export_several=lambda ids, *, format_name, options: pipeline.export_several(
            store, ids, format_name=format_name, options=options
        ),
        captions_of=lambda item, rules: pipeline.captions_of(store, item, rules),
        list_models=choices,
    )
