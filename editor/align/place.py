"""Gives every written word its time, from the recognised words it is linked with and the gaps.

Linked words take the time of what was recognised; several for several share it by their letters.
The others stand in the gap between their neighbours, on speech where there is some.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import TypeVar

from rapidfuzz.distance import Indel

from editor.align.match import Link
from editor.align.normalise import comparable, weight
from editor.document import MIN_WORD_MS, Origin, RecognisedWord, Word, ends_sentence, runs_where

#: Speaking time per letter when nothing else is known.
_LETTER_MS = 65
#: A word squeezed in between two others gets this much if its neighbour can give it.
_SQUEEZED_MS = 60
#: Where more other words are recognised for each written one, they do not stand for it.
_OTHER_WORDS_RATIO = 3
#: Words cannot be said in less than this share of the time they should need.
_SAYABLE_SHARE = 0.3

Interval = tuple[int, int]
AnyWord = TypeVar("AnyWord", Word, RecognisedWord)


def sayable_ms(texts: Iterable[str]) -> float:
    """Words cannot be said in less time than this."""
    return sum(map(weight, texts)) * _LETTER_MS * _SAYABLE_SHARE


def place_words(
    texts: Sequence[str],
    spoken: Sequence[bool],
    links: Sequence[Link],
    recognised: Sequence[RecognisedWord],
    *,
    start_ms: int,
    end_ms: int,
    silences: Sequence[Interval] = (),
) -> list[Word]:
    """Give each of `texts` a time in [start_ms, end_ms], in order.

    `spoken` and the links' written indices count like `texts`; the links' recognised indices count
    like `recognised`. `silences` are (start, end) in ms, sorted; unmatched words avoid them.
    """
    known: list[Word | None] = [None] * len(texts)
    busy, at = list[Interval](), 0
    for link in [*links, None]:
        others = recognised[at : link.recognised_first if link else len(recognised)]
        busy += [(word.start_ms, word.end_ms) for word in others]
        if link:
            known[link.written_first : link.written_end] = words_of_link(texts, link, recognised)
            at = link.recognised_end
    return place_between(
        texts, spoken, known, start_ms=start_ms, end_ms=end_ms, silences=silences, busy=busy
    )


def place_between(
    texts: Sequence[str],
    spoken: Sequence[bool],
    known: Sequence[Word | None],
    *,
    start_ms: int,
    end_ms: int | None,
    silences: Sequence[Interval] = (),
    busy: Sequence[Interval] = (),
) -> list[Word]:
    """Give a time to each of `texts` that is None in `known`, between its known neighbours.

    `busy` are (start, end) in ms, sorted, where something is said that is not in the text: sounds
    avoid it, and words do where far more is said than they could be.

    Where there is no room, the word before gives up to half of its time, then the word after;
    neither does if it is locked. With `end_ms` None, words after the last known one go on freely.
    """
    words = list(known)
    for first, last in runs_where(word is None for word in known):
        before = words[first - 1] if first else None
        after = words[last] if last < len(texts) else None
        need = sum(weight(text) for text in texts[first:last]) * _LETTER_MS
        gap = _gap_between(before, after, start_ms, end_ms, need, (last - first) * _SQUEEZED_MS)
        leans_back = _leans_back(before)
        free = _free(gap, busy, texts[first:last], spoken[first:last], leans_back=leans_back)
        words[first:last] = _words_in_gap(
            texts[first:last], spoken[first:last], free, silences, leans_back=leans_back
        )
        if after and after.start_ms < gap[1]:
            words[last] = replace(after, start_ms=gap[1])
    return in_order(word for word in words if word is not None)


def in_order(
    words: Iterable[AnyWord], *, may_overlap: Container[int] = frozenset()
) -> list[AnyWord]:
    """Push times forward until starts never decrease, and trim ends that run into the next word.

    The words at the positions `may_overlap` keep their ends.
    """
    ordered: list[AnyWord] = []
    for word in words:
        start = max(word.start_ms, ordered[-1].start_ms if ordered else 0)
        end = max(word.end_ms, start + MIN_WORD_MS)
        is_free = len(ordered) - 1 in may_overlap
        if ordered and ordered[-1].end_ms > start and not is_free:
            last = ordered[-1]
            ordered[-1] = replace(last, end_ms=max(start, last.start_ms + MIN_WORD_MS))
        is_right = (start, end) == (word.start_ms, word.end_ms)
        ordered.append(word if is_right else replace(word, start_ms=start, end_ms=end))
    return ordered


def ended_by(word: Word, end_ms: int) -> Word:
    """The word, ending no later than `end_ms` unless it is locked or would be too short then."""
    if word.locked:
        return word
    return replace(word, end_ms=max(min(word.end_ms, end_ms), word.start_ms + MIN_WORD_MS))


def spread(weights: Sequence[float], intervals: Sequence[Interval]) -> list[Interval]:
    """Share intervals of time among words in proportion to their weights, in order.

    >>> spread([1, 1, 2], [(0, 100), (200, 300)])
    [(0, 50), (50, 100), (200, 300)]
    """
    total_ms, total = sum(b - a for a, b in intervals), sum(weights)
    marks = [total_ms * mark / total for mark in accumulate(weights, initial=0.0)]
    return [
        (_at(intervals, a, late=True), _at(intervals, b, late=False)) for a, b in pairwise(marks)
    ]


def lasting(times: Sequence[Interval]) -> list[Interval]:
    """Times of words, each made long enough; where they are too short for all, none ends later.

    >>> lasting([(0, 15), (15, 30), (30, 45)])
    [(0, 20), (15, 35), (25, 45)]
    """
    latest_ms = max(times[0][0], times[-1][1] - MIN_WORD_MS)
    starts = [min(start, latest_ms) for start, _ in times]
    ends = [end for _, end in times]
    return [(a, max(b, a + MIN_WORD_MS)) for a, b in zip(starts, ends, strict=True)]


def _at(intervals: Sequence[Interval], offset: float, *, late: bool) -> int:
    """The moment after `offset` ms of the intervals' joined length; at a seam, the later side."""
    for start, end in intervals:
        length = end - start
        if offset < length - 1e-6 or (not late and offset <= length + 1e-6):
            return round(start + offset)
        offset -= length
    return intervals[-1][1]


def words_of_link(
    texts: Sequence[str], link: Link, recognised: Sequence[RecognisedWord]
) -> list[Word]:
    """The written words of a link with the time of its recognised words, shared by letters."""
    sources = recognised[link.recognised_first : link.recognised_end]
    own = texts[link.written_first : link.written_end]
    ids = tuple(dict.fromkeys(source.id for source in sources))
    is_guess = link.kind == "different" or all(source.is_guessed for source in sources)
    origin: Origin = "placed" if is_guess else "heard"
    confidence = _confidence(own, sources, is_equal=link.kind == "equal")
    if len(sources) == 1 == len(own):
        times = [(sources[0].start_ms, sources[0].end_ms)]
    else:
        times = spread([weight(text) for text in own], [(s.start_ms, s.end_ms) for s in sources])
    return [
        Word(
            text,
            start,
            max(end, start + MIN_WORD_MS),
            origin,
            confidence,
            recognised_ids=ids,
            aligner=sources[0].aligner,
        )
        for text, (start, end) in zip(own, times, strict=True)
    ]


def _confidence(
    texts: Sequence[str], sources: Sequence[RecognisedWord], *, is_equal: bool
) -> float:
    """How sure the recognised words are, times how much they look like the written ones."""
    sure = min(source.probability for source in sources)
    if is_equal:
        return round(sure, 3)
    written = "".join(map(comparable, texts))
    said = "".join(comparable(source.text) for source in sources)
    likeness: float = Indel.normalized_similarity(written, said)
    return round(sure * likeness, 3)


def _gap_between(
    before: Word | None,
    after: Word | None,
    start_ms: int,
    end_ms: int | None,
    need_ms: int,
    least_ms: int,
) -> Interval:
    """The time between two known words, widened at their cost to `least_ms` where they can give."""
    start = before.end_ms if before else start_ms
    free_end = start + need_ms if end_ms is None else end_ms
    end = after.start_ms if after else free_end
    start = min(start, end)
    if before and not before.locked and end - start < least_ms:
        half = before.start_ms + max(MIN_WORD_MS, (before.end_ms - before.start_ms) // 2)
        start = min(start, max(end - least_ms, half))
    if after and not after.locked and end - start < least_ms:
        half = after.end_ms - max(MIN_WORD_MS, (after.end_ms - after.start_ms) // 2)
        end = max(end, min(start + least_ms, half))
    return start, end


def _leans_back(before: Word | None) -> bool:
    """Whether words of no known time rather follow the word before than precede the next one."""
    return before is not None and not ends_sentence(before.text)


def _free(
    gap: Interval,
    busy: Sequence[Interval],
    texts: Sequence[str],
    spoken: Sequence[bool],
    *,
    leans_back: bool,
) -> Interval:
    """The part of a gap in which nobody says anything else: for sounds the longest.

    For words the one nearest to the neighbour that they lean to in which they can be said, but the
    whole gap where what is said may be these words after all. The gap where nothing is left.
    """
    others = list(_overlapping(busy, gap))
    has_words = any(spoken)
    if len(others) <= (_OTHER_WORDS_RATIO * len(texts) if has_words else 0):
        return gap
    parts = outside(others, gap)
    if has_words:
        least_ms = sayable_ms(texts)
        near = parts if leans_back else reversed(parts)
        if part := next((part for part in near if part[1] - part[0] >= least_ms), None):
            return part
    return max(parts, key=lambda part: part[1] - part[0], default=gap)


def _words_in_gap(
    texts: Sequence[str],
    spoken: Sequence[bool],
    gap: Interval,
    silences: Sequence[Interval],
    *,
    leans_back: bool,
) -> list[Word]:
    """Words between two known ones; a sound among them takes what speech leaves over."""
    if not any(spoken):
        return _stretched(texts, [gap])
    if all(spoken):
        return _stretched(texts, _room(texts, gap, silences, leans_back=leans_back))
    first, end = spoken.index(False), len(spoken) - list(spoken)[::-1].index(False)
    middle_has_speech = any(spoken[first:end])
    head = _room(texts[:first], gap, silences, leans_back=True) if first else []
    tail = _room(texts[end:], gap, silences, leans_back=False) if end < len(texts) else []
    middle = (head[-1][1] if head else gap[0], tail[0][0] if tail else gap[1])
    if middle_has_speech or middle[0] >= middle[1]:
        return _stretched(texts, [gap])
    return [
        *_stretched(texts[:first], head),
        *_stretched(texts[first:end], [middle]),
        *_stretched(texts[end:], tail),
    ]


def _stretched(texts: Sequence[str], intervals: Sequence[Interval]) -> list[Word]:
    if not texts:
        return []
    start = intervals[0][0]
    if sum(b - a for a, b in intervals) < MIN_WORD_MS * len(texts):
        return [Word(text, start, start + MIN_WORD_MS) for text in texts]
    times = spread([weight(text) for text in texts], intervals)
    return [
        Word(text, a, max(b, a + MIN_WORD_MS)) for text, (a, b) in zip(texts, times, strict=True)
    ]


def _room(
    texts: Sequence[str], gap: Interval, silences: Sequence[Interval], *, leans_back: bool
) -> list[Interval]:
    """The part of a gap that such words would fill, without its silences; at one of its ends."""
    need = sum(weight(text) for text in texts) * _LETTER_MS
    speech = outside(silences, gap)
    if sum(b - a for a, b in speech) < sayable_ms(texts):
        speech = [gap]
    if sum(b - a for a, b in speech) <= need * 1.5:
        return speech
    return _first_part(speech, need) if leans_back else _last_part(speech, need)


def _first_part(intervals: Sequence[Interval], length_ms: int) -> list[Interval]:
    part = []
    for start, end in intervals:
        part.append((start, min(end, start + length_ms)))
        length_ms -= end - start
        if length_ms <= 0:
            break
    return part


def _last_part(intervals: Sequence[Interval], length_ms: int) -> list[Interval]:
    mirrored = _first_part([(-b, -a) for a, b in reversed(intervals)], length_ms)
    return [(-b, -a) for a, b in reversed(mirrored)]


def outside(silences: Sequence[Interval], span: Interval) -> list[Interval]:
    """What is left of a span without the silences in it; parts under 30 ms do not count.

    >>> outside([(100, 200), (250, 400)], (50, 300))
    [(50, 100), (200, 250)]
    """
    left, at = [], span[0]
    for start, end in _overlapping(silences, span):
        if start - at >= 30:
            left.append((at, start))
        at = max(at, end)
    if span[1] - at >= 30:
        left.append((at, span[1]))
    return left


def _overlapping(intervals: Sequence[Interval], span: Interval) -> Iterable[Interval]:
    first = bisect_left(intervals, span[0], key=lambda interval: interval[1])
    for start, end in intervals[first:]:
        if start >= span[1]:
            break
        yield start, end
