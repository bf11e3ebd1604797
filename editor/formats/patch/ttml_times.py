"""The times of a TTML document's captions, and that document with others in their place."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editor.errors import UnreadableTranscript
from editor.formats.timing_line import Timing
from editor.formats.ttml import Reader
from editor.formats.ttml_clock import Clock
from editor.formats.xml_text import Element, parse_xml

_TAG = re.compile(rb"<[^\s/>]++(?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>")
_LINE_END = re.compile(rb"\r\n|[\r\n]")
_ATTRIBUTE = re.compile(r"(\s(begin|end|dur)\s*=\s*)(\"[^\"]*\"|'[^']*')")
_CONTAINERS = ("body", "div", "p")
_NAME_END = re.compile(r"<[^\s/>]+")


@dataclass(slots=True)
class _Node:
    """An element with times: from when to when it is shown, and is to be.

    `least_ms` is how much later the caption in it that is delayed least begins, `most_ms` how much
    later the one that is delayed most ends.
    """

    element: Element
    above: _Node | None
    start_ms: int
    end_ms: int | None
    new_start_ms: int = 0
    least_ms: int | None = None
    most_ms: int = 0

    def path(self) -> Iterator[_Node]:
        """The elements around it, from the inside."""
        node = self.above
        while node is not None:
            yield node
            node = node.above


def timings(text: str, name: str) -> list[Timing]:
    """The times of the captions, in the order of the file.

    Raises:
        UnreadableTranscript: it is no XML.
    """
    return [_timing(node) for node in _Document(text, name).captions]


def _timing(node: _Node) -> Timing:
    return Timing(node.element.line, node.start_ms, node.end_ms or 0, "")


def places(text: str, name: str) -> list[tuple[int, int, int, int]]:
    """Where each caption stands in a text: its first tag, what it holds, its last tag, its end.

    Raises:
        UnreadableTranscript: it is no XML.
    """
    return [*_Document(text, name).places()]


def with_spans(text: str, name: str, spans: Sequence[tuple[int, int] | None]) -> str:
    """The document with the captions moved to some spans (ms), without those that are None.

    Elements around captions move as far as all of these do; whatever is not moved stays as it is
    written, and what is moved is written as it was.
    """
    document = _Document(text, name)
    for node, span in zip(document.captions, spans, strict=True):
        if span is None:
            document.remove(node)
            continue
        for around in node.path():
            delay_ms = span[0] - node.start_ms
            is_first = around.least_ms is None
            around.least_ms = delay_ms if is_first else min(around.least_ms or 0, delay_ms)
            late_ms = span[1] - (node.end_ms or 0)
            around.most_ms = late_ms if is_first else max(around.most_ms, late_ms)
    for around in document.around:
        document.move_around(around)
    for node, span in zip(document.captions, spans, strict=True):
        if span is not None:
            document.move(node, *span)
    return document.result()


class _Document:
    """A document whose tags are changed; `around` are the elements above captions, the outer first.

    Raises:
        UnreadableTranscript: it is no XML, or no caption has times of its own.
    """

    def __init__(self, text: str, name: str) -> None:
        self._data = text.encode("utf-8", "surrogatepass")
        root = parse_xml(text, name)
        if any(one.attributes.get("timeContainer") == "seq" for one in root.elements(*_CONTAINERS)):
            reason = "its captions are timed one after the other (timeContainer)"
            raise UnreadableTranscript(name, f"{reason}; convert it to TTML first")
        self._reader = Reader(root)
        if self._reader.is_absolute:
            reason = "its words have times of their own, which count from its start"
            raise UnreadableTranscript(name, f"{reason}; convert it to TTML first")
        self._edits: list[tuple[int, int, bytes]] = []
        self._written = "00:00:00.000"
        self.captions: list[_Node] = []
        self.around: list[_Node] = []
        self._walk(next(root.elements("body"), root), None)

    def places(self) -> Iterator[tuple[int, int, int, int]]:
        """See the function of this name."""
        at, characters = 0, 0
        for node in self.captions:
            tag = _TAG.match(self._data, node.element.first)
            assert tag is not None
            end = self._data.index(b">", node.element.end) + 1
            found = list[int]()
            for place in (*tag.span(), node.element.end, end):
                characters += len(self._data[at:place].decode("utf-8", "surrogatepass"))
                at = place
                found.append(characters)
            yield found[0], found[1], found[2], found[3]

    def _walk(self, element: Element, above: _Node | None) -> None:
        begin_ms, until_ms = (above.start_ms, above.end_ms) if above else (0, None)
        node = _Node(element, above, *self._reader.times(element, begin_ms, until_ms))
        if element.tag != "p":
            self.around.append(node)
            for child in element.children:
                if isinstance(child, Element):
                    self._walk(child, node)
            return
        if caption := self._reader.caption(element, node.start_ms, node.end_ms):
            node.end_ms = caption.end_ms
            self._written = element.attributes.get("begin", self._written)
            self.captions.append(node)

    def remove(self, node: _Node) -> None:
        """Take a paragraph out, and its line where it has one for itself."""
        first, end = node.element.first, self._data.index(b">", node.element.end) + 1
        before = self._data[:first].rstrip(b" \t")
        after = len(self._data) - len(self._data[end:].lstrip(b" \t"))
        line_end = _LINE_END.match(self._data, after)
        if line_end and (not before or before[-1:] in b"\r\n"):
            first, end = len(before), line_end.end()
        self._edits.append((first, end, b""))

    def move_around(self, node: _Node) -> None:
        """Move an element as far as all captions in it move."""
        above_ms = node.above.new_start_ms if node.above else 0
        was_above_ms = node.above.start_ms if node.above else 0
        node.new_start_ms = above_ms
        if node.least_ms is None:
            return
        times = dict[str, int]()
        said = {key: self._ms(node.element, key) for key in ("begin", "end", "dur")}
        if said["begin"] is not None:
            node.new_start_ms = max(above_ms, node.start_ms + node.least_ms)
            times["begin"] = node.new_start_ms - above_ms
        if said["end"] is not None:
            times["end"] = max(0, was_above_ms + said["end"] + node.most_ms - above_ms)
        if said["dur"] is not None:
            end_ms = node.start_ms + said["dur"] + node.most_ms
            times["dur"] = max(0, end_ms - node.new_start_ms)
        ends = [node.new_start_ms + times["dur"]] if "dur" in times else []
        ends += [above_ms + times["end"]] if "end" in times else []
        ends += [node.above.end_ms] if node.above and node.above.end_ms is not None else []
        node.end_ms = min(ends, default=None)
        self._write(node.element, times)

    def move(self, node: _Node, start_ms: int, end_ms: int) -> None:
        """Let a paragraph be shown from one time to another."""
        above = node.above
        above_ms, was_above_ms = (above.new_start_ms, above.start_ms) if above else (0, 0)
        attributes, times = node.element.attributes, dict[str, int]()
        until_ms = above.end_ms if above else None
        if not attributes.keys() & {"end", "dur"} and until_ms not in (None, end_ms):
            times["end"] = end_ms - above_ms
        is_same = (start_ms, end_ms) == (node.start_ms, max(node.start_ms, node.end_ms or 0))
        if not is_same or above_ms != was_above_ms:
            if "begin" in attributes or start_ms != above_ms:
                times["begin"] = start_ms - above_ms
            if "dur" in attributes:
                times["dur"] = end_ms - start_ms
            if "end" in attributes:
                times["end"] = end_ms - above_ms
        self._write(node.element, times)

    def _ms(self, element: Element, key: str) -> int | None:
        written = element.attributes.get(key)
        return None if written is None else self._reader.clock.ms(written)

    def _write(self, element: Element, times: dict[str, int]) -> None:
        found = _TAG.match(self._data, element.first)
        assert found is not None
        tag = with_times(found[0].decode(), times, self._reader.clock, self._written)
        if tag.encode() != found[0]:
            self._edits.append((*found.span(), tag.encode()))

    def result(self) -> str:
        """The document as it is now."""
        parts, at = list[bytes](), 0
        for first, end, fresh in sorted(self._edits):
            parts += [self._data[at:first], fresh]
            at = end
        return b"".join([*parts, self._data[at:]]).decode("utf-8", "surrogatepass")


def with_times(tag: str, times: dict[str, int], clock: Clock, written: str) -> str:
    """A tag with some times (ms), each in its own notation; one it has not is added as `written`.

    >>> from editor.formats.ttml_clock import clock_of
    >>> clock = clock_of({})
    >>> with_times('<p end="2s">', {"begin": 500, "end": 2500}, clock, "0.0s")
    '<p begin="0.5s" end="2.5s">'
    """
    left = dict(times)

    def changed(found: re.Match[str]) -> str:
        ms = left.pop(found[2], None)
        was = html.unescape(found[3][1:-1])
        if ms is None or clock.ms(was) == ms:
            return found[0]
        return f"{found[1]}{found[3][0]}{clock.like(was, ms)}{found[3][0]}"

    tag = _ATTRIBUTE.sub(changed, tag)
    added = "".join(f' {key}="{clock.like(written, ms)}"' for key, ms in left.items())
    return _NAME_END.sub(lambda name: name[0] + added, tag, count=1) if added else tag
