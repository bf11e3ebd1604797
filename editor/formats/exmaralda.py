"""EXMARaLDA's basic transcriptions: tiers of events on a common timeline, each tier a person."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from editor.formats.annotations import (
    Annotation,
    interpolated,
    ms_from_seconds,
    reading_of,
    tiers_of,
)
from editor.formats.publication import Publication
from editor.formats.result import Reading
from editor.formats.xml_text import Element, parse_xml, text_of, xml_escaped, xml_value


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
    annotations = list[Annotation]()
    for tier in root.elements("tier"):
        if tier.attributes.get("type", "t") != "t":
            continue
        key = tier.attributes.get("speaker", "")
        who = people.get(key) or key
        annotations += _annotations(list(tier.elements("event")), at, who)
    return reading_of(annotations, name, "an EXMARaLDA transcription")


def _name_of(speaker: Element) -> str:
    return next((text_of(each) for each in speaker.elements("abbreviation")), "")


def _annotations(
    events: Sequence[Element], at: dict[str, int | None], who: str
) -> list[Annotation]:
    """Events as annotations; one that goes on within a word belongs to the one before."""
    texts = ["".join(part for part in each.children if isinstance(part, str)) for each in events]
    annotations = list[Annotation]()
    for number, (event, text) in enumerate(zip(events, texts, strict=True)):
        start_ms = at.get(event.attributes.get("start", ""))
        end_ms = at.get(event.attributes.get("end", ""))
        if start_ms is None:
            continue
        before = annotations[-1] if annotations else None
        if before and before.end_ms == start_ms and _goes_on(texts[number - 1], text):
            annotations[-1] = Annotation(
                before.line, before.start_ms, end_ms, before.text + text, who
            )
        else:
            annotations.append(Annotation(event.line, start_ms, end_ms, text, who))
    return annotations


def _goes_on(before: str, text: str) -> bool:
    return any(a.isalpha() and b.isalpha() for a, b in pairwise(before[-1:] + text[:1]))


_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<basic-transcription>
<head>
<meta-information><project-name></project-name>
<transcription-name>{title}</transcription-name><referenced-file url="{media}"/>
<ud-meta-information></ud-meta-information><comment></comment>
<transcription-convention></transcription-convention></meta-information>
<speakertable>
{speakers}</speakertable>
</head>
<basic-body>
<common-timeline>
{timeline}</common-timeline>
{tiers}</basic-body>
</basic-transcription>
"""


def write(publication: Publication) -> str:
    """Write a tier of what each speaker says, on a time line of all starts and ends."""
    tiers = tiers_of(publication.transcript)
    ends = {
        ms
        for tier in tiers.values()
        for each in tier.segments
        for ms in (each.start_ms, each.end_ms)
    }
    times = sorted(ms for ms in ends if ms is not None)
    key_of = {ms: f"T{number}" for number, ms in enumerate(times)}
    people, listed = list[str](), list[str]()
    for number, (who, tier) in enumerate(tiers.items()):
        is_named = who not in ("speech", "sounds")
        speaker = f' speaker="SPK{number}"' if is_named else ""
        if is_named:
            name = xml_escaped(who)
            people.append(
                f'<speaker id="SPK{number}"><abbreviation>{name}</abbreviation></speaker>\n'
            )
        # A space at the end keeps the event from going on within a word.
        events = "".join(
            f'<event start="{key_of[each.start_ms]}" end="{key_of[each.end_ms or 0]}">'
            f"{xml_escaped(each.text)} </event>\n"
            for each in tier.segments
        )
        shown = xml_value(f"{who} [v]")
        listed.append(
            f'<tier id="TIE{number}"{speaker} category="v" type="t" display-name="{shown}">\n'
            f"{events}</tier>\n"
        )
    return _HEAD.format(
        title=xml_escaped(publication.title),
        media=xml_value(publication.media.name),
        speakers="".join(people),
        timeline="".join(f'<tli id="{key_of[ms]}" time="{ms / 1000}"/>\n' for ms in times),
        tiers="".join(listed),
    )
