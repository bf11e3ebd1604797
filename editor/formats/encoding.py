"""From bytes to text: the byte order mark, UTF-8, what the person says, and only then a guess."""

from __future__ import annotations

import codecs

import chardet

from editor.errors import UnreadableTranscript

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def decode(data: bytes, name: str, *, encoding: str | None = None) -> tuple[str, str, bool]:
    """Give the text with `\\n` line ends, the encoding used, and whether that was a guess.

    Raises:
        UnreadableTranscript: it is no text, or not in the encoding the person named.
    """
    used, is_guess = (encoding, False) if encoding else _encoding_of(data, name)
    try:
        text = data.decode(used)
    except (UnicodeDecodeError, LookupError) as error:
        raise UnreadableTranscript(
            name, f"it is not written in {used}; choose another encoding"
        ) from error
    if "\0" in text:
        raise UnreadableTranscript(name, "it is not a text file")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return text, used.removesuffix("-sig"), is_guess


def _encoding_of(data: bytes, name: str) -> tuple[str, bool]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, False
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        guess = chardet.detect(data[:200_000])["encoding"]
        if guess is None:
            raise UnreadableTranscript(name, "it is not a text file") from None
        return guess.lower(), True
    return "utf-8", False
