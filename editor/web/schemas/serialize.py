"""Rows and segments as the JSON the API gives; `answers` describes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from editor.document import ALIGNERS, ORIGINS, Word, aligner_of
from editor.edits.utf16 import utf16_spans
from editor.errors import NotFound
from editor.library.job_kinds import TRANSCRIBE
from editor.review import (
    DismissedByText,
    Doubt,
    ReviewContext,
    Spellings,
    dismissed_by_text,
    is_dismissed,
)
from editor.store import (
    Applied,
    Changes,
    JobRow,
    QueuePlace,
    Reviewed,
    Sought,
    Store,
    StoredSegment,
    TranscriptRow,
)
from editor.web.schemas.steps import step_json

Json = dict[str, Any]

_ORIGIN_INDEX = {origin: index for index, origin in enumerate(ORIGINS)}
#: 0 is that none is known.
_ALIGNER_INDEX = {aligner: index for index, aligner in enumerate((None, *ALIGNERS))}


def segment_json(stored: StoredSegment) -> Json:
    """One segment without its doubts."""
    segment = stored.segment
    spans = utf16_spans(segment.text, [word.text for word in segment.words])
    words = [
        [*span, word.start_ms, word.end_ms, *_trust(word)]
        for span, word in zip(spans, segment.words, strict=True)
    ]
    return {
        "id": segment.id,
        "position": stored.position,
        "revision": segment.revision,
        "speaker": segment.speaker,
        "kind": segment.kind,
        "new_turn": segment.new_turn,
        "reviewed": segment.reviewed,
        "text": segment.text,
        "note": segment.note,
        "words": words,
    }


def doubts_json(segment_id: str, doubts: Iterable[Doubt], kept: DismissedByText) -> list[Json]:
    """The doubts of a segment, each with what people decided."""
    return [
        {**_doubt_json(doubt), "kept": is_dismissed(doubt, segment_id, kept.get(doubt.written, ()))}
        for doubt in doubts
    ]


def _doubt_json(doubt: Doubt) -> Json:
    # dataclasses.asdict copies deeply, which takes ten times as long.
    return {name: getattr(doubt, name) for name in Doubt.__dataclass_fields__}


def segments_json(store: Store, transcript_id: str, stored: Sequence[StoredSegment]) -> list[Json]:
    """Segments with their doubts; asks once for what was heard between the first and the last."""
    context = store.review_context(transcript_id, stored)
    return judged_json(stored, context.doubts, context.dismissed_by_text())


def judged_json(
    stored: Iterable[StoredSegment], doubts: Mapping[str, Iterable[Doubt]], kept: DismissedByText
) -> list[Json]:
    """Segments with the doubts that were found in them."""
    return [
        {
            **segment_json(one),
            "doubts": doubts_json(one.segment.id, doubts.get(one.segment.id, ()), kept),
        }
        for one in stored
    ]


def doubts_in(
    store: Store,
    transcript_id: str,
    stored: Sequence[StoredSegment],
    spellings: Spellings | None = None,
    *,
    with_style: bool = False,
) -> dict[str, list[Doubt]]:
    """The doubts of some segments, by their ids; see `segment_doubts`."""
    context = store.review_context(transcript_id, stored)
    return context.doubts_with(spellings, with_style=with_style)


def current_segment(store: Store, transcript_id: str, segment_id: str) -> Json | None:
    """A segment as it is now, None when it was removed."""
    try:
        stored = store.segment(transcript_id, segment_id)
    except NotFound:
        return None
    return segments_json(store, transcript_id, [stored])[0]


def applied_json(
    store: Store,
    transcript_id: str,
    applied: Applied | Changes,
    context: ReviewContext | None = None,
    *,
    since: int | None = None,
) -> Json:
    """What an edit, an undo or a redo did, or what was changed since.

    `context` is that of the segments that were touched, where it is at hand. With them go those
    whose doubts may be others by that.
    """
    if context is None:
        context = store.review_context(transcript_id, applied.segments)
    segments = judged_json(applied.segments, context.doubts, context.dismissed_by_text())
    if since is not None or segments or applied.removed_ids:
        anew = store.judged_anew(transcript_id, applied.seq - 1 if since is None else since)
        segments += segments_json(store, transcript_id, anew) if anew else []
    return {
        "seq": applied.seq,
        "can_undo": applied.can_undo,
        "can_redo": applied.can_redo,
        "corrected": store.resolved_count(transcript_id),
        "segments": segments,
        "removed": list(applied.removed_ids),
    }


def changes_json(
    store: Store,
    transcript_id: str,
    since: int,
    *,
    author: str | None = None,
    client: str | None = None,
) -> Json:
    """Everything that was changed after `since`, how the jobs stand, and what they may undo.

    `reverts` tells what somebody else undid or did again.
    """
    row = store.transcript(transcript_id)
    changes = store.changes_since(transcript_id, since, author=author, client=client)
    return {
        **applied_json(store, transcript_id, changes, since=since),
        **_standing_json(store, row),
        "reverts": [step_json(step) for step in changes.reverts],
    }


def _standing_json(store: Store, row: TranscriptRow) -> Json:
    """How far jobs have brought a transcript."""
    return {
        "title": row.title,
        "language": row.language,
        "deleted_ms": row.deleted_ms,
        "settled_ms": row.recognised_until_ms,
        "track": row.track,
        "tracks": row.tracks or [],
        "coverage": row.coverage,
        "jobs": [job_json(job) for job in store.jobs(row.id)],
    }


def whole_json(
    store: Store, transcript_id: str, *, author: str | None = None, client: str | None = None
) -> Json:
    """A transcript with all its segments; their doubts take longer than all else."""
    row = store.transcript(transcript_id)
    everything = store.changes_since(transcript_id, 0, author=author, client=client)
    return {
        "id": row.id,
        "title": row.title,
        "media": _media_json(row),
        "model": row.model,
        "imported": {
            "format": row.imported_format,
            "encoding": row.imported_encoding,
            "problems": list(row.problems),
        },
        "seq": everything.seq,
        "can_undo": everything.can_undo,
        "can_redo": everything.can_redo,
        "corrected": store.resolved_count(transcript_id),
        "segments": [segment_json(one) for one in everything.segments],
        **_standing_json(store, row),
    }


def all_doubts_json(store: Store, transcript_id: str) -> Json:
    """The doubts of all segments that have some, at a `seq` or a little later."""
    seq = store.transcript(transcript_id).seq
    stored = store.segments(transcript_id)
    doubts = doubts_in(store, transcript_id, stored)
    return {"seq": seq, "segments": doubtful_json(store, transcript_id, stored, doubts)}


def doubtful_json(
    store: Store,
    transcript_id: str,
    stored: Iterable[StoredSegment],
    doubts: Mapping[str, Iterable[Doubt]],
) -> list[Json]:
    """Those of some segments that have doubts, with these, and the revision they are of."""
    kept = dismissed_by_text(store.dismissed_doubts(transcript_id))
    return [
        {
            "id": segment.id,
            "revision": segment.revision,
            "doubts": doubts_json(segment.id, doubts[segment.id], kept),
        }
        for segment in (one.segment for one in stored)
        if segment.id in doubts
    ]


def library_json(store: Store, sought: Sought, *, limit: int, offset: int) -> Json:
    """Some of the transcripts, each with its newest job, and how many there are."""
    rows = store.list_transcripts(sought, limit=limit, offset=offset)
    return {
        "transcripts": summaries_json(store, rows),
        "total": store.count_transcripts(sought),
        **tags_json(store),
    }


def tags_json(store: Store) -> Json:
    """All tags of the library, with how many transcripts have each."""
    return {"tags": [{"tag": tag, "count": count} for tag, count in store.all_tags()]}


def summaries_json(store: Store, rows: Sequence[TranscriptRow]) -> list[Json]:
    """Transcripts in the library, each with its newest job."""
    ids = [row.id for row in rows]
    newest, reviewed = store.newest_jobs(ids, TRANSCRIBE), store.reviewed_counts(ids)
    tags, doubts = store.tags_of(ids), store.doubts_left(ids)
    are_waiting = any(job.state == "queued" for job in newest.values())
    places = store.queue_places(TRANSCRIBE) if are_waiting else {}
    return [
        {
            **summary_json(row, newest.get(row.id), reviewed.get(row.id), places.get(row.id)),
            "doubts_left": doubts.get(row.id),
            "tags": tags.get(row.id, []),
        }
        for row in rows
    ]


def summary_json(
    row: TranscriptRow, job: JobRow | None, reviewed: Reviewed | None, place: QueuePlace | None
) -> Json:
    """A transcript in the library."""
    return {
        "id": row.id,
        "title": row.title,
        "media": _media_json(row),
        "created_ms": row.created_ms,
        "updated_ms": row.updated_ms,
        "coverage": row.coverage,
        "deleted_ms": row.deleted_ms,
        "segments": reviewed.all if reviewed else 0,
        "reviewed": reviewed.done if reviewed else 0,
        "job": job_json(job) if job else None,
        "queue_place": asdict(place) if place else None,
    }


def job_json(job: JobRow) -> Json:
    """A job without what only workers need to know."""
    return {
        "id": job.id,
        "kind": job.kind,
        "transcript_id": job.transcript_id,
        "state": job.state,
        "fraction": job.fraction,
        "phase": job.phase,
        "message": job.message,
        "eta_ms": job.eta_ms,
        "error": job.error,
        "created_ms": job.created_ms,
        "updated_ms": job.updated_ms,
    }


def problems_json(problems: Iterable[Any]) -> list[Json]:
    """Lines of an imported text that could not be used."""
    return [{"line": p.line, "text": p.text, "reason": p.reason} for p in problems]


def _media_json(row: TranscriptRow) -> Json:
    return {
        "name": row.media_name,
        "duration_ms": row.duration_ms,
        "has_video": row.has_video,
        "frame_us": row.frame_us,
    }


def _trust(word: Word) -> tuple[int, float | None, int, int, int, str]:
    aligner = _ALIGNER_INDEX[aligner_of(word)]
    locked, struck = int(word.locked), int(word.struck)
    return (
        _ORIGIN_INDEX[word.origin],
        word.confidence,
        locked,
        aligner,
        struck,
        "\n".join(word.codes),
    )
