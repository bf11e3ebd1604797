"""How captions are measured in each script, and what Netflix publishes for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from unicodedata import east_asian_width

import regex

#: English words, with their space, have about six characters, and 20 are read in a second.
_CHARS_A_WORD, _ENGLISH_CHARS_A_SECOND = 6, 20
_GRAPHEME = regex.compile(r"\X")
#: Scripts that tell a language, or the languages they are shared by, by their most usual one.
_BY_SCRIPT = {
    "ja": regex.compile(r"[\p{Hiragana}\p{Katakana}]"),
    "ko": regex.compile(r"\p{Hangul}"),
    "zh": regex.compile(r"\p{Han}"),
    "th": regex.compile(r"[\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]"),
    "ar": regex.compile(r"\p{Arabic}"),
    "hi": regex.compile(r"\p{Devanagari}"),
}
#: Languages that share the script of another.
_SHARING = {"zh": ("ja", "yue"), "ar": ("fa", "ur", "ps", "sd"), "hi": ("mr", "ne", "sa")}
_LETTER = regex.compile(r"\p{L}")
#: So many characters of a text show what script it is in, and this share of its letters.
_SAMPLE, _LEAST_SHARE = 5_000, 0.3


@dataclass(frozen=True, slots=True)
class Script:
    """What a line holds and how fast it is read, in characters as the script counts them.

    `is_wide` counts full widths, and each half width as half a character; others count grapheme
    clusters. Where words stand without spaces, as many characters make a word as are read in its
    time.

    The numbers are those of Netflix's Timed Text Style Guides (adult programmes; horizontal lines).
    """

    line_chars: int
    chars_per_second: int
    is_wide: bool = False
    is_spaced: bool = True

    @property
    def columns_per_char(self) -> int:
        """The columns that one character as the script counts it takes."""
        return 2 if self.is_wide else 1

    def columns(self, text: str) -> int:
        """How wide a text is: in columns of half a full width, or in grapheme clusters.

        >>> script_of("ja").columns("今日はABC"), script_of("fr").columns("e\u0301te\u0301")
        (9, 3)
        """
        if text.isascii():
            return len(text)
        clusters: list[str] = _GRAPHEME.findall(text)
        if not self.is_wide:
            return len(clusters)
        return sum(2 if any(east_asian_width(c) in "WF" for c in one) else 1 for one in clusters)

    def chars(self, columns: float) -> float:
        """So many columns as characters of this script."""
        return columns / self.columns_per_char

    @property
    def columns_per_word(self) -> float | None:
        """The columns that are read in a word's time; None where spaces part words."""
        if self.is_spaced:
            return None
        share = self.chars_per_second / _ENGLISH_CHARS_A_SECOND
        return _CHARS_A_WORD * share * self.columns_per_char


ENGLISH = Script(42, 20)
_OTHERS = Script(42, 17)
_SCRIPTS = {
    "en": ENGLISH,
    "ar": Script(42, 20),
    "hi": Script(42, 22),
    "zh": Script(16, 9, is_wide=True, is_spaced=False),
    "yue": Script(16, 9, is_wide=True, is_spaced=False),
    "ja": Script(13, 4, is_wide=True, is_spaced=False),
    "ko": Script(16, 12, is_wide=True),
    **dict.fromkeys(("th", "lo", "km", "my"), Script(35, 17, is_spaced=False)),
}


def script_of(language: str | None) -> Script:
    """How captions in a language are measured; none given is English."""
    return _SCRIPTS.get(_plain(language or "en"), _OTHERS)


def written_language(language: str | None, texts: Iterable[str]) -> str | None:
    """The language that rules are taken for: the one given, unless the text's script is another's.

    None where none is given and the script tells nothing, as with Latin letters.

    >>> written_language("en", ["今日は天気です。"]), written_language("zh", ["今日天气"])
    ('ja', 'zh')
    """
    sample = _sample(texts)
    letters = len(_LETTER.findall(sample))
    if sample.isascii() and letters:
        return None if script_of(language).is_wide else language
    if not letters:
        return language
    shares = {name: len(one.findall(sample)) / letters for name, one in _BY_SCRIPT.items()}
    # Kana stand between Han characters in Japanese alone.
    if shares["ja"] + shares["zh"] >= _LEAST_SHARE:
        found = "ja" if shares["ja"] >= _LEAST_SHARE * shares["zh"] else "zh"
    else:
        found = next((name for name, share in shares.items() if share >= _LEAST_SHARE), "")
    if not found or (language and script_of(language) == script_of(found)):
        return language
    sharing = _SHARING.get(found, ())
    return language if language and _plain(language) in sharing else found


def _sample(texts: Iterable[str]) -> str:
    parts, size = list[str](), 0
    for text in texts:
        parts.append(text[: _SAMPLE - size])
        size += len(parts[-1])
        if size >= _SAMPLE:
            break
    return "".join(parts)


def _plain(language: str) -> str:
    return language.split("-")[0].lower()
