"""OpenDocument texts (ODT), as LibreOffice and others write them, read as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from editor.formats.document_lines import BREAK, member, names_in, row
from editor.formats.xml_text import Element, parse_xml

_CONTENT = "content.xml"
#: What is said of the text, and earlier states of it.
_UNREAD = frozenset({"annotation", "tracked-changes", "note", "sequence-decls", "title", "desc"})
_BEGINS = b"mimetypeapplication/vnd.oasis.opendocument.text"


def is_odt(data: bytes) -> bool:
    """Whether bytes are an archive that holds such a text."""
    return data.startswith(b"PK\x03\x04") and _BEGINS in data[:200] and _CONTENT in names_in(data)


def text_of(data: bytes, name: str) -> str:
    """The paragraphs and rows of tables as lines of `document_lines`.

    Raises:
        UnreadableTranscript: it is damaged, encrypted or larger than any transcript.
    """
    return "\n".join(_lines(parse_xml(member(data, _CONTENT, name), name)))


def _lines(element: Element) -> Iterator[str]:
    for child in element.children:
        if not isinstance(child, Element) or child.tag in _UNREAD:
            continue
        if child.tag == "table-row":
            yield from row(list(_lines(cell)) for cell in child.elements("table-cell"))
        elif child.tag in ("p", "h"):
            yield "".join(_parts(child))
        else:
            yield from _lines(child)


def _parts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str):
            # Line ends in the file are no more than spaces.
            yield child.replace("\n", " ")
        elif child.tag == "tab":
            yield "\t"
        elif child.tag == "line-break":
            yield BREAK
        elif child.tag == "s":
            yield " "
        elif child.tag not in _UNREAD:
            yield from _parts(child)
