"""The job of a recording, on one page. Knows nothing of threads, queues and HTTP."""

from __future__ import annotations

from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import cache
from time import monotonic

from editor.asr import Chunk, ModelCache, Progress
from editor.asr.recogniser import Recogniser
from editor.config import Settings
from editor.library.align import NOTHING_RECOGNISED_MS, align
from editor.library.chunks import Transcription, model_of
from editor.library.doubt_counts import count_doubts
from editor.library.job_kinds import TRANSCRIBE, TranscribeParams
from editor.library.jobs_deliver import deliver_soon
from editor.library.jobs_microphones import microphones_for
from editor.library.jobs_score import listen_for_doubts
from editor.library.jobs_shared import recognise_together
from editor.library.microphones import forget_sounds
from editor.library.recordings import Opening, change_track, folder_of, let_go
from editor.store import JobRow, Store

#: A long text is aligned anew only after so many times the time that this takes, which leaves
#: nine tenths of the job to hearing.
_HEARD_PER_ALIGNED = 9
#: Listening for the words in doubt takes the rest of the job.
_UNTIL_HEARD = 0.75


@dataclass(frozen=True)
class Part:
    """The progress of a part of a job, which takes it from one fraction to another."""

    whole: Progress
    first: float
    end: float

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        """Tell how far the part is, in [0, 1]."""
        self.whole.report(self.first + (self.end - self.first) * fraction, phase, message)

    def checkpoint(self) -> None:
        """Let go here if the job is not wanted any more."""
        self.whole.checkpoint()


def transcribe(
    settings: Settings,
    store: Store,
    job: JobRow,
    progress: Progress,
    model_cache: ModelCache,
) -> None:
    """The job of a recording: decode, hear chunk by chunk, time the text, listen for doubts.

    Where the job's `trusted` says that the text is right, it is listened for as it stands, and
    nothing is in doubt.
    """
    params = TranscribeParams.model_validate(job.params)
    first, rest = Part(progress, 0.0, _UNTIL_HEARD), Part(progress, _UNTIL_HEARD, 1.0)
    next_s = 0.0
    row = store.transcript(str(job.transcript_id))
    row = change_track(settings, store, row, params.track)
    is_begun = bool(store.recognised_chunks(row.id, job.id))
    microphones = microphones_for(settings, store, row, params, first, is_begun=is_begun)
    row = store.transcript(row.id)
    names = microphones.names if microphones else ()
    with ExitStack() as stack:
        opening = stack.enter_context(Opening(settings, store, row, first))
        # Where in the recording a trusted text stands is found in the whole of it.
        is_whole = is_begun or params.trusted or microphones is not None
        beginning = None if is_whole else opening.beginning()

        @cache
        def load() -> Recogniser:
            return stack.enter_context(model_cache.recogniser(model_of(row, job), first))

        if not params.trusted:
            # While the rest is decoded.
            load()
        if not is_begun:
            _begin(store, row.id)
        if beginning is not None:
            _recognise_beginning(Transcription(store, row, job, beginning, load), first)
            row = store.transcript(row.id)
        prepared = opening.whole()
        if microphones is not None:
            prepared = replace(prepared, own_sounds=microphones.own_sounds())
        transcription = Transcription(store, row, job, prepared, load)
        for chunk in recognise_together(transcription, first):
            _save(transcription, chunk)
            started_s = monotonic()
            if started_s >= next_s:
                until_ms = _recognised_until_ms(transcription, chunk)
                align(store, row.id, prepared, until_ms=until_ms, names=names)
                next_s = monotonic() + _HEARD_PER_ALIGNED * (monotonic() - started_s)
        first.report(1.0, "align")
        align(store, row.id, prepared, until_ms=prepared.duration_ms, names=names)
        if not params.trusted:
            language = store.transcript(row.id).language or "en"
            listen_for_doubts(
                store,
                row.id,
                job.id,
                prepared,
                load(),
                language=language,
                terms=store.terms_known(row.id),
                progress=rest,
            )
    count_doubts(store, row.id)
    deliver_soon(settings, store, row.id)
    forget_sounds(folder_of(settings, row.id))
    let_go(settings, store, row.id, kind=TRANSCRIBE)


def _begin(store: Store, transcript_id: str) -> None:
    """Of another recognition nothing is done yet; where no text is left it makes the text."""
    store.set_recognised_until(transcript_id, NOTHING_RECOGNISED_MS)
    if not store.texts(transcript_id):
        store.update_transcript(transcript_id, generated_until_ms=0)


def _recognise_beginning(transcription: Transcription, progress: Progress) -> None:
    """Hear the first chunk, and time the text by it, while the rest of the recording is decoded.

    Where nothing is recognised in it, it tells nothing of the language, and is recognised again.
    """
    prepared, row = transcription.prepared, transcription.row
    ((_, end_ms),) = prepared.chunks
    with closing(recognise_together(transcription, progress)) as chunks:
        for chunk in chunks:
            if not chunk.words or chunk.end_ms > end_ms:
                return
            _save(transcription, chunk)
            # What is not recognised yet lies behind it.
            expected_ms = max(row.duration_ms or 0, prepared.duration_ms)
            known = replace(prepared, duration_ms=expected_ms)
            align(
                transcription.store,
                row.id,
                known,
                until_ms=_recognised_until_ms(transcription, chunk),
            )


def _save(transcription: Transcription, chunk: Chunk) -> None:
    transcription.save(chunk)
    if chunk.words:
        transcription.store.update_transcript(transcription.row.id, language=chunk.language)


def _recognised_until_ms(transcription: Transcription, chunk: Chunk) -> int:
    """How far everything is recognised: others may be at chunks before this one."""
    if transcription.params.trusted:
        return chunk.end_ms
    done = transcription.done()
    earlier = enumerate(transcription.prepared.chunks[: chunk.number])
    starts = (start_ms for number, (start_ms, _) in earlier if number not in done)
    return next(starts, chunk.end_ms)
