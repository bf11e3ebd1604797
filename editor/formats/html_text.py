"""Web pages that hold a transcript, read as lines of text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from editor.formats import document_lines
from editor.formats.annotations import reading_of
from editor.formats.bold_names import BOLD, PLAIN, with_colons
from editor.formats.document_lines import row
from editor.formats.html_words import BLOCKS, annotations_in
from editor.formats.result import Reading

_BEGINS = re.compile(
    r"(?:\s|<!--[^<]*-->|<\?xml[^<>]*>)*<(?:!doctype\s+html|html)\b", re.IGNORECASE
)
_UNREAD_TAGS = "script style head template noscript svg nav button label footer aside form"
_UNREAD = frozenset(_UNREAD_TAGS.split())
_STANDS_OUT = frozenset(("b", "strong", "cite", "dt", "h1", "h2", "h3", "h4", "h5", "h6"))
#: Where a mark in the text leads to a note, and where a note leads back to it, as word processors,
#: wikis and Markdown write these.
_TO_NOTE = re.compile(
    r"#(?:cmnt|ftnt|_(?:ftn|edn|msocom_)|(?:user-content-)?fn:?|cite_note)[-\w]*\Z"
)
_FROM_NOTE = re.compile(r"#(?:(?:cmnt|ftnt|cite)_ref|_(?:ftn|edn)ref|(?:user-content-)?fnref:?)")
#: Names and times in elements of their own, which style sheets show apart.
_APART = re.compile(r"\b(?:speaker|name|author|time|timestamp|timecode)\b", re.IGNORECASE)


def is_html(text: str) -> bool:
    """Whether a text begins as a web page does."""
    return _BEGINS.match(text) is not None


def read(text: str, name: str) -> Reading:
    """Read its blocks and the rows of its tables as lines.

    Raises:
        UnreadableTranscript: there is no text in it.
    """
    if timed := annotations_in(text):
        return reading_of(timed, name, "a web page")
    page = _Page()
    page.feed(text)
    page.close()
    page.end_line()
    return document_lines.read("\n".join(with_colons(page.lines)), name)


def _gap(tag: str, attrs: list[tuple[str, str | None]]) -> str:
    """The space before an element that holds a name or a time."""
    is_apart = tag == "time" or any(key == "class" and _APART.search(v or "") for key, v in attrs)
    return " " if is_apart else ""


class _Page(HTMLParser):
    """Gathers lines; within a row of a table, those of its cells."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[str] = []
        self._said: list[str] = []
        self._cells: list[list[str]] | None = None
        self._unread: list[str] = []
        self._is_note = False

    def end_line(self) -> None:
        """What was gathered is a line, in the cell or the page."""
        line = "" if self._is_note else " ".join("".join(self._said).split())
        self._said, self._is_note = [], False
        if self._cells:
            self._cells[-1] += [line] if line else []
        elif line or (self.lines and self.lines[-1]):
            self.lines.append(line)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, a row or a cell."""
        address = next((value or "" for key, value in attrs if key == "href"), "")
        if "#" in address and _FROM_NOTE.search(address):
            self._is_note = True
        elif tag in _UNREAD or (tag == "a" and "#" in address and _TO_NOTE.search(address)):
            self._unread.append(tag)
        elif tag == "tr":
            self._end_row()
            self._cells = []
        elif tag in ("td", "th"):
            self.end_line()
            if self._cells is not None:
                self._cells.append([])
        else:
            if tag in BLOCKS:
                self.end_line()
            self._said.append(BOLD if tag in _STANDS_OUT else _gap(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        """End what the tag ends."""
        if self._unread and tag == self._unread[-1]:
            self._unread.pop()
        elif tag in ("tr", "table"):
            self._end_row()
        else:
            self._said += [PLAIN] if tag in _STANDS_OUT else []
            if tag in BLOCKS:
                self.end_line()

    def handle_data(self, data: str) -> None:
        """Gather what is shown."""
        if not self._unread:
            self._said.append(data)

    def _end_row(self) -> None:
        self.end_line()
        cells, self._cells = self._cells, None
        if cells:
            self.lines += row(cells)
