"""The doubts of segments of a text that is being edited: judged anew wherever something changed."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import accumulate
from math import log, sqrt

from editor.document import RecognisedWord, Segment, Word, spoken_flags
from editor.review.doubts import Doubt
from editor.review.ranking import doubt_at, score_in, style_at
from editor.review.signals import Evidence, Signals, signals_of
from editor.review.spans import Span
from editor.review.word_scores import WordScores

#: Words heard as they are written are doubts from this score on: about two in five are wrong then.
LEAST_UNSURE = 0.15
#: Heard less surely than this, a word may be such a doubt; and the same as a signal.
_SURE = 0.7
_UNSURE = sqrt(-log(_SURE))
#: Heard words this far outside a segment may still belong to it.
_MARGIN_MS = 5_000

#: (segment id, number of a word in it) -> how the name it is part of is spelled elsewhere.
Spellings = Mapping[tuple[str, int], str]


def segment_doubts(
    segments: Sequence[Segment],
    recognised: Sequence[RecognisedWord],
    scores: WordScores | None = None,
    *,
    wanted: Collection[str] | None = None,
    spellings: Spellings | None = None,
    language: str | None = None,
    with_style: bool = False,
) -> dict[str, list[Doubt]]:
    """The doubts of each segment, in the order of the text; their words are counted from 0.

    `segments` are in order, those `wanted` (None: all) with their neighbours; `recognised` words by
    time. Segments with no recognised word near, as while recognition goes on, and words whose
    times a person set have none. What is missing between two segments is missing at the
    end of the first. `language` (ISO 639-1) tells which words are rare.
    `with_style` adds what is said alike but written otherwise.
    """
    found: dict[str, list[Doubt]] = {}
    if not recognised:
        return found
    starts = [word.start_ms for word in recognised]
    scores = WordScores() if scores is None else scores
    spellings = spellings or {}
    spelled = {segment_id for segment_id, _ in spellings}
    at = {word.id: index for index, word in enumerate(recognised)}
    below = (*segments[1:], None)
    judged = [
        index
        for index, segment in enumerate(segments)
        if (wanted is None or segment.id in wanted)
        and segment.kind == "speech"
        and segment.words
        and (segment.id in spelled or not _is_as_recognised(segment, below[index], at, recognised))
    ]
    for first, end in _runs(judged, len(segments)):
        run = segments[first:end]
        near = _near(run, recognised, starts)
        if near:
            bounds = [0, *accumulate(len(segment.words) for segment in run)]
            evidence = _evidence(run, bounds, near, scores, spellings, language)
            for segment_id, doubt in _judged(run, bounds, evidence, with_style=with_style):
                found.setdefault(segment_id, []).append(doubt)
    return {
        segments[index].id: found[segments[index].id]
        for index in judged
        if segments[index].id in found
    }


def _is_as_recognised(
    segment: Segment,
    below: Segment | None,
    at: Mapping[int, int],
    recognised: Sequence[RecognisedWord],
) -> bool:
    """Whether every word covers one recognised word of its text, surely, and none is left out."""
    covered = [
        at.get(word.recognised_ids[0], -1)
        for word in segment.words
        if len(word.recognised_ids) == 1
    ]
    if len(covered) < len(segment.words) or covered[0] < 0:
        return False
    follower = _first_recognised(below, at)
    expected = list(range(covered[0], covered[0] + len(covered)))
    if covered != expected or follower not in (None, covered[-1] + 1):
        return False
    sources = [recognised[index] for index in covered]
    return all(
        source.text == word.text and source.probability >= _SURE
        for source, word in zip(sources, segment.words, strict=True)
    )


def _first_recognised(segment: Segment | None, at: Mapping[int, int]) -> int | None:
    covered = (
        (at[one] for word in segment.words for one in word.recognised_ids if one in at)
        if segment
        else ()
    )
    return next(iter(covered), None)


def _runs(judged: Sequence[int], count: int) -> Iterator[tuple[int, int]]:
    """Runs [first, end) of the segments to be judged, each with a neighbour on both sides."""
    first, end = -1, -1
    for index in judged:
        if index - 1 < end and first >= 0:
            end = min(count, index + 2)
            continue
        if first >= 0:
            yield first, end
        first, end = max(0, index - 1), min(count, index + 2)
    if first >= 0:
        yield first, end


def _near(
    run: Sequence[Segment], recognised: Sequence[RecognisedWord], starts: Sequence[int]
) -> Sequence[RecognisedWord]:
    words = [word for segment in run for word in segment.words]
    low = bisect_left(starts, words[0].start_ms - _MARGIN_MS)
    return recognised[low : bisect_left(starts, max(w.end_ms for w in words) + _MARGIN_MS)]


def _judged(
    run: Sequence[Segment], bounds: Sequence[int], evidence: Evidence, *, with_style: bool
) -> Iterator[tuple[str, Doubt]]:
    for span, signals in signals_of(evidence):
        if _is_locked(evidence.words[span.first : span.end]):
            continue
        doubt = _doubt(evidence, span, signals, with_style=with_style)
        if doubt is not None:
            number = _segment_of(span, bounds)
            at = bounds[number]
            yield (
                run[number].id,
                replace(doubt, first_word=span.first - at, last_word=span.end - 1 - at),
            )


def _doubt(evidence: Evidence, span: Span, signals: Signals, *, with_style: bool) -> Doubt | None:
    """The doubt that a span is, if it is one."""
    is_told = evidence.other_spelling(span) or evidence.sounds_like(span)
    is_plain = span.agrees and is_told is None
    has_style = with_style and is_plain and evidence.style(span) is not None
    if is_plain and not has_style and signals["unsure"] < _UNSURE:
        return None
    score = score_in(evidence, span, signals)
    if is_plain and (signals["unsure"] < _UNSURE or score < LEAST_UNSURE):
        return style_at(evidence, span, score) if has_style else None
    return doubt_at(evidence, span, signals, score)


def _evidence(
    run: Sequence[Segment],
    bounds: Sequence[int],
    recognised: Sequence[RecognisedWord],
    scores: WordScores,
    spellings: Spellings,
    language: str | None,
) -> Evidence:
    words: list[Word] = []
    spoken: list[bool] = []
    others: dict[int, str] = {}
    for segment, at in zip(run, bounds, strict=False):
        texts = [word.text for word in segment.words]
        words += segment.words
        spoken += spoken_flags(segment.text, kind=segment.kind, words=texts)
        for index in range(len(texts)) if spellings else ():
            other = spellings.get((segment.id, index))
            others |= {at + index: other} if other else {}
    return Evidence(
        words,
        spoken,
        recognised,
        [scores.log_of(word) for word in words] if scores else (),
        [scores.log_of_recognised(word) for word in recognised] if scores else (),
        is_whole=False,
        bounds=bounds[1:-1],
        spellings=others,
        language=language,
        soundings=scores.soundings,
    )


def _segment_of(span: Span, bounds: Sequence[int]) -> int:
    """The segment a span is in; what is missing between two is at the end of the first."""
    at = span.first - 1 if span.first == span.end and span.first else span.first
    return bisect_right(bounds, at) - 1


def _is_locked(words: Sequence[Word]) -> bool:
    return bool(words) and all(word.locked for word in words)
