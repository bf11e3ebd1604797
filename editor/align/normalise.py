"""The form of a word that is compared. Never shown, never stored: the text stays as written."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

import regex
from opencc import OpenCC

_EDGES = regex.compile(r"^[^\p{L}\p{M}\p{N}]+|[^\p{L}\p{M}\p{N}]+$")
_HAN = regex.compile(r"\p{Han}")
_APOSTROPHES = str.maketrans({"\u2019": "'", "\u02bc": "'", "\u2018": "'"})


@lru_cache(maxsize=200_000)
def comparable(word: str) -> str:
    """Fold away what two writings of the same spoken word may differ in: case, width, edges.

    Works for every script: letters, marks and digits are kept by Unicode category. Recognition
    writes Chinese now in traditional and now in simplified characters, and the text in either.

    >>> comparable("“Straße,”"), comparable("$5.5"), comparable("Ｄｏｎ’ｔ!"), comparable("—")
    ('strasse', '5.5', "don't", '')
    >>> comparable("學，"), comparable("学")
    ('学', '学')
    """
    folded = unicodedata.normalize("NFKC", word).casefold().translate(_APOSTROPHES)
    if _HAN.search(folded):
        folded = _simplified(folded)
    return _EDGES.sub("", folded)


def _simplified(text: str) -> str:
    return str(_converter().convert(text))


@cache
def _converter() -> OpenCC:
    # Its dictionaries take a while to read.
    return OpenCC("t2s")


@lru_cache(maxsize=200_000)
def weight(word: str) -> int:
    """Estimate how long a word takes to say, in letters; digits are spoken as whole words.

    >>> weight("hello,"), weight("2024"), weight("-")
    (6, 13, 1)
    """
    folded = comparable(word)
    letters = sum(3 if char.isdigit() else 1 for char in folded if char.isalnum())
    return letters + 1
