"""Transcripts come into the library with their recordings, and leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from editor import media
from editor.align.drafts import segments_from_drafts
from editor.config import Settings
from editor.document import new_segment_id
from editor.formats.sandbox import read_apart
from editor.jobs import Queue
from editor.library.job_kinds import TRANSCRIBE, TranscribeParams
from editor.library.long_paragraphs import cut_long_paragraphs
from editor.library.recordings import (
    MEDIA,
    folder_of,
    keep_recording,
    name_in,
    safe_suffix,
    told_as,
)
from editor.storage.media_files import files_of
from editor.store import FirstJob, Store, new_job_id, new_transcript_id


def create_transcript(
    settings: Settings,
    store: Store,
    *,
    media_path: Path,
    media_name: str,
    text: bytes | None,
    text_name: str | None,
    text_encoding: str | None,
    title: str | None,
    model: str,
    language: str | None,
    text_kind: str | None = None,
    track: int | None = None,
    is_trusted: bool = False,
    finds_speakers: bool = False,
    speaker_count: int | None = None,
    queue: Queue | None = None,
    is_ours: bool = True,
    author: str | None = None,
    glossary: Sequence[str] = (),
) -> str:
    """Store a transcript and its recording; gives its id. With a `queue` its transcription begins.

    `glossary` holds names and terms to expect. Where it `finds_speakers`, each person who has a
    channel or track is recognised alone. Long paragraphs are cut at sentences, as an edit of
    `author`'s that can be undone.

    The file at `media_path` stays: whoever brought it removes it once this has come to its end.
    One that is not ours is copied, so that what its owner does to it later is not done to ours.

    Raises:
        UnreadableMedia, UnreadableTranscript, InvalidValue: nothing is stored then; the last where
            the recording has no such sound `track`.
    """
    with told_as(media_name):
        info = media.probe(media_path)
    info.check_track(media_name, track)
    read = (
        read_apart(text, text_name or "transcript.txt", encoding=text_encoding, kind=text_kind)
        if text
        else None
    )
    files = files_of(settings)
    transcript_id = new_transcript_id()
    params = TranscribeParams(
        model=model,
        language=language,
        trusted=is_trusted,
        track=track,
        speakers_by="auto" if finds_speakers else None,
        speaker_count=speaker_count,
    )
    first_job = FirstJob(new_job_id(), TRANSCRIBE, params.model_dump()) if queue else None
    kept = folder_of(settings, transcript_id) / f"original{safe_suffix(media_name)}"
    try:
        keep_recording(media_path, kept, is_ours=is_ours)
        files.keep(name_in(settings, kept))
        store.create_transcript(
            transcript_id=transcript_id,
            title=title or Path(media_name).stem,
            media_name=media_name,
            media_path=name_in(settings, kept),
            duration_ms=info.duration_ms,
            has_video=info.has_video,
            frame_us=info.frame_us,
            track=track,
            tracks=list(info.tracks),
            model=model,
            language=language,
            imported=text,
            imported_name=text_name,
            imported_format=read.format if read else None,
            imported_encoding=read.encoding if read else None,
            problems=[asdict(problem) for problem in read.problems] if read else [],
            segments=segments_from_drafts(
                read.drafts if read else [], duration_ms=info.duration_ms, new_id=new_segment_id
            ),
            first_job=first_job,
            glossary=glossary,
        )
    except BaseException:
        files.delete(name_in(settings, kept.parent))
        raise
    files.release(name_in(settings, kept.parent))
    cut_long_paragraphs(store, transcript_id, language=language, author=author)
    if queue and first_job:
        queue.enqueue(first_job.id, model)
    return transcript_id


def delete_transcript(settings: Settings, store: Store, transcript_id: str) -> None:
    """Forget a transcript and its files."""
    store.delete_transcript(transcript_id)
    files_of(settings).delete(f"{MEDIA}/{transcript_id}")
