"""The form of a word that is compared. Never shown, never stored: the text stays as written."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_EDGES = regex.compile(r"^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2018": "'"})


@lru_cache(maxsize=200_000)
def comparable(word: str) -> str:
    """Fold away what two writings of the same spoken word may differ in: case, width, edges.

    Works for every script: letters, marks and digits are kept by Unicode category.

    >>> comparable("“Straße,”"), comparable("$5.5"), comparable("Ｄｏｎ’ｔ!"), comparable("—")
    ('strasse', '5.5', "don't", '')
    """
    folded = unicodedata.normalize("NFKC", word).casefold().translate(_APOSTROPHES)
    return _EDGES.sub("", folded)


@lru_cache(maxsize=200_000)
def weight(word: str) -> int:
    """Estimate how long a word takes to say, in letters; digits are spoken as whole words.

    >>> weight("hello,"), weight("2024"), weight("-")
    (6, 13, 1)
    """
    folded = comparable(word)
    letters = sum(3 if char.isdigit() else 1 for char in folded if char.isalnum())
    return letters + 1
