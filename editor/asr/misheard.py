"""Misheard words get the times of what the text says there, where that fits the sound better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editor import media
from editor.align import link_spoken, split_as_written
from editor.asr.chunk import Chunk
from editor.asr.forced.phone_aligner import phone_aligner
from editor.asr.prepare import Prepared
from editor.asr.refine import ended_by_silences
from editor.asr.rescue.as_written import misheard_in, with_written_times
from editor.document import RecognisedWord

#: So much sound on each side is heard along with the words.
_MARGIN_MS = 80


def with_misheard_timed(
    chunk: Chunk, said: Sequence[str], prepared: Prepared
) -> list[RecognisedWord]:
    """The words of a chunk, whose times are refined; `said` is what the text says in it.

    What was recognised stays, so that the review sees where the text says something else.
    """
    pieces = split_as_written(chunk.words)
    links = link_spoken(said, [True] * len(said), pieces)
    timed = pieces
    for misheard in misheard_in(said, links, pieces):
        asked = pieces[misheard.first - misheard.before : misheard.end + misheard.after]
        after = len(asked) - misheard.after
        beside = {word.language for word in (*asked[: misheard.before], *asked[after:])}
        aligner = phone_aligner((beside.pop() if len(beside) == 1 else "") or chunk.language)
        if aligner is None:
            continue
        start_ms = max(0, asked[0].start_ms - _MARGIN_MS)
        end_ms = min(asked[-1].end_ms + _MARGIN_MS, prepared.duration_ms)
        recognised = [word.text for word in asked]
        written = said[misheard.written_first : misheard.written_end]
        times = aligner.align_if_as_good(
            media.read_samples(prepared.pcm_path, start_ms, end_ms),
            [*recognised[: misheard.before], *written, *recognised[after:]],
            others=recognised,
        )
        if times:
            found = [(start + start_ms, end + start_ms) for start, end in times]
            timed = with_written_times(timed, links, misheard, found)
    if timed is pieces:
        return chunk.words
    return ended_by_silences(_joined(chunk.words, timed), prepared.silences)


def _joined(
    words: Sequence[RecognisedWord], pieces: Sequence[RecognisedWord]
) -> list[RecognisedWord]:
    """The words with the times of their pieces."""
    first: dict[int, RecognisedWord] = {}
    last: dict[int, RecognisedWord] = {}
    for piece in pieces:
        first.setdefault(piece.id, piece)
        last[piece.id] = piece
    return [
        replace(first[word.id], text=word.text, end_ms=last[word.id].end_ms)
        if word.id in first
        else word
        for word in words
    ]
