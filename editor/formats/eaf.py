"""ELAN: annotations between slots of time on tiers, each tier a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from editor.formats.annotations import (
    Annotation,
    interpolated,
    reading_of,
    tiers_of,
    with_words_of,
    without_names_of_tiers,
)
from editor.formats.publication import Publication
from editor.formats.result import Reading
from editor.formats.xml_text import Element, parse_xml, text_of, xml_escaped, xml_value


@dataclass(slots=True)
class _Tier:
    """A tier: the one it depends on, and what it says."""

    parent: str
    annotations: list[Annotation]

    def is_said(self) -> bool:
        return any(annotation.text for annotation in self.annotations)


def read(text: str, name: str) -> Reading:
    """Read the tiers that depend on no other; those that do are translations and glosses.

    Where such a tier only cuts the time, the first that depends on it and holds words is read.

    Raises:
        UnreadableTranscript: it is no XML, or nothing is said in it.
    """
    tiers = _tiers(parse_xml(text, name))
    annotations, words = list[Annotation](), list[Annotation]()
    for key, tier in tiers.items():
        if not tier.parent or tier.parent not in tiers:
            annotations += _first_said(key, tiers).annotations
        elif key == _OF_WORDS.format(tier.parent):
            people = {annotation.speaker for annotation in tiers[tier.parent].annotations}
            words += [replace(word, speaker=who) for word in tier.annotations for who in people]
    annotations = with_words_of(annotations, words)
    return reading_of(without_names_of_tiers(annotations), name, "ELAN annotations")


def _first_said(key: str, tiers: dict[str, _Tier]) -> _Tier:
    """A tier, or in place of a mute one the nearest below it that says something."""
    seen, waiting = set[str](), [key]
    while waiting:
        at = waiting.pop(0)
        if tiers[at].is_said():
            return tiers[at]
        seen.add(at)
        waiting += [one for one, tier in tiers.items() if tier.parent == at and one not in seen]
    return tiers[key]


def _tiers(root: Element) -> dict[str, _Tier]:
    slots = _slots(list(root.elements("TIME_SLOT")))
    spans: dict[str, tuple[int | None, int | None]] = {}
    tiers: dict[str, _Tier] = {}
    for element in root.elements("TIER"):
        key, said = element.attributes.get("TIER_ID", ""), list[Annotation]()
        who = element.attributes.get("PARTICIPANT", "").strip() or key
        for each in element.elements("ALIGNABLE_ANNOTATION", "REF_ANNOTATION"):
            at = each.attributes
            ends = (slots.get(at.get(f"TIME_SLOT_REF{number}", "")) for number in (1, 2))
            span = spans.get(at.get("ANNOTATION_REF", ""), (None, None))
            start_ms, end_ms = span if each.tag == "REF_ANNOTATION" else (next(ends), next(ends))
            spans[at.get("ANNOTATION_ID", "")] = start_ms, end_ms
            text = " ".join(text_of(value) for value in each.elements("ANNOTATION_VALUE"))
            if start_ms is not None:
                said.append(Annotation(each.line, start_ms, end_ms, text, who))
        tiers[key] = _Tier(element.attributes.get("PARENT_REF", ""), said)
    return tiers


def _slots(slots: Sequence[Element]) -> dict[str, int | None]:
    """When each slot is; those without a value lie between those around them."""
    times = interpolated([_whole(slot.attributes.get("TIME_VALUE", "")) for slot in slots])
    keys = (slot.attributes.get("TIME_SLOT_ID", "") for slot in slots)
    return dict(zip(keys, times, strict=True))


def _whole(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 12 else None


#: A tier of words depends on that of what is said.
_OF_WORDS = "{} words"
_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<ANNOTATION_DOCUMENT AUTHOR="" DATE="2000-01-01T00:00:00+00:00" FORMAT="3.0" VERSION="3.0"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
    xsi:noNamespaceSchemaLocation="http://www.mpi.nl/tools/elan/EAFv3.0.xsd">
<HEADER MEDIA_FILE="" TIME_UNITS="milliseconds">
<MEDIA_DESCRIPTOR MEDIA_URL="{media}" MIME_TYPE="{mime}" RELATIVE_MEDIA_URL="./{media}"/>
</HEADER>
"""
_TAIL = """\
<LINGUISTIC_TYPE GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="said" TIME_ALIGNABLE="true"/>
<LINGUISTIC_TYPE CONSTRAINTS="Included_In" GRAPHIC_REFERENCES="false" LINGUISTIC_TYPE_ID="words"
    TIME_ALIGNABLE="true"/>
<CONSTRAINT DESCRIPTION="Time alignable annotations within the parent annotation's time interval,
    gaps are allowed" STEREOTYPE="Included_In"/>
</ANNOTATION_DOCUMENT>
"""


def write(publication: Publication) -> str:
    """Write a tier of what is said for each speaker, and one of words that depends on it."""
    slots, listed = list[int](), list[str]()
    for who, said in tiers_of(publication.transcript).items():
        key, kind = xml_value(who), 'LINGUISTIC_TYPE_REF="{}"'
        person = "" if who in ("speech", "sounds") else f' PARTICIPANT="{key}"'
        words = xml_value(_OF_WORDS.format(who))
        listed.append(f'<TIER {kind.format("said")}{person} TIER_ID="{key}">\n')
        listed += [_annotation(each, slots) for each in said.segments]
        parent = f'{kind.format("words")} PARENT_REF="{key}"{person} TIER_ID="{words}"'
        listed.append(f"</TIER>\n<TIER {parent}>\n")
        listed += [_annotation(each, slots) for each in said.words]
        listed.append("</TIER>\n")
    order = "".join(
        f'<TIME_SLOT TIME_SLOT_ID="ts{number}" TIME_VALUE="{ms}"/>\n'
        for number, ms in enumerate(slots, 1)
    )
    mime = "video/mp4" if publication.media.has_video else "audio/x-wav"
    head = _HEAD.format(media=xml_value(publication.media.name), mime=mime)
    return f"{head}<TIME_ORDER>\n{order}</TIME_ORDER>\n{''.join(listed)}{_TAIL}"


def _annotation(annotation: Annotation, slots: list[int]) -> str:
    """An annotation between two slots of its own, which are added."""
    slots += [annotation.start_ms, annotation.end_ms or annotation.start_ms + 1]
    last = len(slots)
    return (
        f'<ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a{last // 2}"'
        f' TIME_SLOT_REF1="ts{last - 1}" TIME_SLOT_REF2="ts{last}">'
        f"<ANNOTATION_VALUE>{xml_escaped(annotation.text)}</ANNOTATION_VALUE>"
        "</ALIGNABLE_ANNOTATION></ANNOTATION>\n"
    )
