"""Where recognition lost its way for long, so that its words there are not what the text says.

Noise, a strange voice or a language that the model hardly knows: for half a minute and more it
recognises something else, unsure of most of it. Such a span is too long to align at once, but the
text can be aligned window by window.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from editor.align.match import Link
from editor.align.normalise import comparable, weight
from editor.align.place import outside
from editor.asr.rescue.missed_words import ChunkBounds, bounded, has_room, is_sure
from editor.document import RecognisedWord

#: Less sound than this, and fewer words, are left to `missed_words`: a few words are found
#: everywhere.
_LEAST_SOUND_MS = 4_000
MIN_UNRELIABLE_WORDS = 8
#: Equal words in a row hold the text from so many letters on, as `weight` counts; fewer may be so
#: by chance. Those that were recognised surely need less.
_LEAST_LETTERS, _LEAST_SURE_LETTERS = 40, 8
#: What was recognised is questioned where its words are less probable than this on average, or
#: fewer of them than this share are different ones: recognition that goes round is sure of itself.
_LEAST_PROBABILITY, _LEAST_DIFFERENT = 0.6, 0.2


@dataclass(frozen=True, slots=True)
class UnreliableSpan:
    """Written words [written_first, written_end) that are said in [start_ms, end_ms).

    Where no words follow that were recognised well, only as many of them as there is time for.
    """

    written_first: int
    written_end: int
    start_ms: int
    end_ms: int


def unreliable_spans(
    texts: Sequence[str],
    links: Sequence[Link],
    recognised: Sequence[RecognisedWord],
    chunk_bounds: ChunkBounds,
) -> Iterator[UnreliableSpan]:
    """Find the unreliable spans within the chunk just recognised.

    Indices count as in `place_words`.
    """
    firm = _firm(texts, links, recognised)
    bounds = bounded(firm, len(texts), len(recognised), is_start=chunk_bounds.is_start, is_end=True)
    for left, right in pairwise(bounds):
        first, end = left.written_end, right.written_first
        # Nearly all stand beside each other: only the others are worth a look at the sound.
        if end - first < MIN_UNRELIABLE_WORDS:
            continue
        is_last = right.recognised_first == len(recognised)
        before_ms = recognised[left.recognised_end - 1].end_ms if left.recognised_end else 0
        after_ms = chunk_bounds.end_ms if is_last else recognised[right.recognised_first].start_ms
        span = max(chunk_bounds.start_ms, before_ms), min(chunk_bounds.end_ms, after_ms)
        if sum(b - a for a, b in outside(chunk_bounds.silences, span)) < _LEAST_SOUND_MS:
            continue
        inside = [
            w
            for w in recognised[left.recognised_end : right.recognised_first]
            if w.start_ms >= span[0]
        ]
        is_open = is_last and not chunk_bounds.is_end
        if _is_unsure(inside) and (
            is_open or has_room(texts[first:end], span, chunk_bounds.silences)
        ):
            yield UnreliableSpan(first, end, *span)


def _firm(
    texts: Sequence[str], links: Sequence[Link], recognised: Sequence[RecognisedWord]
) -> list[Link]:
    """The links that stand in runs of equal words too long for chance, shorter ones if sure."""
    runs: list[list[Link]] = []
    for link in (link for link in links if link.kind == "equal"):
        if runs and _is_next(runs[-1][-1], link):
            runs[-1].append(link)
        else:
            runs.append([link])
    firm = []
    for run in runs:
        sure = [link for link in run if is_sure(link, recognised)]
        if _letters(texts, run) >= _LEAST_LETTERS:
            firm += run
        elif _letters(texts, sure) >= _LEAST_SURE_LETTERS:
            firm += sure
    return firm


def _is_next(a: Link, b: Link) -> bool:
    return a.written_end == b.written_first and a.recognised_end == b.recognised_first


def _letters(texts: Sequence[str], links: Sequence[Link]) -> int:
    return sum(weight(texts[i]) for k in links for i in range(k.written_first, k.written_end))


def _is_unsure(words: Sequence[RecognisedWord]) -> bool:
    different = {comparable(word.text) for word in words}
    goes_round = len(different) < _LEAST_DIFFERENT * len(words)
    is_unlikely = sum(word.probability for word in words) < _LEAST_PROBABILITY * max(1, len(words))
    return goes_round or is_unlikely
