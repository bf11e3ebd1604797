"""RTF documents, read as lines of text (striprtf)."""

from __future__ import annotations

import re

from editor.errors import UnreadableTranscript

_CELL_END = re.compile(r"\\(?:nest)?cell(?![a-z])")


def is_rtf(data: bytes) -> bool:
    """Whether bytes are such a document."""
    return data.startswith(b"{\\rtf")


def text_of(data: bytes, name: str) -> str:
    """The paragraphs and rows of tables as lines of `document_lines`.

    Raises:
        UnreadableTranscript: it is damaged.
    """
    from striprtf.striprtf import rtf_to_text

    try:
        # Cells end with tabs, as in other tables here.
        marked_up = _CELL_END.sub(r"\\tab", data.decode("latin-1"))
        text = str(rtf_to_text(marked_up, errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise UnreadableTranscript(name, "this RTF document is damaged") from error
    return "\n".join(line.strip(" \t") for line in text.split("\n"))
