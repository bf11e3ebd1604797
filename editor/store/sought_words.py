"""What somebody looks for: words in any order, and phrases."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TERM = re.compile(r'"(?P<phrase>[^"]*)(?P<end>"|$)|[^\s"]+')
_QUOTES = str.maketrans(dict.fromkeys("“”„«»", '"') | {"\0": " "})
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class SoughtWords:
    """Terms that all have to be there, each a word or several in a row, as they were typed.

    The last word of the last term may be begun only, if `is_begun`.
    """

    terms: tuple[str, ...]
    is_begun: bool

    def __bool__(self) -> bool:
        return bool(self.terms)

    @property
    def in_a_row(self) -> SoughtWords | None:
        """All of it as one phrase; None where it is one word, or some is in quotes and some not."""
        words = tuple(word for term in self.terms for word in term.split())
        is_mixed = len(self.terms) > 1 and len(words) > len(self.terms)
        if is_mixed or len(words) < 2:
            return None
        return SoughtWords((" ".join(words),), self.is_begun)

    def is_in(self, text: str) -> bool:
        """Whether a text has all terms."""
        there, last = words_of(text), len(self.terms) - 1
        return all(
            _has(there, words_of(term), is_begun=self.is_begun and number == last)
            for number, term in enumerate(self.terms)
        )


def sought_words(query: str) -> SoughtWords:
    """What a query asks for: words, and phrases in quotes; a quote that is open goes to its end.

    >>> sought_words('lamp "two words"')
    SoughtWords(terms=('lamp', 'two words'), is_begun=False)
    """
    found = [
        (" ".join((match["phrase"] or match[0]).split()).strip('"'), match["end"] != '"')
        for match in _TERM.finditer(query.translate(_QUOTES))
    ]
    # Of a lone accent nothing is left.
    kept = [(term, is_open) for term, is_open in found if without_accents(term).strip()]
    return SoughtWords(tuple(term for term, _ in kept), bool(kept) and kept[-1][1])


def words_of(text: str) -> list[str]:
    """The words of a text without case and accents."""
    return _WORD.findall(without_accents(text).lower())


def starts_with(there: list[str], sought: list[str], *, is_begun: bool, at: int = 0) -> bool:
    """Whether words begin with others, the last of which may be begun only; from place `at` on."""
    if not sought or len(there) < at + len(sought):
        return False
    *whole, last = sought
    end = there[at + len(whole)]
    is_last = end.startswith(last) if is_begun else end == last
    return is_last and there[at : at + len(whole)] == whole


def without_accents(text: str) -> str:
    """A text without accents, as PostgreSQL's index has it."""
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not "\u0300" <= c <= "\u036f")


def _has(there: list[str], sought: list[str], *, is_begun: bool) -> bool:
    return any(
        starts_with(there, sought, is_begun=is_begun, at=at)
        for at in range(len(there) - len(sought) + 1)
    )
