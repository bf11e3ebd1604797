"""Aligned words as recognised words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp

from editor.asr.forced import AlignedWord
from editor.asr.recogniser import MAX_CHUNK_WORDS
from editor.document import RecognisedWord


def recognised_from_aligned(
    texts: Sequence[str], aligned: Sequence[AlignedWord], *, from_ms: int, chunk: int = 0
) -> list[RecognisedWord]:
    """The first of `texts` as they were aligned in sound that begins at `from_ms`; see `numbered`.

    >>> (word,) = recognised_from_aligned(["so"], [AlignedWord(20, 220, 0.0)], from_ms=1000)
    >>> word.text, word.start_ms, word.end_ms, word.probability
    ('so', 1020, 1220, 1.0)
    """
    return [
        RecognisedWord(
            0,
            text,
            from_ms + word.start_ms,
            from_ms + word.end_ms,
            round(exp(word.log_probability), 3),
            chunk,
        )
        for text, word in zip(texts, aligned, strict=False)
    ]


def numbered(words: Sequence[RecognisedWord], chunk: int) -> list[RecognisedWord]:
    """The words of a chunk with ids that no other chunk of the recording has."""
    first = chunk * MAX_CHUNK_WORDS
    return [replace(word, id=first + n, chunk=chunk) for n, word in enumerate(words)]
