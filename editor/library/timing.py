"""The times of a transcript's words: by what was heard, and by the file they came from."""

from __future__ import annotations

from collections.abc import Sequence

from editor import formats
from editor.align import Drift
from editor.align.drafts import imported_starts, segments_from_heard, timed_segments
from editor.document import Segment
from editor.edits import Change, retimed
from editor.errors import InvalidValue
from editor.hearing import Prepared
from editor.ids import new_segment_id
from editor.moves import mended_segments
from editor.store import Applied, PastReader, Store, TranscriptRow


def align(store: Store, transcript_id: str, prepared: Prepared, *, until_ms: int) -> None:
    """Give the text its times by what was heard so far; where there is none, that is the text."""
    heard = store.heard_words(transcript_id)
    segments = [stored.segment for stored in store.segments(transcript_id)]
    row = store.transcript(transcript_id)
    is_last = until_ms >= prepared.duration_ms
    if not segments:
        if is_last:
            store.replace_all_segments(
                transcript_id, segments_from_heard(heard, new_id=new_segment_id)
            )
        return
    timed, coverage = timed_segments(
        segments,
        heard,
        duration_ms=prepared.duration_ms,
        silences=prepared.silences,
        imported_ms=_imported_starts(store, row, segments) if is_last else None,
    )
    changed = [
        (new.id, new.revision, new.words)
        for old, new in zip(segments, timed, strict=True)
        if old.words != new.words
    ]
    store.update_times(transcript_id, changed)
    store.update_transcript(transcript_id, coverage=coverage.as_json())


def mend_times(
    store: Store,
    transcript_id: str,
    *,
    edit_id: str | None,
    author: str | None = None,
    client: str | None = None,
) -> Applied:
    """Give words that were not heard the times of their file, without its drift; one edit.

    Raises:
        InvalidValue: the file's times are not known, or too little was heard to mend them.
    """
    row = store.transcript(transcript_id)
    drift = drift_of(row)

    def build(reader: PastReader) -> Change:
        segments = reader.segments()
        starts = _imported_starts(store, row, segments)
        return retimed(segments, mended_segments(segments, starts, drift.heard_ms))

    return store.edit(
        transcript_id, build, base_revisions={}, author=author, client=client, edit_id=edit_id
    )


def _imported_starts(
    store: Store, row: TranscriptRow, segments: Sequence[Segment]
) -> list[int | None]:
    """The start each word has in the file it came from; alignment has moved it since."""
    imported = store.imported_text(row.id)
    if imported is None:
        return [None] * sum(len(segment.words) for segment in segments)
    read = formats.read(imported, row.imported_name or "", encoding=row.imported_encoding)
    return imported_starts(read.drafts, segments)


def drift_of(row: TranscriptRow) -> Drift:
    drift = (row.coverage or {}).get("drift")
    if drift is None:
        raise InvalidValue("text", "how late its captions are is not known")
    return Drift.from_json(drift)
