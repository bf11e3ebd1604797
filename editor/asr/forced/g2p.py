"""How English words sound, in the phones of CMUdict, for words no dictionary has.

A forced alignment only needs to know about how long a word is and what it begins with, so a name
may be read by plain rules: by its known parts, by its endings, by its letters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

#: Gives the phones of a word that the dictionary has, else None.
Lookup = Callable[[str], str | None]

_LETTERS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [
            "AE",
            "B",
            "K",
            "D",
            "EH",
            "F",
            "G",
            "HH",
            "IH",
            "JH",
            "K",
            "L",
            "M",
            "N",
            "AA",
            "P",
            "K",
            "R",
            "S",
            "T",
            "AH",
            "V",
            "W",
            "K S",
            "Y",
            "Z",
        ],
        strict=True,
    )
)
_SPELLED = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [
            "EY",
            "B IY",
            "S IY",
            "D IY",
            "IY",
            "EH F",
            "JH IY",
            "EY CH",
            "AY",
            "JH EY",
            "K EY",
            "EH L",
            "EH M",
            "EH N",
            "OW",
            "P IY",
            "K Y UW",
            "AA R",
            "EH S",
            "T IY",
            "Y UW",
            "V IY",
            "D AH B AH L Y UW",
            "EH K S",
            "W AY",
            "Z IY",
        ],
        strict=True,
    )
)
_GROUPS = {
    "tion": "SH AH N",
    "igh": "AY",
    "sch": "SH",
    "ph": "F",
    "th": "TH",
    "sh": "SH",
    "ch": "CH",
    "ck": "K",
    "ng": "NG",
    "qu": "K W",
    "oo": "UW",
    "ee": "IY",
    "ea": "IY",
    "ou": "AW",
    "ow": "OW",
    "ai": "EY",
    "ay": "EY",
    "oi": "OY",
    "oy": "OY",
    "au": "AO",
    "aw": "AO",
    "er": "ER",
    "ar": "AA R",
    "or": "AO R",
    "wh": "W",
    "kn": "N",
    "wr": "R",
}
_GROUP = re.compile("|".join([*_GROUPS, r"([b-df-hj-np-tv-z])\1", "[a-z]"]))
_ENDINGS = (
    ("'s", "Z"),
    ("s", "Z"),
    ("ed", "D"),
    ("ing", "IH NG"),
    ("er", "ER"),
    ("ers", "ER Z"),
    ("est", "AH S T"),
    ("ly", "L IY"),
    ("ness", "N AH S"),
    ("y", "IY"),
)
_SHORTEST_PART = 3
_RUN = re.compile(r"[a-z']+|\d+")
_VOWEL = re.compile("[aeiouy]")
_LATIN = str.maketrans("àáâãäåçèéêëìíîïñòóôõöøùúûüýÿ’", "aaaaaaceeeeiiiinoooooouuuuyy'")


class _Scale(NamedTuple):
    size: int
    name: str


_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SCALES = (_Scale(1_000_000, "million"), _Scale(1000, "thousand"), _Scale(100, "hundred"))


def phones_of(word: str, lookup: Lookup) -> str:
    """The phones of a written word, parted by spaces; "" where nothing of it can be said.

    >>> phones_of("x2", {"two": "T UW"}.get)
    'EH K S T UW'
    """
    plain = word.casefold().translate(_LATIN)
    parts = [part for run in _RUN.findall(plain) for part in _run_phones(run, word, lookup)]
    return " ".join(parts)


def _run_phones(run: str, word: str, lookup: Lookup) -> Iterator[str]:
    if run.isdigit():
        yield from (lookup(part) or "" for part in number_words(run))
        return
    letters = run.strip("'")
    known = lookup(run) or lookup(letters)
    if known:
        yield known
    elif (letters.upper() in word and len(letters) <= 5) or not _VOWEL.search(letters):
        yield from (_SPELLED[letter] for letter in letters if letter in _SPELLED)
    else:
        yield _by_parts(letters, lookup) or _by_letters(letters)


def number_words(digits: str) -> list[str]:
    """The words of a number up to the millions, and of a year; longer ones digit by digit.

    >>> number_words("1984"), number_words("105"), number_words("007")
    (['nineteen', 'eighty', 'four'], ['one', 'hundred', 'five'], ['zero', 'zero', 'seven'])
    """
    number = int(digits)
    if len(digits) > 9 or (digits[0] == "0" and len(digits) > 1):
        return [_ONES[int(digit)] for digit in digits]
    if 1100 <= number <= 1999 or 2010 <= number <= 2099:
        century, year = divmod(number, 100)
        rest = ["hundred"] if not year else ["oh", _ONES[year]] if year < 10 else _below_100(year)
        return [*_below_100(century), *rest]
    return _counted(number)


def _counted(number: int) -> list[str]:
    for scale in _SCALES:
        if number >= scale.size:
            count, rest = divmod(number, scale.size)
            return [*_counted(count), scale.name, *(_counted(rest) if rest else [])]
    return _below_100(number)


def _below_100(number: int) -> list[str]:
    if number < 20:
        return [_ONES[number]]
    tens, ones = divmod(number, 10)
    return [_TENS[tens - 2], *([_ONES[ones]] if ones else [])]


def _by_parts(word: str, lookup: Lookup) -> str | None:
    """A word with an ending the dictionary lacks, or two known words in one."""
    for ending, phones in _ENDINGS:
        stem = word.removesuffix(ending)
        known = stem != word and (lookup(stem) or lookup(stem + "e"))
        if known:
            return f"{known} {phones}"
    for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
        head, tail = lookup(word[:at]), lookup(word[at:])
        if head and tail:
            return f"{head} {tail}"
    return None


def _by_letters(word: str) -> str:
    """Read a word letter by letter, the commonest groups of letters as one."""
    said = word[:-1] if len(word) > 3 and word.endswith("e") else word
    groups = (match[0] for match in _GROUP.finditer(said))
    phones = (_GROUPS.get(group) or _LETTERS[group[0]] for group in groups)
    return " ".join(phones)
