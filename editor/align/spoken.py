"""What sounds the same though it is written differently: numbers, money, contractions, spelling.

Owns whisper-normalizer (English) and text2num (numbers in other languages). Both work on a few
words at a time; the words of the text are never changed.
"""

from __future__ import annotations

import platform
import sys
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

import regex
from text_to_num import alpha2digit

from editor.align.normalise import comparable

with warnings.catch_warnings():
    # Newer Pythons warn of a comment in it when they compile it, at its first import.
    warnings.simplefilter("ignore", SyntaxWarning)
    from whisper_normalizer.english import EnglishTextNormalizer

#: More words than this on a side are no single number or contraction.
MOST_WORDS = 14

#: The one that Intel Macs have wheels of reads no Dutch and Italian.
_IS_INTEL_MAC = sys.platform == "darwin" and platform.machine() == "x86_64"
_LANGUAGES = ("fr", "es", "pt", "de", *(() if _IS_INTEL_MAC else ("nl", "it")))
_EDGES = regex.compile(r"^[^\p{L}\p{M}\p{N}\p{Sc}%&']+|[^\p{L}\p{M}\p{N}\p{Sc}%&]+$")
_NOT_LETTERS = regex.compile(r"[^\p{L}\p{M}\p{N}]")
_DIGIT = regex.compile(r"\p{N}")
_SIGN = regex.compile(r"[\p{N}\p{Sc}'%&-]")
_SIGNS = str.maketrans({"½": ".5", "¼": ".25", "¾": ".75", "\u2019": "'"})
_MEASURED = regex.compile(r"[\p{Sc}%]")
_ONE = regex.compile(r"\ban?(?= (?:hundred|thousand|million|billion|trillion)\b)")
_CENTS = regex.compile(r"(\p{Sc}\d+) (\d\d)\b")
_THOUSANDS = regex.compile(r"(?<=\d)[.,'](?=\d{3}(?!\d))")
_MONEY = regex.compile(r"(\p{Sc}) ?(\d[\d.,]*)")
_UNITS = {
    "%": regex.compile(r"\b(?:prozent|pour cent|por ciento|por cento|procent|per cento)\b"),
    "€": regex.compile(r"\beuros?\b"),
    "$": regex.compile(r"\b(?:dollars?|dólare?s|dollari)\b"),
}
#: What English writers shorten beyond what whisper-normalizer knows.
_SHORT_WORDS = {"ok": "okay", "vs": "versus", "etc": "et cetera", "'em": "them"}
#: Short forms whisper-normalizer reads in their commonest sense only.
_SHORT_ENDS = (("'s", " has"), ("'d", " had"))
_CONTRACTIONS = """
gonna wanna gotta kinda sorta dunno imma woulda coulda shoulda cause mr mrs st dr prof capt gov
gen sen rep pres rev hon asst assoc lt col jr sr esq cannot per
"""


def same_when_spoken(written: Sequence[str], recognised: Sequence[str]) -> bool:
    """Tell whether a voice would say both alike; the words are given as they are written.

    >>> same_when_spoken(["$5.5", "million"], ["five", "point", "five", "million", "dollars"])
    True
    >>> same_when_spoken(["it’s"], ["it", "is"]), same_when_spoken(["four"], ["for"])
    (True, False)
    """
    if _letters(written) == _letters(recognised) != "" and _measures(written) == _measures(
        recognised
    ):
        return True
    if max(len(written), len(recognised)) > MOST_WORDS:
        return False
    if not any(map(may_be_said_otherwise, (*written, *recognised))):
        return False
    languages = number_languages(written, recognised)
    forms = (spoken_forms(side, languages) for side in (written, recognised))
    return not frozenset.isdisjoint(*forms)


def spoken_forms(words: Sequence[str], languages: tuple[str, ...] = ()) -> frozenset[str]:
    """All forms of what a few words sound like; two spans that share one are the same.

    English, and numbers in `languages`, as `number_languages` gives them. Empty where there is
    nothing to say.
    """
    return _forms(tuple(words)) | _number_forms(tuple(words), languages)


def number_languages(written: Sequence[str], recognised: Sequence[str]) -> tuple[str, ...]:
    """The languages other than English in which one side spells a number that the other may count.

    >>> number_languages(["24"], ["vierundzwanzig"])
    ('de',)
    """
    if has_digit(written) == has_digit(recognised):
        return ()
    text = " ".join(map(_folded, recognised if has_digit(written) else written))
    return tuple(name for name in _LANGUAGES if _DIGIT.search(alpha2digit(text, name)))


def has_digit(words: Sequence[str]) -> bool:
    """Tell whether a digit stands in any of the words."""
    return any(map(_DIGIT.search, words))


@lru_cache(maxsize=200_000)
def may_be_said_otherwise(word: str) -> bool:
    """Tell whether a word may be said with other letters than it is written with."""
    folded = _folded(word)
    return _SIGN.search(folded) is not None or folded in _known_words()


@lru_cache(maxsize=200_000)
def is_of_number(word: str) -> bool:
    """Tell whether a word can be part of a number or a sum of money in English."""
    folded = _folded(word)
    return _DIGIT.search(folded) is not None or folded in _english().standardize_numbers.words


@lru_cache(maxsize=100_000)
def _forms(words: tuple[str, ...]) -> frozenset[str]:
    forms = set() if _measures(words) else {_letters(words)}
    if any(map(may_be_said_otherwise, words)):
        text = " ".join(filter(None, map(_folded, words)))
        forms |= {_joined(_english()(variant)) for variant in _variants(text)}
    return frozenset(forms - {""})


@lru_cache(maxsize=100_000)
def _number_forms(words: tuple[str, ...], languages: tuple[str, ...]) -> frozenset[str]:
    text = " ".join(filter(None, map(_folded, words)))
    for symbol, pattern in _UNITS.items():
        text = pattern.sub(symbol, text)
    read = {alpha2digit(text, language) for language in languages}
    return frozenset(_plain_number(digits) for digits in read if _DIGIT.search(digits))


def _plain_number(text: str) -> str:
    """Digits without marks of thousands, with a decimal point, money behind its number."""
    text = _MONEY.sub(r"\2\1", _THOUSANDS.sub("", text))
    return _joined(text.replace(",", "."))


def _variants(text: str) -> Iterator[str]:
    """An English text without what whisper-normalizer cannot read, in each of its meanings."""
    text = _ONE.sub("one", " ".join(_SHORT_WORDS.get(word, word) for word in text.split()))
    text = text.replace("&", " and ")
    yield text
    for short, long in _SHORT_ENDS:
        if short in text:
            yield text.replace(short, long)


def _joined(text: str) -> str:
    return "".join(_CENTS.sub(r"\1.\2", text).split())


def _measures(words: Sequence[str]) -> list[str]:
    """The signs of money and percent, without which a number means something else."""
    return [sign for word in words for sign in _MEASURED.findall(word)]


def _letters(words: Sequence[str]) -> str:
    return _NOT_LETTERS.sub("", "".join(map(comparable, words)))


@lru_cache(maxsize=200_000)
def _folded(word: str) -> str:
    """A word in small letters, with those of its signs that may be said."""
    bare = _EDGES.sub("", word).translate(_SIGNS)
    return unicodedata.normalize("NFKC", bare).casefold()


@cache
def _known_words() -> frozenset[str]:
    """Words that whisper-normalizer, or this module, writes in another way."""
    english = _english()
    spelling, numbers = english.standardize_spellings.mapping, english.standardize_numbers.words
    return frozenset({*spelling, *numbers, *_SHORT_WORDS, *_CONTRACTIONS.split()})


@cache
def _english() -> EnglishTextNormalizer:
    return EnglishTextNormalizer()
