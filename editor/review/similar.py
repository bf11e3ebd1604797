"""All places of a text that are like a given one: from one correction to every similar place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from rapidfuzz import process
from rapidfuzz.distance import Indel

from editor.review.likeness import letters_of, sound_of

Likeness = Literal["exact", "case", "spelling", "sound"]
_ORDER: tuple[Likeness, ...] = ("exact", "case", "spelling", "sound")

#: From this likeness of letters on, it may be the same word spelled in another way ...
_SPELLED_ALIKE = 0.8
#: ... and from this on where it also sounds the same; in short words few letters stay the same.
_SOUNDS_ALIKE, _SHORT_SOUNDS_ALIKE = 0.5, 0.25
_SHORT = 5
#: A place spans at most so many words more than what is looked for.
_MORE_WORDS = 2
_EDGES = re.compile(r"^\W+|\W+$")


@dataclass(frozen=True, slots=True)
class Place:
    """Words `first_word` to `last_word`, both included, that are like what was looked for.

    `likeness` is the closest that holds: the same, but for case, spelled alike (also with other
    breaks between words), or sounding alike. `score` in [0, 1] is the share of equal letters.
    """

    first_word: int
    last_word: int
    text: str
    likeness: Likeness
    score: float


def similar_places(words: Sequence[str], wanted: str, *, bounds: Sequence[int] = ()) -> list[Place]:
    """Find all places of a text like `wanted`, in order; of those that overlap, the closest.

    No place reaches over `bounds`, the numbers of words that something begins with, rising.

    >>> found = similar_places("Ask no-priers or No Priers, says NoPryers".split(), "No Priers")
    >>> [(place.text, place.likeness) for place in found]
    [('no-priers', 'spelling'), ('No Priers', 'exact'), ('NoPryers', 'spelling')]
    """
    if not letters_of(wanted):
        return []
    runs = list(_runs(words, wanted, bounds))
    found = [
        _place(words, *runs[index][:2], wanted, score)
        for index, score in _alike([letters for _, _, letters in runs], letters_of(wanted))
    ]
    return _without_overlap(found)


def bare(text: str) -> str:
    """A text without the marks around it.

    >>> bare("“No Priers.”")
    'No Priers'
    """
    return _EDGES.sub("", text)


def _runs(
    words: Sequence[str], wanted: str, bounds: Sequence[int]
) -> Iterator[tuple[int, int, str]]:
    """Runs [first, end) of words that have about as many letters as `wanted`, and these letters."""
    letters = [letters_of(word) for word in words]
    ends = [0, *accumulate(map(len, letters))]
    length, most = len(letters_of(wanted)), len(wanted.split()) + _MORE_WORDS
    low, high = length * 0.6, length / 0.6
    above, bound = iter([*bounds, len(letters)]), 0
    for first, begins in enumerate(ends[:-1]):
        while bound <= first:
            bound = next(above)
        for end in range(first + 1, min(first + most, bound) + 1):
            count = ends[end] - begins
            if count > high:
                break
            if count >= low and letters[first] and letters[end - 1]:
                yield first, end, "".join(letters[first:end])


def _alike(candidates: Sequence[str], wanted: str) -> list[tuple[int, float]]:
    """The numbers of the candidates that are spelled or sound like what is wanted, with scores."""
    found = process.extract(
        wanted,
        candidates,
        scorer=Indel.normalized_similarity,
        processor=None,
        score_cutoff=_SHORT_SOUNDS_ALIKE if len(wanted) <= _SHORT else _SOUNDS_ALIKE,
        limit=None,
    )
    sound = sound_of(wanted)
    return [
        (index, score)
        for text, score, index in found
        if score >= _SPELLED_ALIKE or (sound and sound_of(text) == sound)
    ]


def _place(words: Sequence[str], first: int, end: int, wanted: str, score: float) -> Place:
    text = bare(" ".join(words[first:end]))
    likeness: Likeness = "spelling" if score >= _SPELLED_ALIKE else "sound"
    if text == wanted:
        likeness = "exact"
    elif text.casefold() == wanted.casefold():
        likeness = "case"
    return Place(first, end - 1, text, likeness, round(score, 3))


def _without_overlap(places: Sequence[Place]) -> list[Place]:
    taken: set[int] = set()
    kept = []
    for place in sorted(places, key=_closeness):
        span = range(place.first_word, place.last_word + 1)
        if taken.isdisjoint(span):
            taken.update(span)
            kept.append(place)
    return sorted(kept, key=lambda place: place.first_word)


def _closeness(place: Place) -> tuple[int, float, int, int]:
    span = place.last_word - place.first_word
    return _ORDER.index(place.likeness), -place.score, span, place.first_word
