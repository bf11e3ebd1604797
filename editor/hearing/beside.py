"""Words that music parted from the next, put right before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log

from editor.align import weight
from editor.align.follow import BEFORE_MS, LETTER_MS, is_said_later, is_stranded
from editor.align.place import Interval
from editor.document import HeardWord
from editor.recognise import ToldWord

#: A word is listened for again with so many of the text, itself among them.
_TOGETHER = 10
_LEAST_PROBABILITY = 0.001

#: Listens for words in the sound from a place on, in ms; what it tells counts from there.
TellFrom = Callable[[int, Sequence[str]], Sequence[ToldWord]]


def beside_next(
    words: Sequence[HeardWord],
    tell: TellFrom,
    *,
    silences: Sequence[Interval],
    letter_ms: float = LETTER_MS,
) -> list[HeardWord]:
    """Put each word that stands far before the next beside it, if it is said there.

    The first word after music is often taken for one before it. `silences` are (start, end) in ms
    of the stretch that the words are in, sorted.
    """
    placed = list(words)
    for k in range(len(placed) - 2, -1, -1):
        word, next_ms = placed[k], placed[k + 1].start_ms
        said_ms = round(weight(word.text) * letter_ms)
        said = word.start_ms, word.start_ms + said_ms
        if not is_stranded(word.text, said, next_ms, silences):
            continue
        texts = [other.text for other in placed[k : k + _TOGETHER]]
        before = log(max(word.probability, _LEAST_PROBABILITY))
        for before_ms in BEFORE_MS:
            from_ms = next_ms - before_ms - said_ms
            again = tell(from_ms, texts)
            if not again or not is_said_later(again[0].log_probability, before):
                break
            start_ms = min(from_ms + again[0].start_ms, next_ms)
            placed[k] = replace(word, start_ms=start_ms, end_ms=next_ms)
    return placed
