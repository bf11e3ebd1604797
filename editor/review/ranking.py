"""The doubts of a text, each with its kind, its score and the reason for it."""

from __future__ import annotations

from dataclasses import replace

from editor.align import comparable
from editor.review.doubts import Doubt, DoubtKind
from editor.review.reasons import reason_of
from editor.review.score import score_of
from editor.review.signals import Evidence, Signals, signals_of
from editor.review.spans import Span


def doubts_of(
    evidence: Evidence, *, least_score: float = 0.0, with_style: bool = False
) -> list[Doubt]:
    """All doubts of a text from `least_score` on, the worst first.

    The words are counted through all of `evidence.words`. With `least_score` 0 every word that was
    heard as it is written is there too, as "unsure", at the end. `with_style` adds what is said
    alike but written otherwise, whatever its score, behind all others.
    """
    scored = [
        (span, signals, score_in(evidence, span, signals)) for span, signals in signals_of(evidence)
    ]
    worst = sorted(
        (one for one in scored if one[2] >= least_score), key=lambda one: (-one[2], one[0].first)
    )
    quiet = [
        style_at(evidence, span, score)
        for span, _, score in scored
        if with_style and score < least_score and evidence.style(span)
    ]
    return [*(doubt_at(evidence, *one) for one in worst), *quiet]


def style_at(evidence: Evidence, span: Span, score: float) -> Doubt:
    """The doubt that a difference of style is."""
    plain = doubt_at(evidence, span, {}, score)
    return replace(plain, kind="style", why=f"sounds the same; {evidence.style(span)}")


def score_in(evidence: Evidence, span: Span, signals: Signals) -> float:
    """The score of a span, to three places."""
    return round(score_of(signals, is_scored=evidence.is_scored(span)), 3)


def doubt_at(evidence: Evidence, span: Span, signals: Signals, score: float) -> Doubt:
    """The doubt that a span is, its words counted through those of the evidence."""
    start_ms, end_ms = _times(evidence, span)
    return Doubt(
        _kind(evidence, span),
        span.first,
        span.end - 1,
        evidence.written(span),
        evidence.sounds_like(span) or evidence.said(span),
        score,
        start_ms,
        end_ms,
        reason_of(evidence, span, signals),
    )


def _times(evidence: Evidence, span: Span) -> tuple[int, int]:
    source = (
        evidence.words[span.first : span.end]
        or (evidence.recognised[span.recognised_first : span.recognised_end])
    )
    return source[0].start_ms, max(word.end_ms for word in source)


def _kind(evidence: Evidence, span: Span) -> DoubtKind:
    if evidence.sounds_like(span):
        return "different"
    if span.agrees:
        return "spelling" if evidence.other_spelling(span) else "unsure"
    if span.first == span.end:
        return "not_written"
    if evidence.is_twin(span):
        return "repeated"
    if span.recognised_first < span.recognised_end:
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
