"""YouTube's own captions as its downloads have them: json3, and the XML forms srv1 to srv3."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from editor.formats.caption import Caption
from editor.formats.drafts import some_drafts
from editor.formats.result import Problem, Reading
from editor.formats.xml_text import Element, parse_xml, text_of

_LATEST_MS = 10**15
_NOT_READ = "its times cannot be read"


def is_json3(document: Mapping[str, Any]) -> bool:
    """Whether a document of JSON has events as YouTube's have."""
    events = document.get("events")
    first = next(iter(events), None) if isinstance(events, list) else None
    is_event = isinstance(first, Mapping) and ("segs" in first or "tStartMs" in first)
    return is_event or "wireMagic" in document or events == []


def read_json3(document: Mapping[str, Any], name: str) -> Reading:
    """Read json3 events; words with times of their own keep them.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    captions, problems = list[Caption](), list[Problem]()
    events = document.get("events")
    for number, event in enumerate(events if isinstance(events, list) else [], start=1):
        try:
            parts = [(str(s["utf8"]), _whole(s.get("tOffsetMs"))) for s in event.get("segs") or []]
            start_ms = int(event.get("tStartMs", 0))
            captions += _caption(number, start_ms, int(event.get("dDurationMs", 0)), parts)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            problems.append(Problem(number, json.dumps(event, ensure_ascii=False), _NOT_READ))
    return _reading(captions, problems, name)


def read_srv(text: str, name: str) -> Reading:
    """Read `<p t d>` with `<s t>` inside, `<text t d>`, or `<text start dur>` in seconds.

    Raises:
        UnreadableTranscript: it is no XML, or no caption can be read.
    """
    captions, problems = list[Caption](), list[Problem]()
    for element in parse_xml(text, name).elements("p", "text"):
        try:
            parts = list(_srv_parts(element))
            start_ms, length_ms = _srv_times(element.attributes)
            captions += _caption(element.line, start_ms, length_ms, parts)
        except (KeyError, ValueError, OverflowError):
            problems.append(Problem(element.line, text_of(element), _NOT_READ))
    return _reading(captions, problems, name)


def _srv_times(attributes: Mapping[str, str]) -> tuple[int, int]:
    if "t" in attributes:
        return int(attributes["t"]), int(attributes.get("d", 0))
    start_s, length_s = float(attributes["start"]), float(attributes.get("dur", 0))
    return round(start_s * 1000), round(length_s * 1000)


def _srv_parts(element: Element) -> Iterator[tuple[str, int | None]]:
    for child in element.children:
        if isinstance(child, str):
            yield html.unescape(child), None
        elif child.tag == "s":
            # The first word of an automatic caption begins with it and tells no time.
            is_timed = "t" in child.attributes or "ac" in child.attributes
            at_ms = int(child.attributes.get("t", 0)) if is_timed else None
            yield "".join(part for part in child.children if isinstance(part, str)), at_ms
        elif child.tag == "br":
            yield "\n", None


def _caption(
    line: int, start_ms: int, length_ms: int, parts: Sequence[tuple[str, int | None]]
) -> list[Caption]:
    if not max(abs(start_ms), abs(length_ms)) < _LATEST_MS:
        raise ValueError("no recording is as long")
    text, anchors = "", list[tuple[int, int]]()
    is_timed = any(at_ms is not None for _, at_ms in parts)
    for part, at_ms in parts:
        if is_timed and part.strip():
            lead = len(part) - len(part.lstrip())
            anchors.append((len(text) + lead, start_ms + (at_ms or 0)))
        text += part
    if not text.strip():
        return []
    lead = len(text) - len(text.lstrip())
    inner = tuple((at - lead, ms) for at, ms in anchors)
    return [Caption(line, max(0, start_ms), start_ms + length_ms, text.strip(), inner)]


def _whole(value: object) -> int | None:
    return None if value is None else int(str(value))


def _reading(captions: Sequence[Caption], problems: Sequence[Problem], name: str) -> Reading:
    """Automatic captions stay on the screen while the next comes: each ends where that begins."""
    clipped = [
        replace(a, end_ms=b.start_ms) if a.anchors and a.start_ms < b.start_ms < a.end_ms else a
        for a, b in pairwise(captions)
    ]
    return some_drafts([*clipped, *captions[-1:]], problems, name)
