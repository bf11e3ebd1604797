"""Why a place is doubtful, in words that a person understands."""

from __future__ import annotations

from math import exp

from editor.review.likeness import sounds_alike, spelled_alike
from editor.review.signals import Evidence, Signals
from editor.review.spans import Span

_SURE, _LIKELY = 0.85, 0.5
#: Likeness of two readings that are called alike, and of those that are called unlike.
_ALIKE, _UNLIKE = 0.75, 0.3
#: Listening tells two readings apart where one is so much likelier, in natural logs.
_CLEAR_GAIN = 2.0
_UNLIKELY = 4.0


def reason_of(evidence: Evidence, span: Span, signals: Signals) -> str:
    """One line about a span that is doubtful.

    It begins with what was heard and how surely; then comes what else speaks for it.
    """
    said, sure = evidence.said(span), _sureness(exp(evidence.heard_log(span)))
    if span.agrees:
        return _joined(f"heard the same, {sure}", *_spelling(evidence, span))
    if evidence.is_twin(span):
        return "written twice, heard once"
    if not said:
        return _joined("nothing like it was heard here", *_listening(signals))
    if span.first == span.end:
        return f"heard “{said}”, {sure}, which is not written"
    return _joined(f"heard “{said}”, {sure}", *_likeness(evidence, span), *_listening(signals))


def _sureness(probability: float) -> str:
    name = "sure" if probability >= _SURE else "likely" if probability >= _LIKELY else "not sure"
    return f"{name} ({probability:.0%})"


def _spelling(evidence: Evidence, span: Span) -> list[str]:
    other = evidence.other_spelling(span)
    return [f"spelled “{other}” elsewhere"] if other else []


def _likeness(evidence: Evidence, span: Span) -> list[str]:
    written, said = evidence.written(span), evidence.said(span)
    sound, letters = sounds_alike(written, said), spelled_alike(written, said)
    if sound >= _ALIKE:
        return ["sounds like what is written"]
    return ["nothing like what is written"] if max(sound, letters) <= _UNLIKE else []


def _listening(signals: Signals) -> list[str]:
    gain = signals.get("gain", 0.0)
    if gain >= _CLEAR_GAIN:
        return ["fits the sound better"]
    if gain <= -_CLEAR_GAIN:
        return ["but what is written fits the sound better"]
    if signals.get("unlikely", 0.0) >= _UNLIKELY:
        return ["what is written hardly fits the sound"]
    return []


def _joined(*parts: str) -> str:
    return "; ".join(parts)
