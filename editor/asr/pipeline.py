"""From a recording to the words heard in it, piece by piece, told what the text says.

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
from editor.asr.chunk import Piece, Written, heard_again, in_place, joined, voiceless_in
from editor.asr.forced import MOST_TOLD_MS, ToldWord
from editor.asr.from_forced import numbered
from editor.asr.language import language_from
from editor.asr.prefetch import ahead
from editor.asr.prepare import DECODE_SHARE, HEAR_SHARE, Prepared, Progress, silences_in
from editor.asr.recogniser import Recogniser
from editor.asr.rescue.language_switch import surer_parts, unsure_passages, within
from editor.asr.rescue.lost_speech import lost_passages
from editor.asr.rescue.stranded_words import beside_next
from editor.asr.skipped_words import with_passed_over
from editor.document import HeardWord

#: Less likely languages are not tried.
_SURE_LANGUAGE = 0.7
#: Heard anew, a passage must have this much more of words to take the place of the old one.
_WORTH_A_CHANGE = 1.0


def hear_pieces(
    prepared: Prepared,
    recogniser: Recogniser,
    *,
    language: str | None,
    is_named: bool = False,
    done: Mapping[int, Sequence[HeardWord]],
    written: Callable[[], Written],
    progress: Progress,
    hotwords: str | None = None,
) -> Generator[Piece]:
    """Hear the pieces that are not `done`, in order; the text is read anew for each.

    `language` None is found out from the first speech; `hotwords` are names and terms to expect.
    Passages in other languages are heard in those, unless somebody named the one there `is_named`.
    """
    earlier = {number: list(words) for number, words in done.items()}
    todo = [number for number in range(len(prepared.pieces)) if number not in earlier]
    if todo and language is None:
        language = language_from(
            prepared.pieces[todo[0]][0],
            prepared=prepared,
            recogniser=recogniser,
            progress=progress,
        )
    hear = partial(_heard, prepared, recogniser, language or "", is_named, hotwords)
    pieces = ahead(hear, todo, workers=recogniser.workers, checkpoint=progress.checkpoint)
    with closing(pieces):
        for number in todo:
            progress.checkpoint()
            start_ms = prepared.pieces[number][0]
            done_share = start_ms / max(1, prepared.duration_ms)
            progress.report(DECODE_SHARE + HEAR_SHARE * done_share, "hear")
            before = [word for n in sorted(earlier) if n < number for word in earlier[n]]
            piece = with_passed_over(
                next(pieces), before, written(), prepared, recogniser, progress.checkpoint
            )
            earlier[number] = heard_again(piece, prepared, recogniser)
            yield replace(piece, heard=earlier[number])


def _heard(
    prepared: Prepared,
    recogniser: Recogniser,
    language: str,
    is_named: bool,
    hotwords: str | None,
    number: int,
    checkpoint: Callable[[], None],
) -> Piece:
    """What is heard in a piece when nothing of the text is known."""
    start_ms, end_ms = prepared.pieces[number]
    samples = media.read_samples(prepared.work_path, start_ms, end_ms)
    heard = []
    for word in recogniser.hear(
        samples, language=language, start_ms=start_ms, piece=number, hotwords=hotwords
    ):
        checkpoint()
        heard.append(word)
    voiceless = voiceless_in(samples, start_ms, end_ms, heard, recogniser)
    piece = Piece(number, start_ms, end_ms, language, heard, voiceless)
    if not is_named:
        piece = _in_their_languages(piece, prepared, recogniser, hotwords)
    return _found_again(piece, prepared, recogniser, hotwords)


def _in_their_languages(
    piece: Piece, prepared: Prepared, recogniser: Recogniser, hotwords: str | None
) -> Piece:
    """Hear passages in the language that they are in, where recognition is surer of them then."""
    heard = piece.heard
    bounds = {"start_ms": piece.start_ms, "end_ms": piece.end_ms}
    silences = joined([*silences_in(prepared, piece.start_ms, piece.end_ms), *piece.voiceless])
    for passage in unsure_passages(heard, **bounds, silences=silences):
        samples = media.read_samples(prepared.work_path, *passage)
        language, probability = recogniser.likely_language(samples)
        if language == piece.language or probability < _SURE_LANGUAGE:
            continue
        foreign = _heard_anew(piece, samples, passage[0], language, recogniser, hotwords)
        for part in surer_parts(foreign, heard, passage, silences):
            heard = in_place(heard, part, within(foreign, part))
    return replace(piece, heard=numbered(heard, piece.number))


def _heard_anew(
    piece: Piece,
    samples: NDArray[np.float32],
    start_ms: int,
    language: str,
    recogniser: Recogniser,
    hotwords: str | None,
) -> list[HeardWord]:
    """What is heard in a passage of a piece; words in another language than its own say so."""
    other = language if language != piece.language else ""
    words = recogniser.hear(
        samples, language=language, start_ms=start_ms, piece=piece.number, hotwords=hotwords
    )
    return [replace(word, language=other) for word in words]


def _found_again(
    piece: Piece, prepared: Prepared, recogniser: Recogniser, hotwords: str | None
) -> Piece:
    """Hear anew where speech was lost, and take what is heard then if it is more."""
    heard = piece.heard
    bounds = {"start_ms": piece.start_ms, "end_ms": piece.end_ms}
    silences = silences_in(prepared, piece.start_ms, piece.end_ms)
    quiet = joined([*silences, *piece.voiceless])
    for start_ms, end_ms in lost_passages(heard, **bounds, silences=quiet):
        samples = media.read_samples(prepared.work_path, start_ms, end_ms)
        old = within(heard, (start_ms, end_ms))
        language = (old[0].language if old else "") or piece.language
        new = _heard_anew(piece, samples, start_ms, language, recogniser, hotwords)
        if _sureness(new) > _sureness(old) + _WORTH_A_CHANGE:
            heard = in_place(heard, (start_ms, end_ms), new)
    heard = beside_next(
        heard,
        partial(_told_in, piece, prepared, recogniser),
        silences=silences,
    )
    return replace(piece, heard=numbered(heard, piece.number))


def _told_in(
    piece: Piece,
    prepared: Prepared,
    recogniser: Recogniser,
    start_ms: int,
    end_ms: int,
    texts: Sequence[str],
) -> list[ToldWord]:
    end_ms = min(end_ms, start_ms + MOST_TOLD_MS, piece.end_ms)
    samples = media.read_samples(prepared.work_path, start_ms, end_ms)
    return recogniser.listen(samples, language=piece.language)(texts)


def _sureness(words: Sequence[HeardWord]) -> float:
    """How many words were heard, unsure ones for their part."""
    return sum(word.probability for word in words)
