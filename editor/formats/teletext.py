"""The characters of teletext files (EBU Tech 3264): ISO 6937 for Latin, ISO 8859 for others."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_PLAIN = "".join(map(chr, [*range(0x20, 0x24), *range(0x25, 0x7F)]))
#: 0xA0 to 0xBF and 0xD0 to 0xFF of ISO 6937; a space stands where there is none.
_UPPER = "\u00a0¡¢£$¥ §¤‘“«←↑→↓°±²³×µ¶·÷’”»¼½¾¿"
_LETTERS = "—¹®©™♪¬¦    ⅛⅜⅝⅞ΩÆÐªĦ ĲĿŁØŒºÞŦŊŉĸæđðħıĳŀłøœßþŧŋ\u00ad"
#: Accents stand before their letter, in this order from 0xC1.
_ACCENTS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308 \u030a\u0327 \u030b\u0328\u030c"
_LATIN = {char: bytes([ord(char)]) for char in _PLAIN}
_LATIN |= {char: bytes([0xA0 + at]) for at, char in enumerate(_UPPER) if char != " "}
_LATIN |= {char: bytes([0xD0 + at]) for at, char in enumerate(_LETTERS) if char != " "}
_LATIN["Đ"] = _LATIN["Ð"]
_ACCENT = {char: bytes([0xC1 + at]) for at, char in enumerate(_ACCENTS) if char != " "}
#: What has no code, and reads the same in another sign.
_ALIKE = str.maketrans({"–": "-", "―": "—", "…": "...", "‚": ",", "„": '"', "€": "EUR", "♫": "♪"})
#: The number of each table in a file, and what Python calls it; the first holds most of the West.
TABLES = {
    "00": "",
    "01": "iso8859_5",
    "02": "iso8859_6",
    "03": "iso8859_7",
    "04": "iso8859_8",
}


def table_for(texts: Iterable[str]) -> str:
    """The number of the table that holds most of the letters of texts; the first of those alike."""
    sample = "".join(texts)[:50_000]
    return min(TABLES, key=lambda table: encoded(sample, table)[1])


def encoded(text: str, table: str) -> tuple[bytes, int]:
    """A text in a table's bytes, and how many characters have none: `?` or a plain letter stands.

    >>> encoded("Žluť 5 $", "00")
    (b'\\xcfZlu\\xcft 5 \\xa4', 0)
    >>> encoded("مرحبا", "02")[1], encoded("你", "00")
    (0, (b'?', 1))
    """
    parts, missing = list[bytes](), 0
    for char in unicodedata.normalize("NFC", text.translate(_ALIKE)):
        found = _byte(char, table)
        missing += found is None
        parts.append(found or _byte(without_accents(char), table) or b"?")
    return b"".join(parts), missing


def without_accents(char: str) -> str:
    """The plain letter of one with accents.

    >>> without_accents("ť"), without_accents("ł")
    ('t', 'ł')
    """
    return unicodedata.normalize("NFD", char)[0]


def _byte(char: str, table: str) -> bytes | None:
    if char == "\n":
        return b"\n"
    if table != "00":
        try:
            return char.encode(TABLES[table]) if char.isprintable() else None
        except UnicodeEncodeError:
            return None
    if char in _LATIN:
        return _LATIN[char]
    apart = unicodedata.normalize("NFD", char)
    if len(apart) == 2 and apart[0] in _LATIN and apart[1] in _ACCENT:
        return _ACCENT[apart[1]] + _LATIN[apart[0]]
    return None


def missing_sentence(count: int, name: str) -> str:
    """What is told of characters that a format has no code for.

    >>> missing_sentence(1, "SCC")
    'SCC has no code for 1 character; a plain letter or ? stands in its place'
    """
    if count == 1:
        return f"{name} has no code for 1 character; a plain letter or ? stands in its place"
    return f"{name} has no code for {count} characters; plain letters or ? stand in their place"
