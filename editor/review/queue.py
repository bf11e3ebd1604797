"""The doubts of a text, each with its kind, its score and the reason for it."""

from __future__ import annotations

from collections.abc import Sequence

from editor.align import comparable
from editor.document import HeardWord, Segment, spoken_flags
from editor.review.doubts import Doubt, DoubtKind
from editor.review.reasons import reason_of
from editor.review.score import score_of
from editor.review.signals import Evidence, Signals, signals_of
from editor.review.spans import Span


def doubts_of(evidence: Evidence, *, least_score: float = 0.0) -> list[Doubt]:
    """All doubts of a text from `least_score` on, the worst first.

    The words are counted through all of `evidence.words`. With `least_score` 0 every word that was
    heard as it is written is there too, as "unsure", at the end.
    """
    scored = [
        (span, signals, score)
        for span, signals in signals_of(evidence)
        if (score := _score(evidence, signals)) >= least_score
    ]
    worst = sorted(scored, key=lambda one: (-one[2], one[0].first))
    return [_doubt(evidence, *one) for one in worst]


def segment_doubts(segment: Segment, heard: Sequence[HeardWord]) -> list[Doubt]:
    """Compare a segment with what was heard from its start to the next segment's start.

    `heard` is sorted by time and may hold more than that; only heard words between those that the
    segment covers count as missing from it. In the order of the text, without what is unsure only.
    """
    if segment.kind == "sound" or not segment.words or not heard or _is_as_heard(segment, heard):
        return []
    texts = [word.text for word in segment.words]
    spoken = spoken_flags(segment.text, kind=segment.kind, words=texts)
    evidence = Evidence(segment.words, spoken, heard, is_whole=False)
    return [
        _doubt(evidence, span, signals, _score(evidence, signals))
        for span, signals in signals_of(evidence)
        if not span.agrees and not _is_locked(evidence, span)
    ]


def _is_as_heard(segment: Segment, heard: Sequence[HeardWord]) -> bool:
    """Whether every word covers one heard word of the same text and none between is left out."""
    ids = [word.heard[0] for word in segment.words if len(word.heard) == 1]
    if len(ids) < len(segment.words) or ids != list(range(ids[0], ids[0] + len(ids))):
        return False
    text_of = {word.id: word.text for word in heard}
    return all(text_of.get(word.heard[0]) == word.text for word in segment.words)


def _is_locked(evidence: Evidence, span: Span) -> bool:
    words = evidence.words[span.first : span.end]
    return bool(words) and all(word.locked for word in words)


def _score(evidence: Evidence, signals: Signals) -> float:
    return round(score_of(signals, is_listened=bool(evidence.written_logs)), 3)


def _doubt(evidence: Evidence, span: Span, signals: Signals, score: float) -> Doubt:
    start_ms, end_ms = _times(evidence, span)
    return Doubt(
        _kind(evidence, span),
        span.first,
        span.end - 1,
        evidence.written(span),
        evidence.said(span),
        score,
        start_ms,
        end_ms,
        reason_of(evidence, span, signals),
    )


def _times(evidence: Evidence, span: Span) -> tuple[int, int]:
    source = (
        evidence.words[span.first : span.end] or (evidence.heard[span.heard_first : span.heard_end])
    )
    return source[0].start_ms, max(word.end_ms for word in source)


def _kind(evidence: Evidence, span: Span) -> DoubtKind:
    if span.agrees:
        return "spelling" if evidence.other_spelling(span) else "unsure"
    if span.first == span.end:
        return "not_written"
    if span.heard_first < span.heard_end:
        return "different"
    return "repeated" if _is_repeated(evidence, span) else "not_heard"


def _is_repeated(evidence: Evidence, span: Span) -> bool:
    """Whether the same words stand right before or right after these."""
    count = span.end - span.first
    around = [range(span.first - count, span.first), range(span.end, span.end + count)]
    texts = [comparable(word.text) for word in evidence.words[span.first : span.end]]
    return any(
        near.start >= 0
        and near.stop <= len(evidence.words)
        and texts == [comparable(evidence.words[index].text) for index in near]
        for near in around
    )
