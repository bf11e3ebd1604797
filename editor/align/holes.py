"""Written words that recognition passed over, and whether they are said there after all.

Recognition loses words, sometimes whole sentences. Where the text goes on between two words that
were heard, and there is sound to say it in, the sound can be asked for just these words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from editor.align.match import Link
from editor.align.normalise import weight
from editor.align.place import Interval, outside
from editor.document import HeardWord

#: Longer runs are no slip of recognition but a passage that is not in the recording.
_MOST_WORDS = 40
_LONGEST_MS = 26_000
#: A hole with less sound than this for a letter has no room for its words.
_LEAST_LETTER_MS = 18
#: Words heard on both sides are asked for along with those of the hole, to hold them in place.
_CONTEXT = 2
#: The mean log probability from which words are taken as said. On a podcast, 92 % of words that
#: are said pass and 1 % of others.
_LEAST_LOG_PROBABILITY = -4.5


@dataclass(frozen=True, slots=True)
class Hole:
    """Written words [written_first, written_end) between heard words, and the time they may have.

    `before` and `after` are the heard words around it, at most two each side; they lie inside
    [start_ms, end_ms).
    """

    written_first: int
    written_end: int
    before: tuple[HeardWord, ...]
    after: tuple[HeardWord, ...]
    start_ms: int
    end_ms: int


def holes_of(
    texts: Sequence[str],
    spoken: Sequence[bool],
    links: Sequence[Link],
    heard: Sequence[HeardWord],
    *,
    start_ms: int,
    end_ms: int,
    silences: Sequence[Interval] = (),
) -> Iterator[Hole]:
    """Find the holes whose words, if said, are said in [start_ms, end_ms).

    Indices count as in `place_words`. Only holes in which nothing else was heard.
    """
    for left, right in pairwise(links):
        first, end = left.written_end, right.written_first
        if not 0 < end - first <= _MOST_WORDS or not all(spoken[first:end]):
            continue
        if right.heard_first != left.heard_end:
            continue
        before = heard[max(left.heard_first, left.heard_end - _CONTEXT) : left.heard_end]
        after = heard[right.heard_first : min(right.heard_end, right.heard_first + _CONTEXT)]
        before = [word for word in before if word.start_ms >= start_ms]
        gap = (max(start_ms, before[-1].start_ms if before else start_ms), after[0].end_ms)
        if gap[0] < start_ms or after[0].start_ms < start_ms or after[-1].end_ms > end_ms:
            continue
        letters = sum(weight(text) for text in (*texts[first:end], *_texts(before), *_texts(after)))
        sound_ms = sum(b - a for a, b in outside(silences, gap))
        if sound_ms >= letters * _LEAST_LETTER_MS:
            edges = (before[0].start_ms if before else start_ms, after[-1].end_ms)
            if edges[1] - edges[0] <= _LONGEST_MS:
                yield Hole(first, end, tuple(before), tuple(after), *edges)


def is_said(log_probabilities: Sequence[float]) -> bool:
    """Whether words of these log probabilities, listened for, are said."""
    if not log_probabilities:
        return False
    return sum(log_probabilities) / len(log_probabilities) >= _LEAST_LOG_PROBABILITY


def _texts(words: Sequence[HeardWord]) -> list[str]:
    return [word.text for word in words]
