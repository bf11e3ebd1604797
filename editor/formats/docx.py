"""Word documents, read as lines of text: one a paragraph, and never more than a limit.

Written with no more than other programs need to open them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from editor.document import Transcript
from editor.formats.document_lines import BREAK, member, names_in, row
from editor.formats.paragraphs import paragraphs
from editor.formats.turn_marks import with_marks
from editor.formats.xml_text import Element, parse_xml, xml_escaped

_DOCUMENT = "word/document.xml"
#: What was deleted, and the second copy of what older programs cannot show.
_UNREAD = frozenset({"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr"})


def is_docx(data: bytes) -> bool:
    """Whether bytes are an archive that holds a Word document."""
    return _DOCUMENT in names_in(data)


def text_of(data: bytes, name: str) -> str:
    """The paragraphs and rows of tables as lines of `document_lines`.

    Raises:
        UnreadableTranscript: it is damaged, encrypted or larger than any transcript.
    """
    content = member(data, _DOCUMENT, name)
    return "\n".join(_lines(parse_xml(content, name)))


def _lines(element: Element) -> Iterator[str]:
    for child in element.children:
        if not isinstance(child, Element) or child.tag in _UNREAD:
            continue
        if child.tag == "tr":
            yield from row(list(_lines(cell)) for cell in child.elements("tc"))
            continue
        if child.tag == "p":
            yield "".join(_parts(child))
        yield from _lines(child)


def _parts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str) or child.tag in _UNREAD or child.tag == "p":
            continue
        if child.tag == "t":
            yield "".join(part for part in child.children if isinstance(part, str))
        elif child.tag == "tab":
            yield "\t"
        elif child.tag in ("br", "cr"):
            yield BREAK
        elif child.tag == "noBreakHyphen":
            yield "\u2011"
        else:
            yield from _parts(child)


_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/{_DOCUMENT}" ContentType="{_DOCUMENT_TYPE}"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_RELATIONS}/officeDocument" Target="{_DOCUMENT}"/></Relationships>',
}


def write(transcript: Transcript) -> bytes:
    """Write the paragraphs; what marks a speaker stands in bold. The same text, the same bytes."""
    turns = [paragraph.turn for paragraph in paragraphs(transcript)]
    body = "".join(
        _paragraph(line.removesuffix(turn.text), turn.text)
        for line, turn in zip(with_marks(turns), turns, strict=True)
    )
    document = f'<w:document xmlns:w="{_MAIN}"><w:body>{body}</w:body></w:document>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**_PARTS, _DOCUMENT: document}.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _XML + content)
    return data.getvalue()


def _paragraph(mark: str, text: str) -> str:
    bold = f"<w:r><w:rPr><w:b/></w:rPr>{_run(mark)}</w:r>" if mark else ""
    return f"<w:p>{bold}<w:r>{_run(text)}</w:r></w:p>"


def _run(text: str) -> str:
    return f'<w:t xml:space="preserve">{xml_escaped(text)}</w:t>'
