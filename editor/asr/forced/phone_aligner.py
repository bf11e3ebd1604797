"""A forced aligner for every language whose words can be said, by the phones that are heard.

The network tells a phone once it is sure of it, which is some time after it begins. How much later
was measured on one half of a synthetic English voice, of robots' German, Spanish and French, and
holds on the other half and on words labelled by hand.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import median

import numpy as np
from numpy.typing import NDArray

from editor.align.place import Interval
from editor.asr.forced.phone_anchors import alike_in, with_alike
from editor.asr.forced.phone_near import words_near
from editor.asr.forced.phone_path import PhoneSpan, found_and_fit
from editor.asr.forced.phones import FRAME_MS, PhoneNetwork, phone_network
from editor.asr.forced.pronunciations import Pronouncer, pronouncer
from editor.document import MIN_WORD_MS

#: A word whose phones fit worse (see `PhoneSpan`) is not found, nor are any words of which half
#: fit worse than that: in English half of them fit at -1.0 and better in a window of speech, at
#: -1.3 and worse where other voices are as loud; at -1.7 and better in languages that the network
#: hears badly; noise, music and other speech any words at -2.8 and worse.
_LEAST_FIT, _LEAST_MEDIAN_FIT, _LEAST_IN_ENGLISH = -6.0, -2.0, -1.1
#: Words fit as well as others where all that is heard is no less likely than so much, in nats.
_AS_GOOD = 3.0
#: A word begins so long before its first phone is told, and this share of the time since the last
#: phone before it: a long phone is told in its middle. After a pause it is another constant.
_LATE_MS, _LATE_SHARE, _LATE_AFTER_PAUSE_MS = 24, 0.31, 48
_LONGEST_SHARED_MS, _PAUSE_MS = 180, 200
#: A word ends so long after its last phone is told, unless the next has begun.
_RINGING_MS = 60


class PhoneAligner:
    """Finds where known words are said, in the language of its pronouncer.

    Words of which half fit worse than `least_fit` are not found at all.
    """

    def __init__(self, network: PhoneNetwork, words: Pronouncer, *, least_fit: float) -> None:
        self._network, self._words, self._least_fit = network, words, least_fit
        self._alike = alike_in(network.tokens)

    def align(self, samples: NDArray[np.float32], words: Sequence[str]) -> list[Interval | None]:
        """The (start_ms, end_ms) of each word, counted from the first sample.

        `samples`: float32 (n,), mono, 16 kHz, in [-1, 1]. None for a word that cannot be said or
        does not fit, and for all where most do not, or the sound is too short for them.
        """
        spans, _ = self._found(self._heard(samples), words)
        known = [span for span in spans if span]
        if not known or median(span.fit for span in known) < self._least_fit:
            return [None] * len(words)
        times = iter(intervals_of(known))
        found = [next(times) if span else None for span in spans]
        return [
            time if span and span.fit >= _LEAST_FIT else None
            for span, time in zip(spans, found, strict=True)
        ]

    def align_near(
        self,
        samples: NDArray[np.float32],
        words: Sequence[str],
        expected: Sequence[Interval],
    ) -> list[Interval | None]:
        """The (start_ms, end_ms) of each word where it is likeliest near where it is `expected`.

        Counted from the first of `samples`, which are as in `align`. However badly it fits: whoever
        asks has another ear to compare with.
        """
        spans = words_near(
            self._heard(samples),
            self._words.ways(words),
            [(start / FRAME_MS, end / FRAME_MS) for start, end in expected],
            blank=self._network.blank,
            boundary=self._network.boundary,
        )
        times = iter(intervals_of([span for span in spans if span]))
        return [next(times) if span else None for span in spans]

    def align_if_as_good(
        self, samples: NDArray[np.float32], words: Sequence[str], *, others: Sequence[str]
    ) -> list[Interval]:
        """The (start_ms, end_ms) of each word, if all can be said and fit as well as `others`.

        Counted from the first of `samples`, which are as in `align`; else none.
        """
        heard = self._heard(samples)
        spans, fit = self._found(heard, words)
        known = [span for span in spans if span]
        is_whole = known and len(known) == len(words)
        is_good = is_whole and fit > self._found(heard, others)[1] - _AS_GOOD
        return intervals_of(known) if is_good else []

    def _heard(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        return with_alike(self._network.log_probabilities(samples), self._alike)

    def _found(
        self, heard: NDArray[np.float32], words: Sequence[str]
    ) -> tuple[list[PhoneSpan | None], float]:
        ways = self._words.ways(words)
        edges = {"blank": self._network.blank, "boundary": self._network.boundary}
        return found_and_fit(heard, ways, **edges)


@cache
def phone_aligner(language: str) -> PhoneAligner | None:
    """The aligner for a language (its code), made once; None where its packages are not installed.

    Raises:
        ModelUnavailable: a file of an installed package is not the pinned one.
    """
    network, words = phone_network(), pronouncer(language)
    if not network or not words:
        return None
    least_fit = _LEAST_IN_ENGLISH if language == "en" else _LEAST_MEDIAN_FIT
    return PhoneAligner(network, words, least_fit=least_fit)


def intervals_of(spans: Sequence[PhoneSpan]) -> list[Interval]:
    """When words that are said one after the other begin and end, in ms."""
    starts = [_start_ms(span) for span in spans]
    ends = [span.end * FRAME_MS + _RINGING_MS for span in spans]
    latest = [*map(min, ends, starts[1:]), *ends[-1:]]
    return [
        (start, max(start + MIN_WORD_MS, end)) for start, end in zip(starts, latest, strict=True)
    ]


def _start_ms(span: PhoneSpan) -> int:
    told_ms = span.first * FRAME_MS
    since_ms = told_ms - span.before * FRAME_MS if span.before is not None else _PAUSE_MS + 1
    if since_ms > _PAUSE_MS:
        return max(0, told_ms - _LATE_AFTER_PAUSE_MS)
    late_ms = _LATE_MS + _LATE_SHARE * min(since_ms, _LONGEST_SHARED_MS)
    return max(0, told_ms - round(late_ms))
