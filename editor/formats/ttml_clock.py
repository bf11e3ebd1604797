"""The times of a TTML document as they are written: by clock or as offsets, in frames or ticks."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

from editor.formats.xml_text import Element

#: As TTML has it, and as writers do that leave out hours or zeros, or write a comma.
_CLOCK = re.compile(
    r"(?:(\d{1,9}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,9})\d*|[:;](\d{1,9})(?:\.\d+)?)?"
)
#: Without a unit, seconds are meant.
_OFFSET = re.compile(r"(\d{1,15}(?:[.,](\d{1,9})\d*)?)(h|ms|m|s|f|t|)")
_SECONDS = {"h": Fraction(3600), "m": Fraction(60), "s": Fraction(1), "ms": Fraction(1, 1000)}
#: So many decimals of each unit tell a millisecond.
_DECIMALS = {"h": 7, "m": 5, "s": 3, "": 3, "ms": 0, "f": 0, "t": 0}


@dataclass(frozen=True, slots=True)
class Clock:
    """How many frames and ticks a second has in a document."""

    frames: Fraction
    ticks: Fraction

    def ms(self, written: str) -> int | None:
        """A time expression in ms; None where it is none."""
        if clock := _CLOCK.fullmatch(written.strip()):
            hours, minutes, seconds, fraction, frames = clock.groups()
            whole_ms = (int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)) * 1000
            if frames:
                return whole_ms + round(int(frames) / self.frames * 1000)
            # Most times are these, and Python's fractions are slow.
            return whole_ms + (round(int(fraction) * 1000 / 10 ** len(fraction)) if fraction else 0)
        if offset := _OFFSET.fullmatch(written.strip()):
            return round(Fraction(offset[1].replace(",", ".")) * self._unit(offset[3]) * 1000)
        return None

    def like(self, written: str, ms: int) -> str:
        """A time in the notation of another; with more decimals where it needs them.

        >>> clock = Clock(Fraction(25), Fraction(10_000_000))
        >>> [clock.like(one, 61_240) for one in ("00:00:01.5", "00:00:01:00", "1.5s", "7t")]
        ['00:01:01.24', '00:01:01:06', '61.24s', '612400000t']
        """
        if offset := _OFFSET.fullmatch(written.strip()):
            unit = self._unit(offset[3])
            most = max(_DECIMALS[offset[3]], len(offset[2] or ""))
            number = _decimal(Fraction(ms, 1000) / unit, len(offset[2] or ""), most)
            return f"{number}{offset[3]}"
        clock = _CLOCK.fullmatch(written.strip())
        if clock and clock[5]:
            whole_s, frames = ms // 1000, round(Fraction(ms % 1000, 1000) * self.frames)
            if frames >= ceil(self.frames):
                whole_s, frames = whole_s + 1, 0
            return f"{_hours(whole_s)}:{frames:0{len(clock[5])}}"
        least = len(clock[4]) if clock and clock[4] else 0
        _, dot, decimals = _decimal(Fraction(ms, 1000), least, max(3, least)).partition(".")
        return f"{_hours(ms // 1000)}{dot}{decimals}"

    def _unit(self, name: str) -> Fraction:
        """How long a unit is, in seconds."""
        return {**_SECONDS, "": Fraction(1), "f": 1 / self.frames, "t": 1 / self.ticks}[name]


def clock_of(attributes: Mapping[str, str]) -> Clock:
    """The clock that the attributes of a document's root tell."""
    over, _, under = attributes.get("frameRateMultiplier", "1 1").partition(" ")
    frames = _number(attributes.get("frameRate")) or Fraction(30)
    frames *= (_number(over) or 1) / (_number(under) or Fraction(1))
    return Clock(frames, _number(attributes.get("tickRate")) or frames)


def has_absolute_spans(root: Element, clock: Clock) -> bool:
    """Whether the times of spans count from the document's start, against TTML, as Apple's do.

    They do where more of them lie so within their paragraph than counted from its start.
    """
    absolute = relative = 0
    for paragraph in root.elements("p"):
        spans = list(paragraph.elements("span"))
        begin, end = _span(paragraph, clock) if spans else (None, None)
        if not begin or end is None:
            continue
        for span in spans:
            first, last = _span(span, clock)
            if first is not None and last is not None:
                absolute += begin <= first and last <= end
                relative += begin + last <= end
    return absolute > relative


def _span(element: Element, clock: Clock) -> tuple[int | None, int | None]:
    written = (element.attributes.get(key, "") for key in ("begin", "end"))
    begin, end = map(clock.ms, written)
    return begin, end


def _number(written: str | None) -> Fraction | None:
    """A positive number of up to 9 digits; None where it is none."""
    is_number = written is not None and re.fullmatch(r"[0-9]{1,9}", written.strip())
    return Fraction(int(written or 0)) or None if is_number else None


def _decimal(number: Fraction, least: int, most: int) -> str:
    """A number with as few decimals as tell it, between two counts of them."""
    whole, rest = divmod(round(number * 10**most), 10**most)
    decimals = f"{rest:0{most}}".rstrip("0").ljust(least, "0") if most else ""
    return f"{whole}.{decimals}" if decimals else str(whole)


def _hours(whole_s: int) -> str:
    minutes, seconds = divmod(whole_s, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}"
