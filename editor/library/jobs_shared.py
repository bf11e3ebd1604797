"""One recording heard by several workers: the job shares ranges out, idle workers take some.

The job's own worker takes them, too, from the first on, so that it ends where nobody helps, and
hears again what a worker took that died.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Collection, Generator
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial

from editor.asr import Chunk, ModelCache, Progress
from editor.config import Settings
from editor.errors import LeaseLost
from editor.jobs import WorkerStopping
from editor.jobs.context import BEAT_S, LEASE_MS
from editor.library.chunks import Transcription, chunks_recognised, model_of, recognise_alone
from editor.library.job_kinds import TRANSCRIBE
from editor.library.recordings import let_go, prepared_of
from editor.store import ChunkRangeRow, Store

#: Two, so that one is recognised while the other is finished; each is some minutes of sound.
RANGE_CHUNKS = 2
_LOOK_S = 0.3
log = logging.getLogger(__name__)


class ChunkRangeLost(Exception):
    """Another worker hears the range, or nobody is to hear it any more."""


@dataclass
class Kept:
    """Renews the lease of a range while it is recognised, beside what else wants to know."""

    store: Store
    chunk_range: ChunkRangeRow
    others: Progress
    beaten_s: float = 0.0

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        """Pass on how far it is."""
        self.others.report(fraction, phase, message)

    def checkpoint(self) -> None:
        """Let go here if the range or the job is not wanted any more.

        Raises:
            ChunkRangeLost: it is the range; all else comes of the job.
        """
        self.others.checkpoint()
        if time.monotonic() - self.beaten_s < BEAT_S:
            return
        try:
            self.store.renew_chunk_range(self.chunk_range, LEASE_MS)
        except LeaseLost as error:
            raise ChunkRangeLost from error
        self.beaten_s = time.monotonic()


@dataclass
class _Helping:
    """A helper reports nothing, and ends with its worker."""

    stopping: threading.Event

    def report(self, fraction: float, phase: str, message: str = "") -> None: ...

    def checkpoint(self) -> None:
        if self.stopping.is_set():
            raise WorkerStopping


def recognise_together(transcription: Transcription, progress: Progress) -> Generator[Chunk]:
    """What the job hears itself, while other workers hear and save the rest, once one offers to.

    Alone where the text is trusted, which is followed from its beginning on, and where each person
    is recognised alone, whose sound others do not have.
    """
    done = transcription.done()
    todo = [number for number in range(len(transcription.prepared.chunks)) if number not in done]
    is_apart = bool(transcription.prepared.own_sounds)
    if transcription.is_followed or is_apart or len(todo) <= RANGE_CHUNKS:
        yield from recognise_alone(transcription, progress)
        return
    store, job, language = transcription.store, transcription.job, transcription.language
    recognise = partial(chunks_recognised, transcription)
    with closing(recognise(progress, language=language)) as chunks:
        for chunk in chunks:
            language = chunk.language
            todo.remove(chunk.number)
            yield chunk
            if store.is_help_offered(job.id):
                break
    try:
        # At the first of them this worker is already: chunks are recognised ahead.
        chunk_range = store.share_chunk_ranges(
            job.id, _bounds(todo), str(language), lease_ms=LEASE_MS
        )
        while store.count_chunk_ranges(job.id):
            progress.checkpoint()
            if chunk_range is None:
                time.sleep(_LOOK_S)
                chunk_range = _claimed(store, job.id)
                continue
            try:
                kept = Kept(store, chunk_range, progress)
                yield from recognise(kept, language=language, numbers=numbers_of(chunk_range))
                store.finish_chunk_range(chunk_range)
            except ChunkRangeLost:
                log.info("a chunk range of job %s was taken over by another worker", job.id)
            chunk_range = _claimed(store, job.id)
    finally:
        store.share_chunk_ranges(job.id, (), "")
    # Whatever became of the ranges: nothing is left out.
    yield from recognise(progress, language=language)


def _claimed(store: Store, job_id: str) -> ChunkRangeRow | None:
    claimed = store.claim_chunk_range(LEASE_MS, job_id=job_id)
    return claimed[0] if claimed else None


def help_others(
    settings: Settings,
    store: Store,
    model_cache: ModelCache,
    stopping: threading.Event,
    *,
    models: Collection[str] = (),
) -> bool:
    """Hear what another worker's job shares, until nothing is left; False where nothing is shared.

    Help is offered then, for next time. With `models`, only for jobs of these.
    """
    claimed = store.claim_chunk_range(LEASE_MS, models=models)
    if claimed is None:
        store.offer_help(models)
        return False
    chunk_range, job = claimed
    row, helping = store.transcript(str(job.transcript_id)), _Helping(stopping)
    try:
        kept = Kept(store, chunk_range, helping)
        prepared = prepared_of(settings, store, row, kept)
        with model_cache.recogniser(model_of(row, job), kept) as recogniser:
            transcription = Transcription(store, row, job, prepared, lambda: recogniser)
            while claimed is not None:
                chunk_range, _ = claimed
                _recognise_range(transcription, chunk_range, Kept(store, chunk_range, helping))
                claimed = store.claim_chunk_range(LEASE_MS, job_id=job.id)
    except ChunkRangeLost:
        log.info("job %s no longer needs help", job.id)
    except WorkerStopping:
        # Another may have it already.
        with suppress(LeaseLost):
            store.renew_chunk_range(chunk_range, 0)
        raise
    finally:
        let_go(settings, store, row.id, kind=TRANSCRIBE)
    return True


def _recognise_range(transcription: Transcription, chunk_range: ChunkRangeRow, kept: Kept) -> None:
    chunks = chunks_recognised(
        transcription, kept, language=chunk_range.language, numbers=numbers_of(chunk_range)
    )
    for chunk in chunks:
        kept.checkpoint()
        transcription.save(chunk)
    transcription.store.finish_chunk_range(chunk_range)


def numbers_of(chunk_range: ChunkRangeRow) -> range:
    """The numbers of the chunks of a range."""
    return range(chunk_range.first_chunk, chunk_range.end_chunk)


def _bounds(numbers: list[int]) -> list[tuple[int, int]]:
    """Bounds of ranges that hold these chunks; what lies between may be done."""
    groups = [numbers[at : at + RANGE_CHUNKS] for at in range(0, len(numbers), RANGE_CHUNKS)]
    return [(group[0], group[-1] + 1) for group in groups]
