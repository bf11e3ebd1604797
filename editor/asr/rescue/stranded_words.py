"""Words that music parted from the next, put right before it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import log

from editor.align import weight
from editor.align.place import Interval
from editor.asr.forced import AlignedWord
from editor.asr.rescue.trusted_windows import BEFORE_MS, LETTER_MS, is_said_later, is_stranded
from editor.document import RecognisedWord

#: A word is aligned again with so many of the text, itself among them.
_TOGETHER = 10
_LEAST_PROBABILITY = 0.001

#: So many words may have gone with the stranded one to the wrong side.
_MOST_GONE = 3
#: What follows the last word that is aligned, so that it is not pulled to the end.
_AFTER_MS = 300

#: Aligns words between two places of the sound, in ms; the times it gives count from the first.
AlignIn = Callable[[int, int, Sequence[str]], Sequence[AlignedWord]]


def with_stranded_moved(
    words: Sequence[RecognisedWord],
    force_align: AlignIn,
    *,
    silences: Sequence[Interval],
    letter_ms: float = LETTER_MS,
) -> list[RecognisedWord]:
    """Put each word that stands far before the next beside it, if it is said there.

    The first words after music are often taken for some before it. `silences` are (start, end) in
    ms of the interval that the words are in, sorted.
    """
    placed = list(words)
    for k in range(len(placed) - 2, -1, -1):
        word, next_ms = placed[k], placed[k + 1].start_ms
        said = word.start_ms, word.start_ms + _said_ms([word], letter_ms)
        if not is_stranded(word.text, said, next_ms, silences):
            continue
        for first in range(k, max(-1, k - _MOST_GONE), -1):
            if first < k and not _goes_on(placed[first], placed[first + 1]):
                break
            found = _found_before_next(placed, first, k + 1, force_align, letter_ms)
            if found:
                placed[first : k + 1] = found
                break
    return placed


def _said_ms(words: Sequence[RecognisedWord], letter_ms: float) -> int:
    return round(sum(weight(word.text) for word in words) * letter_ms)


def _goes_on(word: RecognisedWord, following: RecognisedWord) -> bool:
    """Whether a word and the one behind it are of one sentence, said without a pause."""
    return word.text[-1:].isalnum() and following.start_ms - word.end_ms <= _AFTER_MS


def _found_before_next(
    placed: Sequence[RecognisedWord], first: int, end: int, force_align: AlignIn, letter_ms: float
) -> list[RecognisedWord]:
    """The words from `first` to `end` where they are said right before the next; none if not."""
    run, next_ms = placed[first:end], placed[end].start_ms
    together = placed[first : first + _TOGETHER]
    found: list[RecognisedWord] = []
    for before_ms in BEFORE_MS:
        from_ms = max(0, next_ms - before_ms - _said_ms(run, letter_ms))
        again = force_align(
            from_ms, together[-1].end_ms + _AFTER_MS, [word.text for word in together]
        )
        aligned = list(zip(run, again, strict=False))
        if not aligned or not all(
            is_said_later(one.log_probability, log(max(word.probability, _LEAST_PROBABILITY)))
            for word, one in aligned
        ):
            break
        starts = [min(from_ms + one.start_ms, next_ms) for _, one in aligned]
        found = [
            replace(word, start_ms=start_ms, end_ms=end_ms)
            for word, start_ms, end_ms in zip(run, starts, [*starts[1:], next_ms], strict=True)
        ]
    return found
