"""Words with times in web pages: in our own (`player_page`), and as Hyperaudio writes them.

A page of ours tells the words of a paragraph in `data-words`; Hyperaudio has an element for each
word, with its start in `data-m` and how long it lasts in `data-d`, both in ms.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from itertools import accumulate

from editor.formats.annotations import Annotation
from editor.formats.names import name_in

_HAS_TIMES = re.compile(r"<[a-z]+\s[^<>]*\bdata-(?:words|m)\s*=", re.IGNORECASE)
_BLOCK_TAGS = """
p div li ul ol dl dt dd h1 h2 h3 h4 h5 h6 br hr section article main header footer blockquote pre
table body td th
"""
#: Tags that begin and end a line.
BLOCKS = frozenset(_BLOCK_TAGS.split())
_UNREAD, _EMPTY = ("script", "style", "head"), ("br", "hr", "img", "input", "meta", "link", "wbr")
#: An end tag closes no element farther out.
_MOST_OPEN = 200
#: So many digits of a time are of a recording.
_MOST_DIGITS = 9


def annotations_in(page: str) -> list[Annotation]:
    """The paragraphs of a page in which words have times; none where no word has."""
    if not _HAS_TIMES.search(page):
        return []
    reader = _Timed()
    reader.feed(page)
    reader.close()
    reader.end_paragraph()
    return reader.found


@dataclass(frozen=True, slots=True)
class _Element:
    """An element that is open: what it is for, and its start and end in ms or its words' steps."""

    tag: str
    use: str
    times: tuple[int, int | None] | None
    steps: list[int]


class _Timed(HTMLParser):
    """Gathers the paragraphs that have times; who speaks goes on until another is named."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Annotation] = []
        self._text, self._anchors, self._speaker = list[str](), list[tuple[int, int]](), ""
        self._open, self._uses = list[_Element](), Counter[str]()

    def end_paragraph(self) -> None:
        """What was gathered is a paragraph, if it has times."""
        text = "".join(self._text).rstrip()
        if self._anchors and text:
            start_ms = min(ms for _, ms in self._anchors)
            is_ended = self._anchors[-1][0] >= len(text)
            end_ms = max(ms for _, ms in self._anchors) if is_ended else None
            anchors = tuple((at, ms) for at, ms in self._anchors if at < len(text))
            line = self.getpos()[0]
            self.found.append(Annotation(line, start_ms, end_ms, text, self._speaker, anchors))
        self._text, self._anchors = [], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, or a word with its times."""
        if tag in BLOCKS:
            self.end_paragraph()
        if tag in _EMPTY:
            return
        told = {name: value or "" for name, value in attrs}
        classes = told.get("class", "").split()
        use = "unread" if tag in _UNREAD or "time" in classes else ""
        if tag in ("b", "strong") or "speaker" in classes:
            use = "name"
        steps = [int(step) for step in told.get("data-words", "").split() if _is_number(step)]
        self._open.append(_Element(tag, use, _times(told), steps))
        self._uses[use] += 1

    def handle_endtag(self, tag: str) -> None:
        """End what the tag ends, with all that was left open in it."""
        if tag in BLOCKS:
            self.end_paragraph()
        inner = [each.tag for each in self._open[: -_MOST_OPEN - 1 : -1]]
        if tag in inner:
            for _ in range(inner.index(tag) + 1):
                self._uses[self._open.pop().use] -= 1

    def handle_data(self, data: str) -> None:
        """Gather what is said, and when."""
        if self._uses["unread"]:
            return
        if self._uses["name"] and not self._text:
            self._speaker = name_in(data) or self._speaker
            return
        first = len(self._text)
        offsets = self._add(data)
        element = self._open[-1] if self._open else None
        if element and element.steps:
            for at, hundredths in _words_at(data, element.steps):
                self._anchors.append((offsets[at], 10 * hundredths))
        elif element and element.times and len(self._text) > first:
            start_ms, end_ms = element.times
            self._anchors.append((offsets[len(data) - len(data.lstrip())], start_ms))
            if end_ms is not None:
                self._anchors.append((offsets[len(data.rstrip())], end_ms))

    def _add(self, data: str) -> list[int]:
        """Put data behind the text, white space made one; tells where each sign of it stands."""
        offsets = list[int]()
        for sign in data:
            offsets.append(len(self._text))
            if not sign.isspace():
                self._text.append(sign)
            elif self._text and self._text[-1] != " ":
                self._text.append(" ")
        return [*offsets, len(self._text)]


def _is_number(written: str) -> bool:
    return written.isascii() and written.removeprefix("-").isdecimal() and len(written) < 12


def _times(told: dict[str, str]) -> tuple[int, int | None] | None:
    start, length = told.get("data-m", ""), told.get("data-d", "")
    if not _is_number(start) or len(start) > _MOST_DIGITS:
        return None
    length_ms = int(length) if _is_number(length) and len(length) <= _MOST_DIGITS else 0
    return int(start), int(start) + length_ms if length_ms > 0 else None


def _words_at(text: str, steps: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Where words begin in a text, and when, in hundredths of a second, from steps of both.

    The steps in the text count UTF-16 units.
    """
    at_unit = {0: 0}
    for at, unit in enumerate(accumulate(1 + (sign > "\uffff") for sign in text), start=1):
        at_unit[unit] = at
    places, times = accumulate(steps[::2]), accumulate(steps[1::2])
    for unit, hundredths in zip(places, times, strict=False):
        if unit in at_unit and hundredths >= 0:
            yield at_unit[unit], hundredths
