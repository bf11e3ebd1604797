"""Where the text says something else than a term of the glossary that was said there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from editor.asr import Prepared, Progress
from editor.asr.sounds_like import Place, terms_said, window_of
from editor.document import Word
from editor.review import Evidence
from editor.review.rarity import unknown_word
from editor.review.spans import Span
from editor.review.word_scores import Sounding

#: Words heard as they are written, more surely than this, are not asked about.
_SURE = 0.7
#: Longer readings are no one term.
_MOST_WORDS = 3
#: A term fits better than words that there are by so much, in nats, and hardly worse than others.
_LEAST_GAIN, _LEAST_GAIN_OVER_NONE = 2.0, -1.0
#: A neighbour counts that is said within so much, and no further from a place than this.
_PAUSE_MS, _REACH_MS = 300, 800


def soundings(
    evidence: Evidence,
    spans: Iterable[Span],
    terms: Sequence[str],
    prepared: Prepared,
    *,
    language: str,
    progress: Progress,
) -> dict[str, tuple[Sounding, ...]]:
    """Which term was said at each of these spans, by what is written there; see `terms_said`."""
    asked = [span for span in spans if _is_asked(evidence, span)]
    asked.sort(key=lambda span: evidence.words[span.first].start_ms)
    places = [_place(evidence, span) for span in asked]
    said = terms_said(
        prepared, places, terms_with_parts(terms), language=language, progress=progress
    )
    found: dict[str, tuple[Sounding, ...]] = {}
    for span, place, term in zip(asked, places, said, strict=True):
        if term is not None:
            text = evidence.written(span)
            found[text] = (*found.get(text, ()), (place.start_ms, place.end_ms, term))
    return found


def terms_with_parts(terms: Iterable[str]) -> list[str]:
    """The terms, and of names of several words each that is written large.

    >>> terms_with_parts(["Elad Gil", "cost of goods"])
    ['Elad Gil', 'cost of goods', 'Elad', 'Gil']
    """
    terms = list(terms)
    parts = (part for term in terms for part in term.split() if part[0].isupper())
    return list(dict.fromkeys([*terms, *parts]))


def _is_asked(evidence: Evidence, span: Span) -> bool:
    if not 0 < span.end - span.first <= _MOST_WORDS:
        return False
    sources = evidence.recognised[span.recognised_first : span.recognised_end]
    return not span.agrees or min((one.probability for one in sources), default=0.0) < _SURE


def _place(evidence: Evidence, span: Span) -> Place:
    words = evidence.words
    start_ms = words[span.first].start_ms
    end_ms = max(word.end_ms for word in words[span.first : span.end])
    before = words[span.first - 1] if span.first else None
    after = words[span.end] if span.end < len(words) else None
    if before and not _is_beside(before.end_ms, start_ms, start_ms - before.start_ms):
        before = None
    if after and not _is_beside(end_ms, after.start_ms, after.end_ms - end_ms):
        after = None
    window = window_of(
        start_ms, end_ms, before.start_ms if before else None, after.end_ms if after else None
    )
    sources = evidence.recognised[span.recognised_first : span.recognised_end]
    is_word = unknown_word(evidence.written(span), evidence.language) is None
    return Place(
        start_ms,
        end_ms,
        [word.text for word in words[span.first : span.end]],
        [] if span.agrees else [word.text for word in sources],
        _text(before),
        _text(after),
        *window,
        least_gain=_LEAST_GAIN if is_word else _LEAST_GAIN_OVER_NONE,
    )


def _is_beside(end_ms: int, start_ms: int, reach_ms: int) -> bool:
    return start_ms - end_ms < _PAUSE_MS and reach_ms < _REACH_MS


def _text(word: Word | None) -> str:
    return word.text if word else ""
