"""How much two readings are alike, to the eye and to the ear. Owns jellyfish."""

from __future__ import annotations

from functools import lru_cache

import jellyfish
from rapidfuzz.distance import Indel

from editor.align import comparable

_VOWELS = tuple("AEIOU")


@lru_cache(maxsize=200_000)
def letters_of(text: str) -> str:
    """The letters and digits of a text in one run, without case and marks.

    >>> letters_of("No-Priers’ Pod!")
    'noprierspod'
    """
    return "".join(char for word in text.split() for char in comparable(word) if char.isalnum())


@lru_cache(maxsize=100_000)
def sound_of(text: str) -> str:
    """What a text sounds like to an English ear: its Metaphone code, without spaces.

    Metaphone: L. Philips, Computer Language 7 (12), 1990. All vowels at the beginning are "A";
    other scripts than Latin give their letters or nothing.

    >>> sound_of("Elad"), sound_of("a lot"), sound_of("Deep Seek") == sound_of("deepseek")
    ('ALT', 'ALT', True)
    """
    letters = letters_of(text)
    # Within a word a "y" is a vowel to the ear, but a consonant to Metaphone.
    sound = jellyfish.metaphone(letters[:1] + letters[1:].replace("y", "i"))
    return f"A{sound[1:]}" if sound[:1] in _VOWELS else sound


def spelled_alike(a: str, b: str) -> float:
    """Share of the letters that both have in the same order, in [0, 1]; 1 where they are equal."""
    likeness: float = Indel.normalized_similarity(letters_of(a), letters_of(b))
    return likeness


def alike(a: str, b: str) -> float:
    """How much two readings are alike to eye and ear together, in [0, 1]."""
    return (spelled_alike(a, b) + sounds_alike(a, b)) / 2


def sounds_alike(a: str, b: str) -> float:
    """The same for what both sound like; vowels count at the beginning only, and all alike.

    >>> sounds_alike("their", "there"), sounds_alike("house", "dog")
    (1.0, 0.0)
    """
    first, second = sound_of(a), sound_of(b)
    if not first or not second:
        return spelled_alike(a, b)
    likeness: float = Indel.normalized_similarity(first, second)
    return likeness
