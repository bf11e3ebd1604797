"""What speaks for and against each span of the text, as numbers that a score is made of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import log, sqrt

from editor.align import comparable
from editor.document import RecognisedWord, Word
from editor.review.readings import compared
from editor.review.spans import Span, cut_at, spans_of
from editor.review.spellings import other_spellings
from editor.review.style import style_difference
from editor.review.word_scores import Sounding

Signals = dict[str, float]

#: Logs of probabilities count down to this.
LEAST_LOG = -8.0
#: So many spans on each side are the neighbourhood of a span.
_NEAR = 3
#: Beyond this much unsureness, words are mostly some that recognition passed over.
_PASSED_OVER = 1.3


@dataclass(frozen=True)
class Evidence:
    """A timed text, what was recognised, and how likely each word is when listened for.

    `written_logs` and `recognised_logs` hold the log of the probability of each written and each
    recognised word where one listens for it (`Recogniser.listen`), None where that was not done.
    No doubt reaches over `bounds`, the numbers of the words that segments begin with. `spellings`
    gives words of names another spelling of theirs; None: found out from the words, if they are the
    whole text. `language` (ISO 639-1) tells which words are rare; None: that is not known.
    `soundings` has terms that were said, by the text that is written in their place.
    """

    words: Sequence[Word]
    spoken: Sequence[bool]
    recognised: Sequence[RecognisedWord]
    written_logs: Sequence[float | None] = ()
    recognised_logs: Sequence[float | None] = ()
    is_whole: bool = True
    bounds: Sequence[int] = ()
    spellings: Mapping[int, str] | None = None
    language: str | None = None
    soundings: Mapping[str, Sequence[Sounding]] = field(default_factory=dict)

    @cached_property
    def spans(self) -> list[Span]:
        """The text and what was recognised, cut into spans that agree and that do not."""
        spans = spans_of(self.words, self.spoken, self.recognised, is_whole=self.is_whole)
        return cut_at(spans, self.bounds, self.words, self.recognised) if self.bounds else spans

    def written(self, span: Span) -> str:
        """The written words of a span."""
        return " ".join(word.text for word in self.words[span.first : span.end])

    def said(self, span: Span) -> str:
        """The recognised words of a span."""
        return " ".join(
            word.text for word in self.recognised[span.recognised_first : span.recognised_end]
        )

    def style(self, span: Span) -> str | None:
        """How the writing of a span that agrees differs from what was recognised, if it does."""
        if not span.agrees:
            return None
        return style_difference(
            [word.text for word in self.words[span.first : span.end]],
            [word.text for word in self.recognised[span.recognised_first : span.recognised_end]],
        )

    def is_twin(self, span: Span) -> bool:
        """Whether a span is one word written twice and heard once."""
        written = [word.text for word in self.words[span.first : span.end]]
        said = [word.text for word in self.recognised[span.recognised_first : span.recognised_end]]
        return (len(written), len(said)) == (2, 1) and len({*map(comparable, written + said)}) == 1

    def recognised_log(self, span: Span) -> float:
        """Log of the probability of the least sure recognised word, 0 where there is none."""
        sources = self.recognised[span.recognised_first : span.recognised_end]
        return _log(min((word.probability for word in sources), default=1.0))

    def written_log(self, span: Span) -> float | None:
        """Log of the probability of the least likely written word when listened for."""
        return _least(self.written_logs[span.first : span.end])

    def is_scored(self, span: Span) -> bool:
        """Whether the written words of a span, if there are any, were listened for."""
        if span.first == span.end or span.agrees:
            return bool(self.written_logs)
        return self.written_log(span) is not None

    def gain(self, span: Span) -> float | None:
        """By how much what was recognised is likelier than what is written, when listened for."""
        written = self.written_log(span)
        said = _least(self.recognised_logs[span.recognised_first : span.recognised_end])
        return None if written is None or said is None else said - written

    @cached_property
    def other_spellings(self) -> dict[int, str]:
        """For words of names that the whole text spells in several ways, another spelling."""
        if self.spellings is not None:
            return dict(self.spellings)
        return other_spellings([word.text for word in self.words]) if self.is_whole else {}

    def other_spelling(self, span: Span) -> str | None:
        """How a name in the span is spelled elsewhere, None if it is spelled in one way."""
        names = (self.other_spellings.get(index) for index in range(span.first, span.end))
        return next(filter(None, names), None)

    def sounds_like(self, span: Span) -> str | None:
        """The term of the glossary that was said in the place of a span, None if none was."""
        if span.first == span.end or not self.soundings:
            return None
        start_ms, end_ms = self.words[span.first].start_ms, self.words[span.end - 1].end_ms
        return next(
            (
                term
                for first_ms, last_ms, term in self.soundings.get(self.written(span), ())
                if first_ms < end_ms and start_ms < last_ms
            ),
            None,
        )


def signals_of(evidence: Evidence) -> Iterator[tuple[Span, Signals]]:
    """Each span with its signals; those that were not measured are left out."""
    spans = evidence.spans
    unsure = [_unsureness(evidence, span) for span in spans]
    for index, span in enumerate(spans):
        if span.agrees:
            beside = [*spans[max(0, index - 1) : index], *spans[index + 1 : index + 2]]
            signals = _agreeing(unsure[index], beside)
        else:
            signals = _differing(evidence, span)
        around = [*unsure[max(0, index - _NEAR) : index], *unsure[index + 1 : index + 1 + _NEAR]]
        signals["unsure_near"] = sum(around) / max(1, len(around))
        if evidence.other_spelling(span):
            signals["spelled_otherwise"] = 1.0
        if evidence.sounds_like(span):
            signals["sounds_like"] = 1.0
        yield span, signals


def _agreeing(unsure: float, beside: Sequence[Span]) -> Signals:
    return {
        "unsure": unsure,
        "passed_over": max(0.0, unsure - _PASSED_OVER),
        "beside": float(sum(not span.agrees for span in beside)),
    }


def _differing(evidence: Evidence, span: Span) -> Signals:
    written_log, gain = evidence.written_log(span), evidence.gain(span)
    if span.recognised_first == span.recognised_end or evidence.is_twin(span):
        signals = {"not_heard": 1.0}
    elif span.first == span.end:
        signals = {"not_written": 1.0, "not_written_unsure": _unsureness(evidence, span)}
    else:
        readings = compared(evidence.written(span), evidence.said(span), evidence.language)
        signals = {"different": 1.0, **readings}
        if gain is not None:
            signals["gain"] = max(-4.0, min(8.0, gain))
    if written_log is not None:
        signals["unlikely"] = -written_log
    return signals


def _unsureness(evidence: Evidence, span: Span) -> float:
    """0 where all was recognised surely; the root tells nearly sure from sure."""
    return sqrt(-evidence.recognised_log(span))


def _least(logs: Sequence[float | None]) -> float | None:
    known = [max(LEAST_LOG, one) for one in logs if one is not None]
    return min(known) if known and len(known) == len(logs) else None


def _log(probability: float) -> float:
    return max(LEAST_LOG, log(probability)) if probability > 0 else LEAST_LOG
