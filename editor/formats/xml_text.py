"""XML as a tree of elements with line numbers, read so that no file can swell or reach outside."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from editor.errors import UnreadableTranscript

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ROOT = re.compile(r"(?:\s|<\?[^<>]*>|<!--[^<]*-->|<!(?!--)[^<>]*>)*<(?:[\w.-]+:)?([\w.-]+)")
_DEEPEST = 200
_MOST_ELEMENTS = 3_000_000


@dataclass(slots=True)
class Element:
    """An element; `tag` and the names of `attributes` come without their namespace.

    `first` and `end` are where its first and its last tag begin among the bytes of the text.
    """

    tag: str
    attributes: dict[str, str]
    line: int
    first: int = 0
    end: int = 0
    children: list[Element | str] = field(default_factory=list)

    def elements(self, *tags: str) -> Iterator[Element]:
        """All elements of some names below this one, in order."""
        following = self.children[::-1]
        while following:
            child = following.pop()
            if isinstance(child, Element):
                if child.tag in tags:
                    yield child
                if child.children:
                    following += reversed(child.children)


def root_in(text: str) -> str:
    """The first element that a text names, without its namespace; nothing if it begins otherwise.

    >>> root_in('<?xml version="1.0"?><!-- by hand --><tt:tt lang="en">'), root_in("a < b")
    ('tt', '')
    """
    match = _ROOT.match(text)
    return match[1] if match else ""


def text_of(element: Element) -> str:
    """All text in an element, with single spaces."""
    parts = [child if isinstance(child, str) else text_of(child) for child in element.children]
    return " ".join("".join(parts).split())


def xml_escaped(text: str) -> str:
    """Text as XML has it, without the control characters that it has no way to write."""
    return html.escape(_NOT_IN_XML.sub("\ufffd", text), quote=False)


def xml_value(text: str) -> str:
    """Text as it stands in an attribute, on one line."""
    return xml_escaped(" ".join(text.split())).replace('"', "&quot;")


class _Refused(Exception):
    """Raised inside the parser, whose handlers may raise anything."""


def parse_xml(data: str | bytes, name: str) -> Element:
    """Parse a document; those that declare entities are refused, as they can swell without bound.

    Raises:
        UnreadableTranscript: it is not well formed, declares entities or nests too deep.
    """
    root = Element("", {}, 0)
    open_elements, count = [root], [0]
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(open_elements) > _DEEPEST:
            raise _Refused("its elements are nested too deep")
        count[0] += 1
        if count[0] > _MOST_ELEMENTS:
            raise _Refused("it has more elements than any transcript")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        line, first = parser.CurrentLineNumber, parser.CurrentByteIndex
        element = Element(tag.rpartition(" ")[2], plain, line, first)
        open_elements[-1].children.append(element)
        open_elements.append(element)

    def end(_: str) -> None:
        open_elements.pop().end = parser.CurrentByteIndex

    def refuse(*_: object) -> None:
        raise _Refused("it declares entities, which no transcript needs")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: open_elements[-1].children.append(text)
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = f"not XML: {expat.ErrorString(error.code)}"
        raise UnreadableTranscript(name, reason, line=error.lineno) from error
    except _Refused as error:
        raise UnreadableTranscript(name, str(error), line=parser.CurrentLineNumber) from error
    return next(child for child in root.children if isinstance(child, Element))
