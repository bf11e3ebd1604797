"""Where recognition seems to have lost speech: sound that is too long for its word.

Recognition that loses its way does not leave a gap: it stretches the word before, and squeezes
those after. Recognised anew from there it mostly finds the way.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from editor.align.normalise import weight
from editor.align.place import Interval, outside
from editor.document import RecognisedWord

#: Sound of this length in all, and this for each letter, is too long for one word.
_WORD_MS = 900
_LETTER_MS = 200
#: The words after lost speech are not to be trusted for this long.
_SQUEEZED_MS = 4000
_LONGEST_MS = 25_000
_MARGIN_MS = 60


def lost_speech_in(
    recognised: Sequence[RecognisedWord],
    *,
    start_ms: int,
    end_ms: int,
    silences: Sequence[Interval] = (),
) -> list[Interval]:
    """The intervals of [start_ms, end_ms) to recognise anew, in order and apart.

    They begin with the stretched word and end in a silence of `silences`, (start, end) in ms,
    sorted, some seconds later.
    """
    found: list[Interval] = []
    for moment, following_ms in _stretched(recognised, start_ms, end_ms, silences):
        first = max(start_ms, moment - _MARGIN_MS)
        if not found or first >= found[-1][1]:
            found.append((first, _end_of(following_ms, first, end_ms, silences)))
    return found


def _stretched(
    recognised: Sequence[RecognisedWord], start_ms: int, end_ms: int, silences: Sequence[Interval]
) -> Iterator[Interval]:
    """Where a word with too much sound begins, and where the next word does."""
    edge = RecognisedWord(-1, "", start_ms, start_ms, 1.0)
    bounds = [edge, *recognised, RecognisedWord(-1, "", end_ms, end_ms, 1.0)]
    for word, following in pairwise(bounds):
        sound_ms = sum(b - a for a, b in outside(silences, (word.start_ms, following.start_ms)))
        if sound_ms > max(_WORD_MS, _LETTER_MS * weight(word.text)):
            yield word.start_ms, following.start_ms


def _end_of(moment: int, first: int, end_ms: int, silences: Sequence[Interval]) -> int:
    """The middle of the first silence some time after a moment."""
    wanted = min(moment + _SQUEEZED_MS, first + _LONGEST_MS)
    at = bisect_left(silences, (wanted, wanted))
    if at == len(silences) or silences[at][0] > first + _LONGEST_MS:
        return min(end_ms, first + _LONGEST_MS)
    return min(end_ms, sum(silences[at]) // 2)
