"""Word documents, read as lines of text: one a paragraph, and never more than a limit."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator

from editor.errors import UnreadableTranscript
from editor.formats.xml_text import Element, parse_xml

_MOST_BYTES = 50_000_000
_DOCUMENT = "word/document.xml"
#: What was deleted, and the second copy of what older programs cannot show.
_UNREAD = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr"})


def is_docx(data: bytes) -> bool:
    """Whether bytes are an archive that holds a Word document."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _DOCUMENT in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return False


def text_of(data: bytes, name: str) -> str:
    """The paragraphs of a document as lines; tabs and line ends in them are spaces.

    Raises:
        UnreadableTranscript: it is damaged, encrypted or larger than any transcript.
    """
    try:
        with (
            zipfile.ZipFile(io.BytesIO(data)) as archive,
            archive.open(_DOCUMENT) as document,
        ):
            content = document.read(_MOST_BYTES + 1)
    except (zipfile.BadZipFile, RuntimeError, ValueError, OSError, EOFError, zlib.error) as error:
        raise UnreadableTranscript(name, "this document is damaged or encrypted") from error
    if len(content) > _MOST_BYTES:
        raise UnreadableTranscript(name, f"its text takes over {_MOST_BYTES // 1_000_000} MB")
    root = parse_xml(content, name)
    return "\n".join("".join(_parts(paragraph)) for paragraph in _paragraphs(root))


def _paragraphs(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element) and child.tag not in _UNREAD:
            if child.tag == "p":
                yield child
            yield from _paragraphs(child)


def _parts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str) or child.tag in _UNREAD or child.tag == "p":
            continue
        if child.tag == "t":
            yield "".join(part for part in child.children if isinstance(part, str))
        elif child.tag in ("tab", "br", "cr"):
            yield " "
        elif child.tag == "noBreakHyphen":
            yield "\u2011"
        else:
            yield from _parts(child)
