"""What speaks for and against each span of the text, as numbers that a score is made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log
from statistics import median

from editor.align import comparable, weight
from editor.document import HeardWord, Word
from editor.review.likeness import sounds_alike, spelled_alike
from editor.review.spans import Span, spans_of

Signals = dict[str, float]

#: Logs of probabilities count down to this.
LEAST_LOG = -8.0
#: So many spans on each side are the neighbourhood of a span.
_NEAR = 3
#: A word of so many letters has all the weight that length can have.
_LONG_WORD = 12


@dataclass(frozen=True)
class Evidence:
    """A timed text, what was heard, and how likely each word is when listened for.

    `written_logs` and `heard_logs` hold the log of the probability of each written and each heard
    word where one listens for it (`Recogniser.tell`), None where that was not done.
    """

    words: Sequence[Word]
    spoken: Sequence[bool]
    heard: Sequence[HeardWord]
    written_logs: Sequence[float | None] = ()
    heard_logs: Sequence[float | None] = ()
    is_whole: bool = True

    @cached_property
    def spans(self) -> list[Span]:
        """The text and what was heard, cut into spans that agree and that do not."""
        return spans_of(self.words, self.spoken, self.heard, is_whole=self.is_whole)

    def written(self, span: Span) -> str:
        """The written words of a span."""
        return " ".join(word.text for word in self.words[span.first : span.end])

    def said(self, span: Span) -> str:
        """The heard words of a span."""
        return " ".join(word.text for word in self.heard[span.heard_first : span.heard_end])

    def heard_log(self, span: Span) -> float:
        """Log of the probability of the least sure heard word, 0 where there is none."""
        sources = self.heard[span.heard_first : span.heard_end]
        return _log(min((word.probability for word in sources), default=1.0))

    def written_log(self, span: Span) -> float | None:
        """Log of the probability of the least likely written word when listened for."""
        return _least(self.written_logs[span.first : span.end])

    def gain(self, span: Span) -> float | None:
        """By how much what was heard is likelier than what is written, when listened for."""
        written = self.written_log(span)
        said = _least(self.heard_logs[span.heard_first : span.heard_end])
        return None if written is None or said is None else said - written

    @cached_property
    def times_sure(self) -> Counter[str]:
        """How often each word was heard as it is written, and surely so."""
        return Counter(
            comparable(self.words[span.first].text)
            for span in self.spans
            if span.agrees and span.end - span.first == 1 and self.heard_log(span) > -0.3
        )

    @cached_property
    def pace_ms(self) -> float:
        """Median time that a letter takes."""
        paces = [_pace_ms([word]) for word in self.words if word.heard]
        return median(paces) if paces else 1.0


def signals_of(evidence: Evidence) -> Iterator[tuple[Span, Signals]]:
    """Each span with its signals; those that were not measured are left out."""
    spans = evidence.spans
    trouble = [0.0 if span.agrees else 1.0 for span in spans]
    unsure = [evidence.heard_log(span) for span in spans]
    for index, span in enumerate(spans):
        near = range(max(0, index - _NEAR), min(len(spans), index + _NEAR + 1))
        around = [other for other in near if other != index]
        signals = _agreeing(evidence, span) if span.agrees else _differing(evidence, span)
        if around:
            signals["trouble_near"] = sum(trouble[other] for other in around) / len(around)
            signals["unsure_near"] = -sum(unsure[other] for other in around) / len(around)
        yield span, {**signals, **_of_words(evidence, span)}


def _agreeing(evidence: Evidence, span: Span) -> Signals:
    signals = {"unsure": -evidence.heard_log(span)}
    written_log = evidence.written_log(span)
    if written_log is not None:
        signals["unsure_listened"] = -written_log
    return signals


def _differing(evidence: Evidence, span: Span) -> Signals:
    if span.heard_first == span.heard_end:
        signals = {"not_heard": 1.0}
    elif span.first == span.end:
        signals = {"not_written": 1.0, "not_written_unsure": -evidence.heard_log(span)}
    else:
        written, said = evidence.written(span), evidence.said(span)
        signals = {
            "different": 1.0,
            "different_unsure": -evidence.heard_log(span),
            "spelled_alike": spelled_alike(written, said),
            "sounds_alike": sounds_alike(written, said),
        }
    written_log, gain = evidence.written_log(span), evidence.gain(span)
    if written_log is not None:
        signals["unlikely"] = -written_log
    if gain is not None:
        signals["gain"] = max(-4.0, min(8.0, gain))
    return signals


def _of_words(evidence: Evidence, span: Span) -> Signals:
    words = evidence.words[span.first : span.end]
    if not words:
        return {}
    return {
        "name": float(any(_is_name(evidence, index) for index in range(span.first, span.end))),
        "long": max(min(len(comparable(word.text)), _LONG_WORD) for word in words) / _LONG_WORD,
        "sure_elsewhere": min(min(evidence.times_sure[comparable(word.text)], 3) for word in words)
        / 3,
        "hurried": abs(log(_pace_ms(words) / evidence.pace_ms)),
    }


def _is_name(evidence: Evidence, index: int) -> bool:
    """A capital that no sentence begins with."""
    text = evidence.words[index].text.lstrip("\"'“‘([-")
    before = evidence.words[index - 1].text.rstrip("\"'”’)]") if index else "."
    return text[:1].isupper() and text not in ("I", "I'm") and before[-1:] not in ".!?:…"


def _pace_ms(words: Sequence[Word]) -> float:
    return max(1, words[-1].end_ms - words[0].start_ms) / sum(weight(word.text) for word in words)


def _least(logs: Sequence[float | None]) -> float | None:
    known = [max(LEAST_LOG, one) for one in logs if one is not None]
    return min(known) if known and len(known) == len(logs) else None


def _log(probability: float) -> float:
    return max(LEAST_LOG, log(probability)) if probability > 0 else LEAST_LOG
