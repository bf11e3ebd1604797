"""Where phrases begin in scripts written without spaces, by budoux's small models."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import accumulate

import budoux
import regex

_LOADERS: dict[str, Callable[[], budoux.Parser]] = {
    "ja": budoux.load_default_japanese_parser,
    "zh": budoux.load_default_simplified_chinese_parser,
    "zh-hant": budoux.load_default_traditional_chinese_parser,
    "th": budoux.load_default_thai_parser,
}
_TRADITIONAL = regex.compile(r"(zh|yue)-(tw|hk|mo|hant).*|yue", regex.IGNORECASE)
_KANA = regex.compile(r"[\p{Hiragana}\p{Katakana}]")
_THAI = regex.compile(r"\p{Thai}")
_HAN = regex.compile(r"\p{Han}")


def phrase_starts(text: str, language: str | None) -> frozenset[int] | None:
    """The offsets at which phrases begin; None where the language is written with spaces.

    Without a language the script tells.

    >>> sorted(phrase_starts("今日は天気です。", "ja") or ())
    [0, 3]
    >>> phrase_starts("a day", "en")
    """
    name = _model_of(text, language)
    if name is None:
        return None
    return frozenset(accumulate(map(len, _parser(name).parse(text)[:-1]), initial=0))


def _model_of(text: str, language: str | None) -> str | None:
    if text.isascii():
        return None
    if language is None:
        scripts = {"ja": _KANA, "th": _THAI, "zh": _HAN}
        return next((name for name, script in scripts.items() if script.search(text)), None)
    if _TRADITIONAL.fullmatch(language):
        return "zh-hant"
    plain = language.split("-")[0].lower()
    return plain if plain in _LOADERS else None


@lru_cache
def _parser(name: str) -> budoux.Parser:
    return _LOADERS[name]()
