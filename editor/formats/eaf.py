"""ELAN's annotations: tiers of passages between slots of time, each tier a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editor.formats.annotations import Passage, interpolated, reading_of, without_names_of_tiers
from editor.formats.result import Reading
from editor.formats.xml_text import Element, parse_xml, text_of


@dataclass(slots=True)
class _Tier:
    """A tier: the one it depends on, and what it says."""

    parent: str
    passages: list[Passage]

    def is_said(self) -> bool:
        return any(passage.text for passage in self.passages)


def read(text: str, name: str) -> Reading:
    """Read the tiers that depend on no other; those that do are translations and glosses.

    Where such a tier only cuts the time, the first that depends on it and holds words is read.

    Raises:
        UnreadableTranscript: it is no XML, or nothing is said in it.
    """
    tiers = _tiers(parse_xml(text, name))
    passages = list[Passage]()
    for key, tier in tiers.items():
        if not tier.parent or tier.parent not in tiers:
            passages += _first_said(key, tiers).passages
    return reading_of(without_names_of_tiers(passages), name, "ELAN annotations")


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
        key, said = element.attributes.get("TIER_ID", ""), list[Passage]()
        who = element.attributes.get("PARTICIPANT", "").strip() or key
        for each in element.elements("ALIGNABLE_ANNOTATION", "REF_ANNOTATION"):
            at = each.attributes
            ends = (slots.get(at.get(f"TIME_SLOT_REF{number}", "")) for number in (1, 2))
            span = spans.get(at.get("ANNOTATION_REF", ""), (None, None))
            start_ms, end_ms = span if each.tag == "REF_ANNOTATION" else (next(ends), next(ends))
            spans[at.get("ANNOTATION_ID", "")] = start_ms, end_ms
            text = " ".join(text_of(value) for value in each.elements("ANNOTATION_VALUE"))
            if start_ms is not None:
                said.append(Passage(each.line, start_ms, end_ms, text, who))
        tiers[key] = _Tier(element.attributes.get("PARENT_REF", ""), said)
    return tiers


def _slots(slots: Sequence[Element]) -> dict[str, int | None]:
    """When each slot is; those without a value lie between those around them."""
    times = interpolated([_whole(slot.attributes.get("TIME_VALUE", "")) for slot in slots])
    keys = (slot.attributes.get("TIME_SLOT_ID", "") for slot in slots)
    return dict(zip(keys, times, strict=True))


def _whole(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 12 else None
