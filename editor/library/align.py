"""The times of a transcript's words: by what was recognised, and by the file they came from."""

from __future__ import annotations

from collections.abc import Sequence

from editor.align import Drift
from editor.align.drafts import imported_starts, segments_from_recognised, timed_segments
from editor.asr import Prepared
from editor.document import RecognisedWord, Segment, new_segment_id
from editor.edits import Change, retimed
from editor.edits.shift import mended_segments
from editor.edits.window import Window
from editor.errors import NotPossible
from editor.formats.sandbox import read_apart
from editor.library.cut_off import with_cut_off
from editor.library.edits import save_made
from editor.library.sounds import with_unknown_sounds
from editor.store import Applied, Store, TranscriptRow

#: How far a text is recognised before its first word is; 0: nobody has begun.
NOTHING_RECOGNISED_MS = 1


def align(
    store: Store,
    transcript_id: str,
    prepared: Prepared,
    *,
    until_ms: int,
    names: Sequence[str] = (),
) -> None:
    """Give the text its times by what was recognised up to `until_ms`; tell how far that is.

    A text that is made of what is recognised gets what it lacks of it; `names` are what voices are
    called that were recognised each alone.
    """
    recognised = store.recognised_words(transcript_id)
    row = store.transcript(transcript_id)
    is_last = until_ms >= prepared.duration_ms
    is_filled = row.generated_until_ms is not None and row.generated_until_ms < until_ms
    if is_filled:
        _fill(store, row, recognised, until_ms, names)
    if is_filled and not is_last:
        store.set_recognised_until(transcript_id, until_ms)
        return
    segments = [stored.segment for stored in store.segments(transcript_id)]
    timed, coverage = timed_segments(
        segments,
        recognised,
        duration_ms=prepared.duration_ms,
        silences=prepared.silences,
        imported_ms=_imported_starts(store, row, segments) if is_last else None,
    )
    changed = [
        (new.id, new.revision, new.words)
        for old, new in zip(segments, timed, strict=True)
        if old.words != new.words and (is_last or not _is_known_ahead(old, until_ms))
    ]
    store.update_times(transcript_id, changed)
    if is_last:
        words = [word for segment in timed for word in segment.words]
        coverage = with_unknown_sounds(coverage, row.language, words)
        coverage = with_cut_off(coverage, prepared.promised_ms, prepared.duration_ms)
    store.update_transcript(transcript_id, coverage=coverage.as_json())
    recognised_until_ms = until_ms if is_last else _timed_until_ms(timed, until_ms)
    store.set_recognised_until(transcript_id, recognised_until_ms)


def _fill(
    store: Store,
    row: TranscriptRow,
    recognised: Sequence[RecognisedWord],
    until_ms: int,
    names: Sequence[str],
) -> None:
    """Make text of what was recognised since this was done last."""
    since_ms = row.generated_until_ms or 0
    news = [word for word in recognised if since_ms <= word.start_ms < until_ms]
    found = segments_from_recognised(news, new_id=new_segment_id, names=names)
    store.fill(row.id, [segment for segment in found if segment.words], until_ms=until_ms)


def _is_known_ahead(segment: Segment, until_ms: int) -> bool:
    """Whether an earlier recognition has recognised what this one has yet to come to."""
    is_ahead = (segment.start_ms or 0) >= until_ms
    return is_ahead and any(word.origin in ("heard", "listened") for word in segment.words)


def _timed_until_ms(segments: Sequence[Segment], until_ms: int) -> int:
    """Where the last word ends that was recognised: what is written behind it may be said later."""
    ends = (
        word.end_ms
        for segment in segments
        for word in segment.words
        if word.origin == "heard" and word.start_ms < until_ms
    )
    return max(ends, default=NOTHING_RECOGNISED_MS)


def mend_times(
    store: Store,
    transcript_id: str,
    *,
    edit_id: str | None,
    author: str | None = None,
    client: str | None = None,
) -> Applied:
    """Give words that were not recognised the times of their file, without its drift; one edit.

    Raises:
        NotPossible: the file's times are not known, or too little was recognised to mend them.
    """
    row = store.transcript(transcript_id)
    drift = drift_of(row)

    def mended(window: Window) -> Change:
        starts = _imported_starts(store, row, window.segments)
        return retimed(window.segments, mended_segments(window.segments, starts, drift.media_ms))

    made = save_made(
        store,
        transcript_id,
        mended,
        base_revisions={},
        author=author,
        client=client,
        edit_id=edit_id,
    )
    return made[-1]


def _imported_starts(
    store: Store, row: TranscriptRow, segments: Sequence[Segment]
) -> list[int | None]:
    """The start each word has in the file it came from; alignment has moved it since."""
    imported = store.imported_text(row.id)
    if imported is None:
        return [None] * sum(len(segment.words) for segment in segments)
    read = read_apart(
        imported,
        row.imported_name or "",
        encoding=row.imported_encoding,
        kind=row.imported_format,
    )
    return imported_starts(read.drafts, segments)


def drift_of(row: TranscriptRow) -> Drift:
    drift = (row.coverage or {}).get("drift")
    if drift is None:
        raise NotPossible("text", "No delay was measured for these captions.")
    return Drift.from_json(drift)
