"""Documents as lines: one a paragraph, with `BREAK` where it breaks, or a row of a table with tabs.

What they say is read as in plain text.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from editor.errors import UnreadableTranscript
from editor.formats import timestamped, txt
from editor.formats.result import Reading

#: A line end within a paragraph.
BREAK = "\u2028"
_MOST_BYTES = 50_000_000


def read(text: str, name: str) -> Reading:
    """Read such lines, where they have times or tables as those; else a paragraph a draft.

    Raises:
        UnreadableTranscript: there is no text.
    """
    broken = text.replace(BREAK, "\n")
    if timestamped.is_timestamped(broken):
        return replace(timestamped.read(broken, name), recognised="")
    return txt.read(text.replace(BREAK, " ").replace("\t", " "), name)


def row(cells: Iterable[Sequence[str]]) -> Iterator[str]:
    """A row of a table, given the lines of each of its cells; one cell alone is no table."""
    rows = list(cells)
    if len(rows) == 1:
        yield from rows[0]
        return
    yield "\t".join(" ".join(" ".join(lines).replace("\t", " ").split()) for lines in rows)


def names_in(data: bytes) -> frozenset[str]:
    """What an archive holds, by name; nothing if bytes are none."""
    if not data.startswith(b"PK\x03\x04"):
        return frozenset()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return frozenset()


def member(data: bytes, path: str, name: str) -> bytes:
    """What stands at a path of a document's archive.

    Raises:
        UnreadableTranscript: it is damaged, encrypted or larger than any transcript.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, archive.open(path) as document:
            content = document.read(_MOST_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError, zlib.error) as error:
        raise UnreadableTranscript(name, "this document is damaged or encrypted") from error
    if len(content) > _MOST_BYTES:
        raise UnreadableTranscript(name, f"its text takes over {_MOST_BYTES // 1_000_000} MB")
    return content
