"""Files whose words no reader here would find among their marks, by how they begin.

Read as plain text, their times and names would become words that nobody says.
"""

from __future__ import annotations

import re
from contextlib import suppress

from editor.errors import UnreadableTranscript
from editor.formats.detect import document_in, kind_of
from editor.formats.encoding import check_is_no_document, decode

_MOST_BYTES_OF_A_CHARACTER = 4
_IN_ARCHIVES = (b"word/", b"vnd.oasis.opendocument.text")
_COMMENT = re.compile(r"<!--[^<]*-->")
_XML = re.compile(r"<\?xml\b", re.IGNORECASE)
_UNKNOWN_XML = "this is XML of a kind that is not read here; save its words as plain text first"
#: Kinds that a text is taken for where no reader is sure of it.
MAY_BE_ANYTHING = ("txt", "md", "json")


def check_is_read(text: str, name: str) -> None:
    """Refuse a text of a kind that no reader here knows.

    Raises:
        UnreadableTranscript: it is one; says which, and what to do.
    """
    if _XML.match(_COMMENT.sub("", text[:4096]).lstrip()):
        raise UnreadableTranscript(name, _UNKNOWN_XML)


def is_text(head: bytes, name: str) -> bool:
    """Whether a file is a text, by its first bytes; what is none is a recording, or nothing.

    Raises:
        UnreadableTranscript: it is a text or a document that no reader here knows.
    """
    # Of an archive, what it holds stands at its end.
    if document_in(head) or (
        head.startswith(b"PK\x03\x04") and any(one in head for one in _IN_ARCHIVES)
    ):
        return True
    check_is_no_document(head, name)
    # The last character may be cut in two.
    for cut in range(_MOST_BYTES_OF_A_CHARACTER):
        with suppress(UnreadableTranscript):
            text = decode(head[: max(1, len(head) - cut)], name).text
            break
    else:
        return False
    if kind_of(text, name).name in MAY_BE_ANYTHING:
        check_is_read(text, name)
    return True
