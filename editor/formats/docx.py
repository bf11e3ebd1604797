"""Word documents, read as lines of text: one a paragraph, and never more than a limit.

Written with no more than other programs need to open them.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace

from editor.document import Transcript
from editor.formats.bold_names import BOLD, PLAIN, with_colons
from editor.formats.document_lines import BREAK, member, names_in, row
from editor.formats.layout import lines_of, reads_from_right
from editor.formats.publication import USUAL, Choices
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
    return "\n".join(with_colons(list(_lines(parse_xml(content, name)))))


def _lines(element: Element) -> Iterator[str]:
    for child in element.children:
        if not isinstance(child, Element) or child.tag in _UNREAD:
            continue
        if child.tag == "tr":
            yield from row(list(_lines(cell)) for cell in child.elements("tc"))
            continue
        if child.tag == "p":
            text = "".join(_parts(child))
            yield f"{BOLD}{text}{PLAIN}" if _is_heading(child) and BOLD not in text else text
        yield from _lines(child)


def _is_heading(paragraph: Element) -> bool:
    return any(
        style.attributes.get("val", "").startswith("Heading")
        for style in paragraph.elements("pStyle")
    )


def _is_bold(run: Element) -> bool:
    looks = next(
        (child for child in run.children if isinstance(child, Element) and child.tag == "rPr"), None
    )
    bold = next(looks.elements("b"), None) if looks else None
    return bold is not None and bold.attributes.get("val", "1") not in ("0", "false", "off")


def _parts(element: Element) -> Iterator[str]:
    for child in element.children:
        if isinstance(child, str) or child.tag in _UNREAD or child.tag == "p":
            continue
        if child.tag == "r" and _is_bold(child):
            yield f"{BOLD}{''.join(_parts(child))}{PLAIN}"
        elif child.tag == "t":
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
_COMMENTS_TYPE = _DOCUMENT_TYPE.replace("document.main+xml", "comments+xml")
_PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/{_DOCUMENT}" ContentType="{_DOCUMENT_TYPE}"/>{{more}}</Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_RELATIONS}/officeDocument" Target="{_DOCUMENT}"/></Relationships>',
}
_COMMENTS = "word/comments.xml"
_HAS_COMMENTS = f'<Override PartName="/{_COMMENTS}" ContentType="{_COMMENTS_TYPE}"/>'
_TO_COMMENTS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{_RELATIONS}/comments" Target="comments.xml"/></Relationships>'
)
_LINE_NUMBERS = '<w:sectPr><w:lnNumType w:countBy="1" w:restart="continuous"/></w:sectPr>'


def write(transcript: Transcript, choices: Choices = USUAL) -> bytes:
    """Write the paragraphs; what marks a speaker stands in bold. The same text, the same bytes.

    Notes are comments, lines are numbered by Word itself.
    """
    lines = lines_of(transcript, choices if choices.times else replace(choices, times="none"))
    notes = list[str]()
    body = list[str]()
    for line, marked in zip(lines, with_marks([line.turn for line in lines]), strict=True):
        ids = range(len(notes), len(notes) + len(line.notes))
        notes += line.notes
        clock = f"[{line.clock}] " if line.clock else ""
        text = line.turn.text
        body.append(_paragraph(clock, marked.removesuffix(text), text, ids))
    end = _LINE_NUMBERS if choices.has_line_numbers else ""
    document = f'<w:document xmlns:w="{_MAIN}"><w:body>{"".join(body)}{end}</w:body></w:document>'
    parts = {name: part.format(more=_HAS_COMMENTS * bool(notes)) for name, part in _PARTS.items()}
    if notes:
        listed = "".join(_comment(number, note) for number, note in enumerate(notes))
        parts["word/_rels/document.xml.rels"] = _TO_COMMENTS
        parts[_COMMENTS] = f'<w:comments xmlns:w="{_MAIN}">{listed}</w:comments>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, _DOCUMENT: document}.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, _XML + content)
    return data.getvalue()


def _paragraph(clock: str, mark: str, text: str, notes: Iterable[int]) -> str:
    is_rtl = reads_from_right(text)
    begin = "".join(f'<w:commentRangeStart w:id="{number}"/>' for number in notes)
    end = "".join(
        f'<w:commentRangeEnd w:id="{number}"/><w:r><w:commentReference w:id="{number}"/></w:r>'
        for number in notes
    )
    said = _run(clock, "") + _run(mark, "<w:b/>") + _run(text, "<w:rtl/>" if is_rtl else "")
    looks = "<w:pPr><w:bidi/></w:pPr>" if is_rtl else ""
    return f"<w:p>{looks}{begin}{said}{end}</w:p>"


def _comment(number: int, note: str) -> str:
    said = f"<w:p>{_run(note, '')}</w:p>"
    return f'<w:comment w:id="{number}" w:author="" w:initials="">{said}</w:comment>'


def _run(text: str, looks: str) -> str:
    if not text:
        return ""
    said = f"<w:rPr>{looks}</w:rPr>" if looks else ""
    return f'<w:r>{said}<w:t xml:space="preserve">{xml_escaped(text)}</w:t></w:r>'
