"""EXMARaLDA's basic transcriptions: tiers of events on a common timeline, each tier a person."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from editor.formats.annotations import Passage, interpolated, ms_from_seconds, reading_of
from editor.formats.result import Reading
from editor.formats.xml_text import Element, parse_xml, text_of


def read(text: str, name: str) -> Reading:
    """Read the tiers of what is said (type "t"); others describe or translate it.

    Raises:
        UnreadableTranscript: it is no XML, or nothing is said in it.
    """
    root = parse_xml(text, name)
    people = {each.attributes.get("id", ""): _name_of(each) for each in root.elements("speaker")}
    items = list(root.elements("tli"))
    times = interpolated([ms_from_seconds(item.attributes.get("time", "")) for item in items])
    at = {item.attributes.get("id", ""): ms for item, ms in zip(items, times, strict=True)}
    passages = list[Passage]()
    for tier in root.elements("tier"):
        if tier.attributes.get("type", "t") != "t":
            continue
        key = tier.attributes.get("speaker", "")
        who = people.get(key) or key
        passages += _passages(list(tier.elements("event")), at, who)
    return reading_of(passages, name, "an EXMARaLDA transcription")


def _name_of(speaker: Element) -> str:
    return next((text_of(each) for each in speaker.elements("abbreviation")), "")


def _passages(events: Sequence[Element], at: dict[str, int | None], who: str) -> list[Passage]:
    """Events as passages; one that goes on within a word belongs to the one before."""
    texts = ["".join(part for part in each.children if isinstance(part, str)) for each in events]
    passages = list[Passage]()
    for number, (event, text) in enumerate(zip(events, texts, strict=True)):
        start_ms = at.get(event.attributes.get("start", ""))
        end_ms = at.get(event.attributes.get("end", ""))
        if start_ms is None:
            continue
        before = passages[-1] if passages else None
        if before and before.end_ms == start_ms and _goes_on(texts[number - 1], text):
            passages[-1] = Passage(before.line, before.start_ms, end_ms, before.text + text, who)
        else:
            passages.append(Passage(event.line, start_ms, end_ms, text, who))
    return passages


def _goes_on(before: str, text: str) -> bool:
    return any(a.isalpha() and b.isalpha() for a, b in pairwise(before[-1:] + text[:1]))
