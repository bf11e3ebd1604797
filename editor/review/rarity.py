"""How rare words are in a language. Owns pyspellchecker, for its lists of words."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from math import log

from spellchecker import SpellChecker

from editor.align import comparable
from editor.review.similar import bare

_POSSESSIVE = "'s"


def rarity(text: str, language: str | None) -> float | None:
    """How rare the rarest word of a text is: 0 the commonest, 1 in no list of words.

    None where there is no list for the `language` (ISO 639-1). Numbers are common. The lists count
    the words of film subtitles; halfway is a word as common as the root of the commonest's count.

    >>> rarity("the", "en"), rarity("Penhallow's", "en"), rarity("mot", "xx")
    (0.0, 1.0, None)
    """
    counts = _counts(language) if language else None
    if counts is None:
        return None
    return max((_rarity(comparable(word), counts) for word in text.split()), default=0.0)


def unknown_word(text: str, language: str | None) -> str | None:
    """The first word of a text that is in no list of words of the `language`, if there is a list.

    >>> unknown_word("a clevency of scale", "en")
    'clevency'
    """
    words = (bare(word) for word in text.split())
    return next((word for word in words if rarity(word, language) == 1.0), None)


def _rarity(word: str, counts: Mapping[str, int]) -> float:
    if not any(char.isalpha() for char in word):
        return 0.0
    word = word.removesuffix(_POSSESSIVE)
    count = counts.get(word, 0) or min(counts.get(part, 0) for part in word.split("-"))
    return 1 - log(count) / log(counts[""]) if count else 1.0


@cache
def _counts(language: str) -> Mapping[str, int] | None:
    """How often each word was counted; "" has the greatest count."""
    try:
        counts = SpellChecker(language=language, distance=1).word_frequency.dictionary
    except ValueError:
        # It has no list for this language.
        return None
    return {**counts, "": max(counts.values())}
