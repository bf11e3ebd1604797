"""Copies of the library's recordings without the words that are struck out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from editor import media
from editor.config import Settings
from editor.document import Transcript
from editor.edits.kept import cuts_of, kept_spans
from editor.edits.pseudonyms import Pseudonyms
from editor.errors import NotPossible
from editor.library.clips import source_of
from editor.library.recordings import told_as
from editor.store import Store
from editor.timecode import clock_from_ms


@dataclass(frozen=True, slots=True)
class Cut:
    """How many places were cut out of a copy, how long they were together, and how long it is."""

    places: int
    removed_ms: int
    length_ms: int


def cut_sentence(cut: Cut) -> str:
    """How much was cut out, and how long the copy is."""
    removed = f"{cut.removed_ms / 1000:.1f}"
    return f"Length {clock_from_ms(cut.length_ms)}; cut out: {cut.places} ×, {removed} s"


def write_cut(
    settings: Settings,
    store: Store,
    transcript_id: str,
    out_path: Path,
    *,
    pseudonyms: Pseudonyms | None = None,
    on_progress: Callable[[int], None] = lambda read_ms: None,
) -> Cut:
    """Write the sound of a transcript's recording without struck-out words to an MP3 or WAV.

    Names that have `pseudonyms` are covered by a tone. `on_progress` is called with the
    milliseconds read so far.

    Raises:
        NotFound: there is no such transcript.
        NotPossible: nothing is struck out, or its recording is not in the library.
        UnreadableMedia: nothing can be heard in the recording.
    """
    row = store.transcript(transcript_id)
    transcript = Transcript(tuple(stored.segment for stored in store.segments(transcript_id)))
    cuts = cuts_of(transcript)
    covered = pseudonyms.spans(transcript) if pseudonyms else []
    if not cuts and pseudonyms is None:
        raise NotPossible("words", "Strike out words in the page first: nothing is to be cut.")
    path, is_copy = source_of(settings, row)
    kept = kept_spans(
        cuts, max([row.duration_ms or 0, *(end_ms for _, end_ms in [*cuts, *covered])])
    )
    with told_as(row.media_name):
        length_ms = media.write_cut(
            path,
            out_path,
            kept,
            covered_ms=covered,
            track=None if is_copy else row.track,
            on_progress=on_progress,
        )
    return Cut(len(cuts), sum(end_ms - start_ms for start_ms, end_ms in cuts), length_ms)
