"""From the bytes of a file to text: which encoding it is in, and whether that is a guess."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass

import chardet
import regex

from editor.errors import InvalidValue, UnreadableTranscript

# UTF-32 first: its little-endian mark begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_NOT_TEXT = (
    (b"PK\x03\x04", "this is a ZIP archive or an office document; save it as plain text first"),
    (b"\xd0\xcf\x11\xe0", "this is an office document; save it as plain text first"),
    (b"{\\rtf", "this is an RTF document; save it as plain text first"),
    (b"%PDF-", "this is a PDF; save it as plain text first"),
)
# Python knows these as encodings of text, but no file is written in them.
_NO_FILE_ENCODINGS = {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined"}
_GUESSED_FROM_BYTES = 100_000
_MOST_CONTROLS = 0.01
# Words in two alphabets: a short Western text taken for a Cyrillic one, say.
_MIXED_WORD = regex.compile(r"[A-Za-z][\p{Cyrillic}\p{Greek}\p{Hebrew}\p{Arabic}]")
_CAPITAL_WITHIN = regex.compile(r"\p{Ll}(?=[ŤŹŽŠŚ])")
_C1_CONTROL = re.compile("[\x80-\x9f]")
#: Of old Macs, of DOS, and of no country: most of their text is no valid cp1252.
_RARE = re.compile(r"mac|(?:cp|ibm)(?:437|7\d\d|8[56]\d)|iso-?8859-(?:3|4|10|13|14|16)\Z")
_WESTERN = ("cp1252", "windows-1252", "iso-8859-1", "iso8859-1", "iso-8859-15", "maccyrillic")
#: Tried on texts too short for a guesser, by the letters that others hardly make by accident.
_EAST_ASIAN = (
    ("cp932", re.compile("[\u3041-\u3096\u30a1-\u30fa]")),
    ("gb18030", re.compile("[\u4e00-\u9fff]")),
)
_BINARY = "this is not a text file: it holds binary data"


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text with `\\n` line ends, and the Python name of its encoding."""

    text: str
    encoding: str
    is_guess: bool


def decode(data: bytes, name: str, encoding: str | None = None) -> Decoded:
    r"""Decode a file: by its byte order mark, the user's choice, as UTF-8, or by a guess.

    >>> decode("é\r\n".encode(), "a.txt")
    Decoded(text='é\n', encoding='utf-8', is_guess=False)

    Raises:
        InvalidValue: `encoding` is no encoding of text.
        UnreadableTranscript: the file is empty, no text, or not in the encoding chosen.
    """
    if not data:
        raise UnreadableTranscript(name, "the file is empty")
    check_is_no_document(data, name)
    of_vtt = _unicode_of_vtt(data)
    if not of_vtt:
        data = _without_padding(data)
    if of_vtt and encoding in (None, of_vtt):
        may_guess = encoding is None and data.startswith(b"W")
        decoded = _as_browsers_do(data, name, of_vtt, may_guess=may_guess)
    else:
        decoded = _by_mark(data, name) or (
            _as_chosen(data, name, encoding) if encoding else _by_content(data, name)
        )
    text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if of_vtt:
        text = text.replace("\0", "\ufffd")
    else:
        _check_is_text(text, name)
    return Decoded(text, decoded.encoding, decoded.is_guess)


def check_is_no_document(data: bytes, name: str) -> None:
    """Refuse what other programs write around a text.

    Raises:
        UnreadableTranscript: it is such a document; says which.
    """
    for magic, reason in _NOT_TEXT:
        if data.startswith(magic):
            raise UnreadableTranscript(name, reason)


def exact_text(data: bytes, encoding: str, name: str) -> str:
    """A file's text of which encoding gives back each byte, those that are no text, too.

    Raises:
        UnreadableTranscript: the encoding has no room for them.
    """
    try:
        return data.decode(encoding, "surrogateescape")
    except UnicodeDecodeError as error:
        reason = f"it contains bytes that are not valid {encoding} and could not be written back"
        raise UnreadableTranscript(name, reason) from error


def _without_padding(data: bytes) -> bytes:
    """A file without what old systems and writes that were cut off leave at its end."""
    if any(data.startswith(mark) for mark, *_ in _MARKS[1:]):
        return data
    bare = data.rstrip(b"\0") if data.endswith(b"\0\0") else data
    return data if b"\0" in bare else bare.removesuffix(b"\x1a")


def _unicode_of_vtt(data: bytes) -> str | None:
    """The encoding in which a file's mark, if any, makes its first bytes WebVTT's signature."""
    for mark, encoding in (
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark + "WEBVTT".encode(encoding)):
            return encoding
    return None


def _as_browsers_do(data: bytes, name: str, encoding: str, *, may_guess: bool) -> Decoded:
    """Browsers open any bytes below WebVTT's signature; a guess is where unmarked UTF-8 fails."""
    if encoding != "utf-8":
        # Half a sign at the end is not shown.
        data = data[: len(data) // 2 * 2]
    try:
        return Decoded(data.decode(encoding), encoding, False)
    except UnicodeDecodeError:
        as_shown = Decoded(data.decode(encoding, "replace"), encoding, True)
    if encoding != "utf-8" or not may_guess:
        return as_shown
    try:
        return _guessed(data, name)
    except UnreadableTranscript:
        return as_shown


def _by_mark(data: bytes, name: str) -> Decoded | None:
    for mark, codec, encoding in _MARKS:
        if data.startswith(mark):
            return Decoded(_strictly(data, name, codec), encoding, False)
    return None


def _as_chosen(data: bytes, name: str, encoding: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding)
        b"a".decode(encoding)
    except UnicodeDecodeError:
        pass  # One byte is too short for it, but it is an encoding of text.
    except (LookupError, ValueError):
        raise InvalidValue("encoding", f"{encoding!r} is not a known encoding of text") from None
    if codec.name.replace("-", "_") in _NO_FILE_ENCODINGS:
        raise InvalidValue("encoding", f"{encoding!r} is not an encoding of files")
    return Decoded(_strictly(data, name, codec.name), codec.name, False)


def _strictly(data: bytes, name: str, codec: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise UnreadableTranscript(name, f"it is not valid {codec}", line=line) from error


def _by_content(data: bytes, name: str) -> Decoded:
    if b"\0" in data:
        return _unmarked_utf16(data, name)
    try:
        return Decoded(data.decode("utf-8"), "utf-8", False)
    except UnicodeDecodeError:
        return _guessed(data, name)


def _unmarked_utf16(data: bytes, name: str) -> Decoded:
    """Zero bytes are text only in UTF-16, and there only where nothing unassigned comes out.

    Read the wrong way round, a line feed becomes U+0A00 and a space U+2000.
    """
    plausible = []
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        ascii_count = sum(map(str.isascii, text))
        if 2 * ascii_count < len(text) and _is_mostly_ascii(data):
            continue
        if not any(_is_implausible(character) for character in set(text)):
            plausible.append((ascii_count, encoding, text))
    if not plausible:
        raise UnreadableTranscript(name, _BINARY)
    _, encoding, text = max(plausible)
    return Decoded(text, encoding, True)


def _guessed(data: bytes, name: str) -> Decoded:
    found = chardet.detect(_sample(data))["encoding"]
    if found is None:
        raise UnreadableTranscript(name, _BINARY)
    for encoding in _by_likelihood(found.lower(), data):
        try:
            text = data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
        if not _MIXED_WORD.search(text) and not _C1_CONTROL.search(text):
            return Decoded(text, codecs.lookup(encoding).name, True)
    for encoding, letters in _EAST_ASIAN:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(letters.findall(text)) > sum(map(str.isascii, filter(str.isalpha, text))):
            return Decoded(text, encoding, True)
    if not _C1_CONTROL.search(data.decode("latin-1")):
        return Decoded(data.decode("latin-1"), "latin-1", True)
    # Central European, or of an old Mac, where that makes capitals within words.
    text = data.decode("cp1250", "replace")
    encoding = "mac_roman" if "\ufffd" in text or _CAPITAL_WITHIN.search(text) else "cp1250"
    return Decoded(data.decode(encoding), encoding, True)


def _by_likelihood(found: str, data: bytes) -> tuple[str, ...]:
    """Encodings to try in turn, given what a guesser of more imagination than experience found."""
    sample = _sample(data)
    high = sum(byte > 127 for byte in sample)
    plain = sum(chr(byte).isalpha() for byte in sample if byte < 128)
    if high <= plain:
        return ("cp1252", found) if _RARE.match(found) else (found, "cp1252")
    # No language of the West has more letters with signs than without.
    return ("cp1251", found) if found in _WESTERN else (found, "cp1252")


def _sample(data: bytes) -> bytes:
    """The lines to guess from: those that are not ASCII alone, up to a limit."""
    lines, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii() and size < _GUESSED_FROM_BYTES:
            lines.append(line)
            size += len(line)
    return b"".join(lines)[: 2 * _GUESSED_FROM_BYTES]


def _is_mostly_ascii(data: bytes) -> bool:
    """Whether bytes are ASCII beside some zeros, which read as UTF-16 would look Chinese."""
    bare = data.replace(b"\0", b"")
    return sum(byte < 128 for byte in bare) > 0.9 * len(bare)


def _is_implausible(character: str) -> bool:
    return unicodedata.category(character) in ("Cn", "Co", "Cs") or _is_control(character)


def _is_control(character: str) -> bool:
    # CHAT has its times between two \x15.
    return character < " " and character not in "\t\n\r\f\v\x15\x1b"


_CONTROLS = bytes(code for code in range(32) if _is_control(chr(code)))


def _check_is_text(text: str, name: str) -> None:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise UnreadableTranscript(name, "it holds a zero byte, which no text does", line=line)
    encoded = text.encode("utf-8", "surrogatepass")
    controls = len(encoded) - len(encoded.translate(None, _CONTROLS))
    if controls > _MOST_CONTROLS * len(text):
        raise UnreadableTranscript(name, _BINARY)
