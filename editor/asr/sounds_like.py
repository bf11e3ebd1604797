"""Which of the names to expect was said where the text has something else: an independent ear.

Recognition and a text that a machine wrote often have the same wrong word, because both know the
same words. The network that hears phones knows none. Of the terms of a glossary, that one was said
whose phones fit what was heard, and do so better than what is written and what was recognised.

Measured with the names of the true texts as a glossary, on text by `tiny.en` heard by `base`:
see `tests.bench.realistic`. Words of a dictionary in the place of a glossary were not worth it: of
42 such readings where text and recognition agreed none was right, of 25 elsewhere five.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from editor.align import comparable
from editor.asr.forced.kept_phones import KeptPhones
from editor.asr.forced.phone_anchors import alike_in, classes_of, with_alike
from editor.asr.forced.phone_fit import fits_of
from editor.asr.forced.phones import FRAME_MS, PhoneNetwork, phone_network
from editor.asr.forced.pronunciations import Phones, Pronouncer, pronouncer
from editor.asr.prepare import Prepared, Progress

#: A reading with a term fits so well, in nats a phone. It may fit so much worse than what was
#: recognised, in nats, since whoever gave a term expects it.
_LEAST_FIT, _LEAST_OVER_RECOGNISED = -2.2, -5.0
#: Shorter terms are found in anything; longer ones are none.
_FEWEST_PHONES, _MOST_PHONES = 4, 40
#: A term has so many phones beside those of the words in whose place it would stand.
_LEAST_SHARE, _MOST_SHARE = 0.5, 2.0
#: So many terms that are nearest to what was heard are compared.
_COMPARED = 10
_OPENING, _CLOSING = re.compile(r"^[^\w]*"), re.compile(r"[^\w]*$")
#: Sound beside a place without a neighbour.
_BESIDE_MS = 100
#: Places this near each other are heard together, in intervals about so long.
_NEAR_MS, _INTERVAL_MS, _MARGIN_MS = 2_000, 20_000, 500


@dataclass(frozen=True, slots=True)
class Place:
    """Written words in doubt, said in [start_ms, end_ms), and the neighbours right beside them.

    `recognised` is what was recognised there, if that is something else. A neighbour is "" where
    there is none, or a pause is between; all, with neighbours, is said in [from_ms, until_ms). A
    term must fit better than what is written by `least_gain`, in nats.
    """

    start_ms: int
    end_ms: int
    written: Sequence[str]
    recognised: Sequence[str]
    before: str
    after: str
    from_ms: int
    until_ms: int
    least_gain: float = 2.0


def terms_said(
    prepared: Prepared,
    places: Sequence[Place],
    terms: Sequence[str],
    *,
    language: str,
    progress: Progress,
) -> list[str | None]:
    """For each place what was said there with a term in it, None without; `places` by time.

    None for all where the language cannot be said. Takes some 20 ms for a second of the sound
    around the places, and holds no more of it than half a minute.
    """
    network, words = phone_network(), pronouncer(language)
    said: list[str | None] = [None] * len(places)
    if network is None or words is None or not terms or not places:
        return said
    ear, kept = _Ear(network, words, terms), KeptPhones(network, prepared.pcm_path)
    for first, end in _intervals(places):
        progress.checkpoint()
        inside = places[first:end]
        start_ms = max(0, min(place.from_ms for place in inside) - _MARGIN_MS)
        end_ms = max(place.until_ms for place in inside) + _MARGIN_MS
        end_ms = min(end_ms, prepared.duration_ms)
        if end_ms <= start_ms:
            continue
        first_frame = start_ms // FRAME_MS
        logs = kept.log_probabilities(first_frame, end_ms // FRAME_MS)
        said[first:end] = [ear.term_at(logs, place, first_frame * FRAME_MS) for place in inside]
    return said


def _intervals(places: Sequence[Place]) -> Iterator[tuple[int, int]]:
    """Runs [first, end) of places that are heard together."""
    first = 0
    for n in range(1, len(places) + 1):
        if (
            n == len(places)
            or places[n].from_ms - places[n - 1].until_ms > _NEAR_MS
            or places[n].until_ms - places[first].from_ms > _INTERVAL_MS
        ):
            yield first, n
            first = n


class _Ear:
    """What tells which term was said."""

    def __init__(self, network: PhoneNetwork, words: Pronouncer, terms: Sequence[str]) -> None:
        self._network, self._words = network, words
        self._alike, self._classes = alike_in(network.tokens), classes_of(network.tokens)
        #: Each way to say each term, and what it is like.
        self._ways = [
            (term, way)
            for term, ways in zip(terms, words.ways(terms), strict=True)
            for way in ways
            if _FEWEST_PHONES <= len(way) <= _MOST_PHONES
        ]
        self._keys = [self._key(np.array(way)) for _, way in self._ways]

    def term_at(self, logs: NDArray[np.float32], place: Place, start_ms: int) -> str | None:
        """What was said at a place with a term; `logs` are heard from `start_ms` on."""
        written, recognised = map(self._first_ways, (place.written, place.recognised))
        around = _part(logs, place.from_ms - start_ms, place.until_ms - start_ms)
        if not self._keys or not written or len(around) < 2:
            return None
        others = list(self._with_terms(logs, place, start_ms))
        if not others:
            return None
        before, after = (self._first_ways([word]) for word in (place.before, place.after))
        middles = [written, recognised or written, *(middle for _, middle in others)]
        fits = fits_of(
            with_alike(around, self._alike),
            [[*before, *middle, *after] for middle in middles],
            blank=self._network.blank,
            boundary=self._network.boundary,
        ).tolist()
        best = max(range(len(others)), key=lambda n: fits[2 + n])
        fit, (wording, middle) = fits[2 + best], others[best]
        is_said = (
            fit >= _LEAST_FIT * sum(map(len, middle))
            and fit >= fits[0] + place.least_gain
            and (not recognised or fit >= fits[1] + _LEAST_OVER_RECOGNISED)
        )
        return wording if is_said else None

    def _with_terms(
        self, logs: NDArray[np.float32], place: Place, start_ms: int
    ) -> Iterator[tuple[str, list[Phones]]]:
        """What is written with a term in the place of some of its words, and how that is said."""
        words = place.written
        known = _letters(place.written)
        heard = _part(logs, place.start_ms - start_ms, place.end_ms - start_ms)
        near = self._near(heard)
        runs = [(i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
        for first, end in runs:
            count = sum(map(len, self._first_ways(words[first:end])))
            for term, way in near:
                if not _LEAST_SHARE * count <= len(way) <= _MOST_SHARE * count:
                    continue
                wording = [*words[:first], _dressed(words[first:end], term), *words[end:]]
                if _letters(wording) == known:
                    continue
                rest = self._first_ways(words[:first]), self._first_ways(words[end:])
                yield " ".join(wording), [*rest[0], way, *rest[1]]

    def _first_ways(self, words: Sequence[str]) -> list[Phones]:
        return [ways[0] for ways in self._words.ways(words) if ways]

    def _near(self, logs: NDArray[np.float32]) -> list[tuple[str, Phones]]:
        """The ways to say terms that are most like what was heard."""
        tokens = logs.argmax(axis=1)
        is_new = np.concatenate([[True], tokens[1:] != tokens[:-1]])[: len(tokens)]
        is_phone = (tokens != self._network.blank) & (tokens != self._network.boundary)
        heard = self._key(tokens[is_new & is_phone])
        found = process.extract(
            heard, self._keys, scorer=Levenshtein.normalized_similarity, limit=_COMPARED
        )
        return [self._ways[index] for _, _, index in found]

    def _key(self, tokens: NDArray[np.intp]) -> str:
        """Phones as letters, the same for those that are taken for each other."""
        return "".join(map(chr, (self._classes[tokens] + 0x100).tolist())) if len(tokens) else ""


def _letters(words: Sequence[str]) -> str:
    return "".join(map(comparable, words))


def _dressed(words: Sequence[str], term: str) -> str:
    """A term with the punctuation around the words in whose place it stands."""
    opening, closing = _OPENING.match(words[0]), _CLOSING.search(words[-1])
    return f"{opening[0] if opening else ''}{term}{closing[0] if closing else ''}"


def _part(logs: NDArray[np.float32], start_ms: int, end_ms: int) -> NDArray[np.float32]:
    return logs[max(0, start_ms // FRAME_MS) : max(0, -(-end_ms // FRAME_MS))]


def window_of(
    start_ms: int, end_ms: int, before_ms: int | None, after_ms: int | None
) -> tuple[int, int]:
    """The interval of a place with its neighbours: the one before begins, the one after ends there.

    >>> window_of(1000, 1300, 700, None)
    (660, 1400)
    """
    first = start_ms - _BESIDE_MS if before_ms is None else before_ms - 2 * FRAME_MS
    last = end_ms + _BESIDE_MS if after_ms is None else after_ms + 2 * FRAME_MS
    return max(0, first), last
