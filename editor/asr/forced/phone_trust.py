"""Which words found by their phones to believe: not those that chance finds among unsaid ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from editor.asr.forced.phone_path import PhoneSpan, Ways

#: A word that fits worse is not said. Runs of words, none of them further than so many frames from
#: the next, that have few phones must fit better, and stand beside no word that was left out, nor
#: beside speech that is not in the text: so many phones heard between them and the next run.
_LEAST_FIT, _SHORT_FIT, _LEAST_PHONES, _RUN_FRAMES = -3.0, -1.0, 12, 75
_UNWRITTEN_PHONES = 10
#: Where so many phones are not said and as many not written, chance finds more: there a run has
#: this share of them more, but never needs more than for so many.
_MUCH, _CHANCE_SHARE, _MOST_CHANCE = 10, 0.3, 60
#: Runs of fewer phones that stand beside such must not fit so much worse than longer ones usually.
_LONG_PHONES, _WORSE = 40, 0.8
#: Beside speech that is not written, words at the edge of a run stand alone if so many frames or
#: phones that are not written part them from the rest.
_APART_FRAMES, _APART_PHONES = 15, 3
#: Nor is a word said that takes longer than this for each of its phones.
_LONGEST_PHONE_FRAMES = 20


#: Words said in others are in step: so many phones more or fewer, or so large a share of them; not
#: so many.
_STEP, _STEP_SHARE, _MUCH_IN_STEP = 8, 0.5, 45


class _Between(NamedTuple):
    """The phones between two runs: those of words that are not said, those not written."""

    unsaid: int
    unwritten: int

    @property
    def is_other(self) -> bool:
        return self.unsaid > 0 or self.unwritten >= _UNWRITTEN_PHONES

    @property
    def is_much(self) -> bool:
        """Whether it is more than a word or two said in other words."""
        is_in_step = abs(self.unsaid - self.unwritten) <= max(_STEP, _STEP_SHARE * max(self))
        return max(self) >= (_MUCH_IN_STEP if is_in_step else _MUCH)

    @property
    def chance(self) -> int:
        """How many phones there chance can find others among."""
        return min(self) if self.is_much else 0


class _Run(NamedTuple):
    """Words found close together, and what is between them and the next."""

    words: list[int]
    before: _Between
    after: _Between

    @property
    def chance(self) -> int:
        """How many phones beside it chance can find others among."""
        return max(self.before.chance, self.after.chance)


def believed_words(
    spans: Sequence[PhoneSpan | None], said: Sequence[Ways], heard_frames: NDArray[np.int64]
) -> list[PhoneSpan | None]:
    """The words found, but those that chance may have found among words that are not said.

    `heard_frames` are those in which phones begin that were heard, rising.
    """
    kept: list[PhoneSpan | None] = [
        span
        if span
        and span.fit >= _LEAST_FIT
        and span.end - span.first <= _LONGEST_PHONE_FRAMES * len(ways[0])
        else None
        for span, ways in zip(spans, said, strict=True)
    ]
    found = _Found(kept, said, heard_frames)
    runs = list(found.runs())
    usual = found.usual_fit(runs)
    chances = [run.chance for run in runs]
    left_out = None
    # What is left out is beside others then.
    while left_out != set():
        kept_in = [
            found.without_edges(run, usual) if found.is_believed(run, usual, chance) else []
            for run, chance in zip(runs, chances, strict=True)
        ]
        left_out = {n for run in runs for n in run.words}.difference(*kept_in)
        for n in left_out:
            kept[n] = None
        runs = list(found.runs())
        chances = [0] * len(runs)
    return kept


def usual_fit(
    spans: Sequence[PhoneSpan | None], said: Sequence[Ways], heard_frames: NDArray[np.int64]
) -> float | None:
    """How words fit in runs so long that chance finds none of them; None where there are none."""
    found = _Found(spans, said, heard_frames)
    return found.usual_fit(found.runs())


@dataclass(frozen=True)
class _Found:
    """The words of a text that were found so far, and all that was heard."""

    spans: Sequence[PhoneSpan | None]
    said: Sequence[Ways]
    heard_frames: NDArray[np.int64]

    def runs(self) -> Iterator[_Run]:
        """Runs of words found close together."""
        run: list[int] = []
        before, unsaid, end = _Between(0, 0), 0, 0
        for n in (n for n, ways in enumerate(self.said) if ways):
            span = self.spans[n]
            if span is None:
                unsaid += len(self.said[n][0])
                continue
            unwritten = self._heard(end, span.first) if run or unsaid else 0
            between = _Between(unsaid, unwritten)
            if between.is_other or (run and span.first - end > _RUN_FRAMES):
                if run:
                    yield _Run(run, before, between)
                run, before = [], between
            run.append(n)
            unsaid, end = 0, span.end
        if run:
            rest = len(self.heard_frames) - self._heard(0, end) if unsaid else 0
            yield _Run(run, before, _Between(unsaid, rest))

    def usual_fit(self, runs: Iterable[_Run]) -> float | None:
        """How words of long runs fit."""
        long = [run.words for run in runs if self._phones(run.words) >= _LONG_PHONES]
        fits = [self._span(n).fit for words in long for n in words]
        return median(fits) if fits else None

    def is_believed(self, run: _Run, usual: float | None, chance: int) -> bool:
        """Whether a run is too long, and fits too well, to be chance."""
        phones = self._phones(run.words)
        if phones >= _LONG_PHONES:
            return True
        fit = sum(self._span(n).fit for n in run.words) / len(run.words)
        if not run.before.is_other and not run.after.is_other:
            return phones >= _LEAST_PHONES or fit >= _SHORT_FIT
        least = _LEAST_PHONES + _CHANCE_SHARE * max(0, min(chance, _MOST_CHANCE) - _MUCH)
        return phones >= least and (usual is None or fit >= usual - _WORSE)

    def without_edges(self, run: _Run, usual: float | None) -> Sequence[int]:
        """The words of a run, but for few at its edges that chance put there."""
        words = self._without_first(run.words, run.before, usual)
        return self._without_first(words[::-1], run.after, usual)[::-1]

    def _without_first(
        self, words: Sequence[int], beside: _Between, usual: float | None
    ) -> Sequence[int]:
        """Words but the first that fit badly or stand apart; the last of them are kept."""
        left_out, phones = 0, 0
        for k, (word, following) in enumerate(pairwise(words), 1):
            phones += len(self.said[word][0])
            if phones >= _LEAST_PHONES or not beside.is_much:
                break
            one, other = sorted((word, following))
            end, first = self._span(one).end, self._span(other).first
            is_apart = first - end >= _APART_FRAMES or self._heard(end, first) >= _APART_PHONES
            is_worse = usual is not None and self._span(word).fit < usual - _WORSE
            if is_worse or (is_apart and beside.unwritten >= _UNWRITTEN_PHONES):
                left_out = k
        return words[left_out:]

    def _heard(self, first: int, end: int) -> int:
        """How many phones were heard to begin in frames [first, end)."""
        left, right = np.searchsorted(self.heard_frames, (first, end))
        return int(right - left)

    def _phones(self, words: Sequence[int]) -> int:
        return sum(len(self.said[n][0]) for n in words)

    def _span(self, word: int) -> PhoneSpan:
        span = self.spans[word]
        assert span is not None
        return span
