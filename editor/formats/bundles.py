"""Files of several transcripts together: names that every system takes, one zip of them."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from io import RawIOBase
from itertools import chain, count
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

#: The list within a zip of what is not in it.
NOT_EXPORTED = "not exported.txt"
_NOT_IN_FILE_NAMES = set('/\\:*?"<>|')
_LONGEST_NAME = 100
_MOST_NAME_BYTES, _MOST_ENDING_BYTES = 240, 60
#: What Windows takes for devices, with whatever ending.
_RESERVED = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "0123456789\u00b9\u00b2\u00b3"
}


@dataclass(frozen=True, slots=True)
class NamedFile:
    """One file of several transcripts', with a name of its own among them."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Refused:
    """A transcript of which there is no file, by its title, and why."""

    title: str
    reason: str


#: Files of several transcripts, one made after the other as they are taken.
Batch = Iterator[NamedFile | Refused]


def file_name(title: str, suffix: str) -> str:
    """A file name that every system takes, made from a title.

    >>> file_name("../Episode 7: why?", ".srt"), file_name("...", ".vtt"), file_name("nul", ".srt")
    ('_Episode 7_ why_.srt', 'transcript.vtt', '_nul.srt')
    """
    stem, ending = _plain(title).strip(" ."), _plain(suffix).rstrip(" .")
    ending = _cut(ending, _MOST_ENDING_BYTES)
    stem = _cut(stem[:_LONGEST_NAME], _MOST_NAME_BYTES - len(ending.encode())).strip(" .")
    is_reserved = stem.partition(".")[0].rstrip().upper() in _RESERVED
    return f"{'_' if is_reserved else ''}{stem or 'transcript'}{ending}"


def _plain(text: str) -> str:
    return "".join(
        "_" if character in _NOT_IN_FILE_NAMES else character
        for character in text
        if character.isprintable()
    )


def _cut(text: str, most_bytes: int) -> str:
    """As much of a text's beginning as fits; a system counts bytes."""
    return text.encode()[:most_bytes].decode("utf-8", "ignore")


class NamesApart:
    """Makes names, given with their endings apart, of which no system takes two for the same.

    >>> apart = NamesApart()
    >>> [apart.name(stem, ".en.srt") for stem in ("No. 1", "NO. 1")], apart.name("No. 1", ".srt")
    (['No. 1.en.srt', 'NO. 1 2.en.srt'], 'No. 1.srt')
    """

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, stem: str, ending: str) -> str:
        """The next name."""
        tries = chain([""], (f" {number}" for number in count(2)))
        names = (file_name(stem, each + ending) for each in tries)
        found = next(name for name in names if _same(name) not in self._taken)
        self._taken.add(_same(found))
        return found


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def zipped(batch: Batch) -> Iterator[bytes]:
    """A zip of the files, and of a list of what could not be written, where there is such.

    It is written as it goes: no more than one file is held at a time.
    """
    written = _Written()
    refused = []
    with ZipFile(written, "w", ZIP_DEFLATED) as file:
        for each in batch:
            if isinstance(each, Refused):
                refused.append(f"{each.title}: {each.reason}\n")
            else:
                file.writestr(each.name, each.data)
                yield written.taken()
        if refused:
            file.writestr(NOT_EXPORTED, "".join(refused))
    yield written.taken()


class _Written(RawIOBase):
    """What a zip has written since it was last taken; nothing of it can be sought again."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        part = bytes(data)
        self._parts.append(part)
        return len(part)

    def taken(self) -> bytes:
        parts, self._parts = self._parts, []
        return b"".join(parts)
