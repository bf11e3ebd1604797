"""Written words that recognition missed, and whether they are said there after all.

Recognition loses words, sometimes whole sentences. Where the text goes on between two words that
were recognised, and there is sound to say it in, the sound can be asked for just these words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from editor.align.match import Link
from editor.align.normalise import comparable, weight
from editor.align.place import Interval, outside
from editor.document import RecognisedWord

#: Longer runs are no slip of recognition but a span of text that is not in the recording.
_MOST_WORDS = 80
_LONGEST_MS = 26_000
#: A gap with less sound than this for a letter has no room for its words.
_LEAST_LETTER_MS = 18
#: Words recognised on both sides are asked for along with the missed ones, to hold those in place.
_CONTEXT = 2
#: What was recognised in a gap is not to be believed if its words, sure ones counted whole, are
#: fewer than this share of the written ones.
_JUNK_SHARE = 0.5
#: Recognised words from this probability on hold the text in place.
_SURE = 0.5
#: Written words in a row without a sure one, from which on what was recognised is questioned.
_FEWEST_UNSURE = 4
#: The mean log probability from which words are taken as said. On a podcast, 92 % of words that
#: are said pass and 1 % of others.
_LEAST_LOG_PROBABILITY = -4.5
_HESITATIONS = frozenset(
    [
        "uh",
        "um",
        "uhm",
        "er",
        "erm",
        "ah",
        "hm",
        "hmm",
        "mm",
        "mhm",
        "eh",
        "äh",
        "ähm",
        "öh",
        "euh",
        "heu",
        "hum",
        "ehm",
    ]
)
#: In noise all words are unlikely: there those said are still this much likelier than others.
_LEAST_IN_NOISE = -6.5
_LEAST_CONTRAST = 1.0


@dataclass(frozen=True, slots=True)
class ChunkBounds:
    """The chunk of a recording that was recognised just now, [start_ms, end_ms).

    `is_start` and `is_end` tell that the text begins and ends there: then what stands before the
    first recognised word or after the last counts too. `silences` are (start, end) in ms, sorted.
    """

    start_ms: int
    end_ms: int
    is_start: bool
    is_end: bool
    silences: Sequence[Interval] = ()


@dataclass(frozen=True, slots=True)
class MissedWords:
    """Written words [written_first, written_end) between recognised ones, and their possible time.

    `before` and `after` are the recognised words around it, at most two each side, and `junk` the
    ids of those inside that are not to be believed; all lie inside [start_ms, end_ms).
    """

    written_first: int
    written_end: int
    before: tuple[RecognisedWord, ...]
    after: tuple[RecognisedWord, ...]
    junk: frozenset[int]
    start_ms: int
    end_ms: int


def missed_words_of(
    texts: Sequence[str],
    spoken: Sequence[bool],
    links: Sequence[Link],
    recognised: Sequence[RecognisedWord],
    chunk_bounds: ChunkBounds,
) -> Iterator[MissedWords]:
    """Find the missed words that, if said, are said in the chunk just recognised.

    Indices count as in `place_words`.
    """
    start_ms, end_ms = chunk_bounds.start_ms, chunk_bounds.end_ms
    sure = [link for link in links if is_sure(link, recognised)]
    linked = {i for link in links for i in range(link.written_first, link.written_end)}
    bounds = bounded(
        sure,
        len(texts),
        len(recognised),
        is_start=chunk_bounds.is_start,
        is_end=chunk_bounds.is_end,
    )
    for left, right in pairwise(bounds):
        first, end = left.written_end, right.written_first
        if not 0 < end - first <= _MOST_WORDS or not all(spoken[first:end]):
            continue
        inside = recognised[left.recognised_end : right.recognised_first]
        is_passed_over = not inside and any(i not in linked for i in range(first, end))
        is_junk = end - first >= _FEWEST_UNSURE and _is_junk(inside, end - first)
        if not is_passed_over and not is_junk:
            continue
        before = recognised[
            max(left.recognised_first, left.recognised_end - _CONTEXT) : left.recognised_end
        ]
        after = recognised[
            right.recognised_first : min(right.recognised_end, right.recognised_first + _CONTEXT)
        ]
        before = [word for word in before if word.start_ms >= start_ms]
        span = (
            before[0].start_ms if before else start_ms,
            after[-1].end_ms if after else end_ms,
        )
        if span[0] < start_ms or span[1] > end_ms or span[1] - span[0] > _LONGEST_MS:
            continue
        if after and after[0].start_ms < start_ms:
            continue
        asked = [*_texts(before), *texts[first:end], *_texts(after)]
        if has_room(asked, span, chunk_bounds.silences):
            junk = frozenset(word.id for word in inside)
            yield MissedWords(first, end, tuple(before), tuple(after), junk, *span)


def bounded(
    links: Sequence[Link],
    written_count: int,
    recognised_count: int,
    *,
    is_start: bool,
    is_end: bool,
) -> list[Link]:
    """The links with the edges of both sides, where these belong together."""
    edges = [(0, 0)] * is_start, [(written_count, recognised_count)] * is_end
    first, last = ([Link(i, i, j, j, "equal") for i, j in edge] for edge in edges)
    return [*first, *links, *last]


def is_sure(link: Link, recognised: Sequence[RecognisedWord]) -> bool:
    """Whether a link holds the text in place: the same was recognised, with some probability."""
    sources = recognised[link.recognised_first : link.recognised_end]
    return link.kind == "equal" and min(word.probability for word in sources) >= _SURE


def has_room(texts: Sequence[str], span: Interval, silences: Sequence[Interval]) -> bool:
    """Whether there is sound enough in a span to say the words."""
    sound_ms = sum(b - a for a, b in outside(silences, span))
    return sound_ms >= sum(map(weight, texts)) * _LEAST_LETTER_MS


def _is_junk(inside: Sequence[RecognisedWord], written_count: int) -> bool:
    return sum(word.probability for word in inside) <= _JUNK_SHARE * written_count


def mean(log_probabilities: Sequence[float]) -> float:
    """The mean log probability; that of what cannot be for no words."""
    count = len(log_probabilities)
    return sum(log_probabilities) / count if count else float("-inf")


def is_said(words: Sequence[str], log_probabilities: Sequence[float]) -> bool:
    """Whether words of these log probabilities, aligned, are said.

    Recognition is trained to leave hesitations out, so that they are always unlikely; where the
    text has one and there is sound for it, it is taken as said.
    """
    is_hesitation = all(comparable(word) in _HESITATIONS for word in words)
    return bool(words) and (is_hesitation or mean(log_probabilities) >= _LEAST_LOG_PROBABILITY)


def may_be_said(log_probabilities: Sequence[float]) -> bool:
    """Whether they may be said in noise, if other words are less likely there."""
    return mean(log_probabilities) >= _LEAST_IN_NOISE


def is_likelier(log_probabilities: Sequence[float], others: Sequence[float]) -> bool:
    """Whether words are so much likelier than others in the same place that they are said."""
    return mean(log_probabilities) >= mean(others) + _LEAST_CONTRAST


def _texts(words: Sequence[RecognisedWord]) -> list[str]:
    return [word.text for word in words]
