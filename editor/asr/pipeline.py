"""From a recording to the words recognised in it, chunk by chunk, with what the text says.

Knows no library and no job: who calls keeps what comes, and says what is there already.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from functools import partial

import numpy as np
from numpy.typing import NDArray

from editor import media
from editor.asr.chunk import Chunk, Written, merged, voiceless_in, with_refined_times, with_replaced
from editor.asr.forced import MAX_ALIGNED_MS, AlignedWord
from editor.asr.from_forced import numbered
from editor.asr.language import language_from
from editor.asr.misheard import with_misheard_timed
from editor.asr.own_sounds import in_one_order_refined, recognised_apart
from editor.asr.prefetch import prefetched
from editor.asr.prepare import DECODE_SHARE, RECOGNISE_SHARE, Prepared, Progress, silences_in
from editor.asr.recogniser import Recogniser
from editor.asr.rescue.language_switch import surer_intervals, unsure_intervals, within
from editor.asr.rescue.lost_speech import lost_speech_in
from editor.asr.rescue.stranded_words import with_stranded_moved
from editor.asr.skipped_words import with_missed_words
from editor.document import RecognisedWord

#: Less likely languages are not tried.
_SURE_LANGUAGE = 0.7
#: Recognised anew, lost speech must have this much more of words to take the place of the old one.
_WORTH_A_CHANGE = 1.0


def recognise_chunks(
    prepared: Prepared,
    recogniser: Recogniser,
    *,
    language: str | None,
    is_named: bool = False,
    done: Mapping[int, Sequence[RecognisedWord]],
    written: Callable[[], Written],
    progress: Progress,
    hotwords: str | None = None,
) -> Generator[Chunk]:
    """Recognise the chunks that are not `done`, in order; the text is read anew for each.

    `language` None is found out from the first speech; `hotwords` are names and terms to expect.
    What is in other languages is recognised in those, unless somebody named the one there
    `is_named`.
    """
    earlier = {number: list(words) for number, words in done.items()}
    todo = [number for number in range(len(prepared.chunks)) if number not in earlier]
    if todo and language is None:
        language = language_from(
            prepared.chunks[todo[0]][0],
            prepared=prepared,
            recogniser=recogniser,
            progress=progress,
        )
    recognise = partial(_recognised, prepared, recogniser, language or "", is_named, hotwords)
    chunks = prefetched(recognise, todo, workers=recogniser.workers, checkpoint=progress.checkpoint)
    with closing(chunks):
        for number in todo:
            progress.checkpoint()
            start_ms = prepared.chunks[number][0]
            done_share = start_ms / max(1, prepared.duration_ms)
            progress.report(DECODE_SHARE + RECOGNISE_SHARE * done_share, "hear")
            before = [word for n in sorted(earlier) if n < number for word in earlier[n]]
            chunk = next(chunks)
            if prepared.own_sounds:
                chunk = in_one_order_refined(chunk, prepared, recogniser)
            chunk, said = with_missed_words(
                chunk, before, written(), prepared, recogniser, progress.checkpoint
            )
            if not prepared.own_sounds:
                chunk = replace(chunk, words=with_refined_times(chunk, prepared, recogniser))
                chunk = replace(chunk, words=with_misheard_timed(chunk, said, prepared))
            earlier[number] = chunk.words
            yield chunk


def _recognised(
    prepared: Prepared,
    recogniser: Recogniser,
    language: str,
    is_named: bool,
    hotwords: str | None,
    number: int,
    checkpoint: Callable[[], None],
) -> Chunk:
    """What is recognised in a chunk when nothing of the text is known."""
    if prepared.own_sounds:

        def alone(own: Prepared) -> Chunk:
            return _recognised(own, recogniser, language, is_named, hotwords, number, checkpoint)

        return recognised_apart(prepared, number, language, alone)
    start_ms, end_ms = prepared.chunks[number]
    samples = media.read_samples(prepared.pcm_path, start_ms, end_ms)
    recognised = []
    for word in recogniser.recognise(
        samples, language=language, start_ms=start_ms, chunk=number, hotwords=hotwords
    ):
        checkpoint()
        recognised.append(word)
    voiceless = voiceless_in(samples, start_ms, end_ms, recognised, recogniser)
    chunk = Chunk(number, start_ms, end_ms, language, recognised, voiceless)
    if not is_named:
        chunk = _in_their_languages(chunk, prepared, recogniser, hotwords)
    return _found_again(chunk, prepared, recogniser, hotwords)


def _in_their_languages(
    chunk: Chunk, prepared: Prepared, recogniser: Recogniser, hotwords: str | None
) -> Chunk:
    """Recognise unsure intervals in their own language, where recognition is surer of them then."""
    recognised = chunk.words
    bounds = {"start_ms": chunk.start_ms, "end_ms": chunk.end_ms}
    silences = merged([*silences_in(prepared, chunk.start_ms, chunk.end_ms), *chunk.voiceless])
    for interval in unsure_intervals(recognised, **bounds, silences=silences):
        samples = media.read_samples(prepared.pcm_path, *interval)
        language, probability = recogniser.likely_language(samples)
        if language == chunk.language or probability < _SURE_LANGUAGE:
            continue
        anew = _recognised_anew(chunk, samples, interval[0], language, recogniser, hotwords)
        for part in surer_intervals(anew, recognised, interval, silences):
            recognised = with_replaced(recognised, part, within(anew, part))
    return replace(chunk, words=numbered(recognised, chunk.number))


def _recognised_anew(
    chunk: Chunk,
    samples: NDArray[np.float32],
    start_ms: int,
    language: str,
    recogniser: Recogniser,
    hotwords: str | None,
) -> list[RecognisedWord]:
    """What is recognised in an interval of a chunk; words in another language say so."""
    other = language if language != chunk.language else ""
    words = recogniser.recognise(
        samples, language=language, start_ms=start_ms, chunk=chunk.number, hotwords=hotwords
    )
    return [replace(word, language=other) for word in words]


def _found_again(
    chunk: Chunk, prepared: Prepared, recogniser: Recogniser, hotwords: str | None
) -> Chunk:
    """Recognise lost speech anew, and take what that gives if it is more."""
    recognised = chunk.words
    bounds = {"start_ms": chunk.start_ms, "end_ms": chunk.end_ms}
    silences = silences_in(prepared, chunk.start_ms, chunk.end_ms)
    quiet = merged([*silences, *chunk.voiceless])
    for start_ms, end_ms in lost_speech_in(recognised, **bounds, silences=quiet):
        samples = media.read_samples(prepared.pcm_path, start_ms, end_ms)
        old = within(recognised, (start_ms, end_ms))
        language = (old[0].language if old else "") or chunk.language
        new = _recognised_anew(chunk, samples, start_ms, language, recogniser, hotwords)
        if _sureness(new) > _sureness(old) + _WORTH_A_CHANGE:
            recognised = with_replaced(recognised, (start_ms, end_ms), new)
    recognised = with_stranded_moved(
        recognised,
        partial(_aligned_in, chunk, prepared, recogniser),
        silences=silences,
    )
    return replace(chunk, words=numbered(recognised, chunk.number))


def _aligned_in(
    chunk: Chunk,
    prepared: Prepared,
    recogniser: Recogniser,
    start_ms: int,
    end_ms: int,
    texts: Sequence[str],
) -> list[AlignedWord]:
    end_ms = min(end_ms, start_ms + MAX_ALIGNED_MS, chunk.end_ms)
    samples = media.read_samples(prepared.pcm_path, start_ms, end_ms)
    return recogniser.forced_aligner(samples, language=chunk.language)(texts)


def _sureness(words: Sequence[RecognisedWord]) -> float:
    """How many words were recognised, unsure ones for their part."""
    return sum(word.probability for word in words)
