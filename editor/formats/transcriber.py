"""Transcriber's .trs: turns of one or more speakers, cut by marks of time."""

from __future__ import annotations

import re

from editor.formats.annotations import Annotation, ms_from_seconds, reading_of
from editor.formats.result import Reading
from editor.formats.xml_text import Element, parse_xml, text_of

_NOT_SAID = ("Comment", "Background", "Event")


def read(text: str, name: str) -> Reading:
    """Read the turns; where two talk at once, each has an annotation of its own.

    Raises:
        UnreadableTranscript: it is no XML, or nothing is said in it.
    """
    root = parse_xml(text, name)
    people = {
        one.attributes.get("id", ""): one.attributes.get("name", "").strip()
        for one in root.elements("Speaker")
    }
    annotations = list[Annotation]()
    for turn in root.elements("Turn"):
        keys = turn.attributes.get("speaker", "").split()
        annotations += _annotations(turn, [people.get(key) or key for key in keys])
    return reading_of(annotations, name, "a Transcriber file")


def _annotations(turn: Element, speakers: list[str]) -> list[Annotation]:
    """What is said in a turn, from one mark to the next."""
    start_ms, until_ms = (
        ms_from_seconds(turn.attributes.get(key, "")) for key in ("startTime", "endTime")
    )
    if start_ms is None:
        return []
    at_ms, who, marks = start_ms, speakers[0] if speakers else "", [start_ms]
    said: dict[tuple[int, str], list[str]] = {}
    for child in turn.children:
        if isinstance(child, str):
            said.setdefault((at_ms, who), []).append(child)
        elif child.tag == "Sync":
            at_ms, who = (
                ms_from_seconds(child.attributes.get("time", "")) or at_ms,
                speakers[0] if who else "",
            )
            marks.append(at_ms)
        elif child.tag == "Who":
            number = child.attributes.get("nb", "")
            at = int(number) - 1 if re.fullmatch(r"[1-9]", number) else 0
            who = speakers[at] if at < len(speakers) else who
        elif child.tag not in _NOT_SAID:
            said.setdefault((at_ms, who), []).append(text_of(child))
    return [
        Annotation(turn.line, ms, min((m for m in marks if m > ms), default=until_ms), text, name)
        for (ms, name), texts in said.items()
        if (text := " ".join(texts).strip())
    ]
