"""ELAN's annotations: tiers of passages between slots of time, each tier a person."""

from __future__ import annotations

from collections.abc import Sequence

from editor.formats.annotations import Passage, interpolated, reading_of
from editor.formats.result import Reading
from editor.formats.xml_text import Element, parse_xml, text_of


def read(text: str, name: str) -> Reading:
    """Read the tiers that depend on no other; those that do are translations and glosses.

    Raises:
        UnreadableTranscript: it is no XML, or nothing is said in it.
    """
    root = parse_xml(text, name)
    slots = _slots(list(root.elements("TIME_SLOT")))
    passages = []
    for tier in root.elements("TIER"):
        if "PARENT_REF" in tier.attributes:
            continue
        who = tier.attributes.get("PARTICIPANT", "").strip() or tier.attributes.get("TIER_ID", "")
        for each in tier.elements("ALIGNABLE_ANNOTATION"):
            start_ms = slots.get(each.attributes.get("TIME_SLOT_REF1", ""))
            end_ms = slots.get(each.attributes.get("TIME_SLOT_REF2", ""))
            said = " ".join(text_of(value) for value in each.elements("ANNOTATION_VALUE"))
            if start_ms is not None:
                passages.append(Passage(each.line, start_ms, end_ms, said, who))
    return reading_of(passages, name, "ELAN annotations")


def _slots(slots: Sequence[Element]) -> dict[str, int | None]:
    """When each slot is; those without a value lie between those around them."""
    times = interpolated([_whole(slot.attributes.get("TIME_VALUE", "")) for slot in slots])
    keys = (slot.attributes.get("TIME_SLOT_ID", "") for slot in slots)
    return dict(zip(keys, times, strict=True))


def _whole(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and len(written) < 12 else None
