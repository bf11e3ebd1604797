"""What a transcription job hears: which chunks, told what the text and the glossary say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass
from functools import cached_property

from editor.asr import (
    Chunk,
    Prepared,
    Progress,
    Written,
    align_trusted_text,
    recognise_chunks,
    written_of,
)
from editor.asr.recogniser import Recogniser
from editor.document import RecognisedWord
from editor.languages import language_code
from editor.library.job_kinds import TranscribeParams
from editor.review import hotwords_of
from editor.store import JobRow, Store, TranscriptRow


def model_of(row: TranscriptRow, job: JobRow) -> str:
    """The model that a job hears with."""
    return job.model or row.model


class WrittenText:
    """The words of a transcript's text, taken from the store again only once someone changed it.

    Ten hours have 100,000 words and some 300 chunks, each of which asks for them.
    """

    def __init__(self, store: Store, transcript_id: str) -> None:
        self._store, self._transcript_id = store, transcript_id
        self._revisions: list[tuple[str, int]] | None = None
        self._written: Written = ([], [])

    def __call__(self) -> Written:
        """The words as they are now."""
        texts = self._store.texts(self._transcript_id)
        revisions = [(segment_id, revision) for segment_id, revision, _ in texts]
        if revisions != self._revisions:
            stored = self._store.segments(self._transcript_id)
            self._written = written_of([one.segment for one in stored])
            self._revisions = revisions
        return self._written


@dataclass(frozen=True)
class Transcription:
    """A job that hears: its transcript, the recording made ready, and what gives the model.

    A trusted text is found by its phones: its model is loaded only where that does not do.
    """

    store: Store
    row: TranscriptRow
    job: JobRow
    prepared: Prepared
    load: Callable[[], Recogniser]

    @cached_property
    def params(self) -> TranscribeParams:
        """What the job is told."""
        return TranscribeParams.model_validate(self.job.params)

    @property
    def language(self) -> str | None:
        """The language that is spoken (ISO 639-1), None where nobody said it.

        Raises:
            InvalidValue: recognition knows no such language.
        """
        language = self.params.language or self.row.language
        return language and language_code(language)

    @property
    def is_named(self) -> bool:
        """Whether somebody said which language is spoken."""
        return bool(self.params.language)

    @property
    def is_followed(self) -> bool:
        """Whether the text is listened for as it stands, and nothing is recognised."""
        is_own = self.row.generated_until_ms is None
        return is_own and self.params.trusted and any(self.written()[1])

    @cached_property
    def written(self) -> WrittenText:
        """Called for, it gives the words of the text as they are then."""
        return WrittenText(self.store, self.row.id)

    def recognised(self) -> list[RecognisedWord]:
        """The words that the job has recognised."""
        return self.store.recognised_words(self.row.id, recognition=self.job.id)

    def done(self) -> set[int]:
        """The numbers of the chunks that the job has recognised."""
        return self.store.recognised_chunks(self.row.id, self.job.id)

    def save(self, chunk: Chunk) -> None:
        """Save what was recognised in a chunk."""
        bounds = chunk.start_ms, chunk.end_ms
        self.store.save_chunk(self.row.id, self.job.id, chunk.number, *bounds, chunk.words)


def recognise_alone(transcription: Transcription, progress: Progress) -> Generator[Chunk]:
    """What the job has not recognised yet, chunk by chunk."""
    if not transcription.is_followed:
        return chunks_recognised(transcription, progress, language=transcription.language)
    return align_trusted_text(
        transcription.prepared,
        transcription.load,
        language=transcription.language,
        done=transcription.recognised(),
        written=transcription.written(),
        progress=progress,
    )


def chunks_recognised(
    transcription: Transcription,
    progress: Progress,
    *,
    language: str | None,
    numbers: Collection[int] | None = None,
) -> Generator[Chunk]:
    """The chunks with these `numbers`, or all, that are not recognised yet; recognised in order."""
    everything = range(len(transcription.prepared.chunks))
    # First the words: whoever helps may save a chunk at any moment.
    recognised = transcription.recognised()
    todo = set(everything if numbers is None else numbers) - transcription.done()
    done: dict[int, list[RecognisedWord]] = {
        number: [] for number in everything if number not in todo
    }
    for word in recognised:
        done[word.chunk].append(word)
    store = transcription.store
    yield from recognise_chunks(
        transcription.prepared,
        transcription.load(),
        language=language,
        is_named=transcription.is_named,
        done=done,
        written=transcription.written,
        progress=progress,
        hotwords=hotwords_of(store.terms_known(transcription.row.id)),
    )
