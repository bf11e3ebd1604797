"""Words that were listened for, as words that are heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp

from editor.asr.forced import ToldWord
from editor.asr.recogniser import MAX_PIECE_WORDS
from editor.document import HeardWord


def heard_from_told(
    texts: Sequence[str], told: Sequence[ToldWord], *, from_ms: int, piece: int = 0
) -> list[HeardWord]:
    """The first of `texts` as they were told in sound that begins at `from_ms`; see `numbered`.

    >>> heard_from_told(["so"], [ToldWord(20, 220, 0.0)], from_ms=1000)
    [HeardWord(id=0, text='so', start_ms=1020, end_ms=1220, probability=1.0, piece=0, language='')]
    """
    return [
        HeardWord(
            0,
            text,
            from_ms + word.start_ms,
            from_ms + word.end_ms,
            round(exp(word.log_probability), 3),
            piece,
        )
        for text, word in zip(texts, told, strict=False)
    ]


def numbered(words: Sequence[HeardWord], piece: int) -> list[HeardWord]:
    """The words of a piece with ids that no other piece of the recording has."""
    first = piece * MAX_PIECE_WORDS
    return [replace(word, id=first + n, piece=piece) for n, word in enumerate(words)]
