"""What a transcription job hears: which pieces, told what the text and the glossary say."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterator

from editor.document import HeardWord
from editor.hearing import (
    Piece,
    Prepared,
    Progress,
    Written,
    follow_text,
    hear_pieces,
    written_of,
)
from editor.recognise import Recogniser
from editor.review import hotwords_of
from editor.store import JobRow, Store, TranscriptRow


def model_of(row: TranscriptRow, job: JobRow) -> str:
    """The model that a job hears with."""
    return job.model or row.model


def is_followed(store: Store, row: TranscriptRow, job: JobRow) -> bool:
    """Whether the job listens for the text as it stands, and recognises nothing."""
    return bool(job.params.get("trusted")) and any(_written_in(store, row)[1])


def hear_alone(
    store: Store,
    row: TranscriptRow,
    job: JobRow,
    prepared: Prepared,
    recogniser: Recogniser,
    progress: Progress,
) -> Iterator[Piece]:
    """What the job has not heard yet, piece by piece."""
    language = job.params.get("language") or row.language
    if is_followed(store, row, job):
        return follow_text(
            prepared,
            recogniser,
            language=language,
            done=store.heard_words(row.id, recognition=job.id),
            written=_written_in(store, row),
            progress=progress,
        )
    return pieces_heard(store, row, job, prepared, recogniser, progress, language=language)


def pieces_heard(
    store: Store,
    row: TranscriptRow,
    job: JobRow,
    prepared: Prepared,
    recogniser: Recogniser,
    progress: Progress,
    *,
    language: str | None,
    numbers: Collection[int] | None = None,
) -> Generator[Piece]:
    """The pieces with these `numbers`, or all, that are not heard yet; recognised in order."""
    everything = range(len(prepared.pieces))
    # First the words: whoever helps may save a piece at any moment.
    heard = store.heard_words(row.id, recognition=job.id)
    todo = set(everything if numbers is None else numbers) - store.pieces(row.id, job.id)
    done: dict[int, list[HeardWord]] = {number: [] for number in everything if number not in todo}
    for word in heard:
        done[word.piece].append(word)
    yield from hear_pieces(
        prepared,
        recogniser,
        language=language,
        done=done,
        written=lambda: _written_in(store, row),
        progress=progress,
        hotwords=hotwords_of(store.glossary(row.id) + store.glossary(None)),
    )


def _written_in(store: Store, row: TranscriptRow) -> Written:
    return written_of([stored.segment for stored in store.segments(row.id)])
