"""PDF files with a text layer, read as lines of text (pypdf). Pictures of pages hold no text."""

from __future__ import annotations

import io
import logging
import zlib
from collections.abc import Iterator

from editor.errors import UnreadableTranscript

_MOST_PAGES = 2000
_MOST_CHARACTERS = 20_000_000
_DAMAGED = "this PDF is damaged; open it in another program and save it anew, or as plain text"
_PICTURES = (
    "this PDF holds pictures of pages and no text layer; recognise its text first (OCR), or bring "
    "the text in another form"
)


def is_pdf(data: bytes) -> bool:
    """Whether bytes are such a file."""
    return data.startswith(b"%PDF-")


def text_of(data: bytes, name: str) -> str:
    """The lines of all pages.

    Raises:
        UnreadableTranscript: it is damaged, locked, too large, or holds no text.
    """
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # It warns of each thing that a damaged file lacks.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableTranscript(name, "this PDF is locked; save it without its password")
        if len(reader.pages) > _MOST_PAGES:
            raise UnreadableTranscript(name, f"it has over {_MOST_PAGES} pages: cut it into parts")
        text = "\n\n".join(_pages(reader, name))
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise UnreadableTranscript(name, _DAMAGED) from error
    except (ArithmeticError, OSError, EOFError, zlib.error, AssertionError) as error:
        raise UnreadableTranscript(name, _DAMAGED) from error
    if not text.strip():
        raise UnreadableTranscript(name, _PICTURES)
    return text


def _pages(reader: object, name: str) -> Iterator[str]:
    from pypdf import PdfReader

    assert isinstance(reader, PdfReader)
    characters = 0
    for page in reader.pages:
        text = page.extract_text()
        characters += len(text)
        if characters > _MOST_CHARACTERS:
            raise UnreadableTranscript(name, "it holds more text than any transcript")
        yield text
