"""Why a place is doubtful, in words that a person understands."""

from __future__ import annotations

from math import exp

from editor.review.likeness import sounds_alike, spelled_alike
from editor.review.rarity import unknown_word
from editor.review.signals import Evidence, Signals
from editor.review.spans import Span

_SURE, _LIKELY = 0.85, 0.5
#: Likeness of two readings that are called alike, and of those that are called unlike.
_ALIKE, _UNLIKE = 0.75, 0.3
#: Listening tells two readings apart where one is so much likelier, in natural logs.
_CLEAR_GAIN = 2.0
_UNLIKELY = 4.0
_PUNCTUATION = ".,;:!?…"


def reason_of(evidence: Evidence, span: Span, signals: Signals) -> str:
    """One line about a span that is doubtful.

    It begins with the term that it sounds more like, if there is one, then what was recognised and
    how surely; then comes what else speaks for it.
    """
    said, sure = evidence.said(span), _sureness(exp(evidence.recognised_log(span)))
    sounding = _sounding(evidence, span)
    if span.agrees:
        beside = (*_around(signals), *_spelling(evidence, span))
        return _joined(*sounding, f"heard the same, {sure}", *beside)
    if evidence.is_twin(span):
        return "repeated in the text, heard once"
    if not said:
        return _joined(*sounding, "nothing similar was heard here", *_fit(signals, "it"))
    if span.first == span.end:
        return f"heard “{said}”, {sure}, missing from the text"
    reasons = (*_likeness(evidence, span), *_listening(signals), *_unknown(evidence, span))
    return _joined(*sounding, f"heard “{said}”, {sure}", *reasons)


def _sounding(evidence: Evidence, span: Span) -> list[str]:
    term = evidence.sounds_like(span)
    return [f"sounds more like “{term.strip(_PUNCTUATION)}” (glossary)"] if term else []


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
        return ["sounds like the text"]
    return ["does not sound like the text"] if max(sound, letters) <= _UNLIKE else []


def _around(signals: Signals) -> list[str]:
    return ["next to words heard differently"] if signals.get("beside") else []


def _unknown(evidence: Evidence, span: Span) -> list[str]:
    """Which word is none, where all of the other reading are words."""
    written = unknown_word(evidence.written(span), evidence.language)
    said = unknown_word(evidence.said(span), evidence.language)
    if written and not said:
        return [f"“{written}” is not in the dictionary"]
    return [f"but “{said}” is not in the dictionary"] if said and not written else []


def _listening(signals: Signals) -> list[str]:
    gain = signals.get("gain", 0.0)
    if gain >= _CLEAR_GAIN:
        return ["fits the sound better than the text"]
    if gain <= -_CLEAR_GAIN:
        return ["but the text fits the sound better"]
    return _fit(signals, "the text")


def _fit(signals: Signals, what: str) -> list[str]:
    return [f"{what} hardly fits the sound"] if signals.get("unlikely", 0.0) >= _UNLIKELY else []


def _joined(*parts: str) -> str:
    return "; ".join(parts)
