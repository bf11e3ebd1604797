"""A line of times of a caption, in all the ways that people and programs write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from editor.timecode import hours_from_digits

_PARTS = r"(-)?(?:(\d+)\s*:\s*)?(\d{1,2})\s*:\s*(\d{1,2})"
_FRACTION = r"(?:\s*[.,;]\s*|:(?=\d{3}))(\d+)"
_ARROW = r"\s*(?:(?:[-=~‐-―−]\s?)*(?:>+|&gt;)|[→⟶➔➜⇒])\s*"
#: Brackets or stars around a time or a number.
_OPEN, _CLOSE = r"[\[(*]*", r"[\])*]*"
_NUMBER = rf"{_OPEN}#?\d+(?:[.):]|{_CLOSE})"


def _pattern(time: str, arrow: str) -> re.Pattern[str]:
    first, last = rf"{_OPEN}{time}{_CLOSE}", rf"{_OPEN}{time}(?!\d){_CLOSE}"
    return re.compile(rf"\s*(?:{_NUMBER}\s+)?{first}{arrow}{last}\s*(.*)", re.DOTALL)


_TIMING = _pattern(rf"{_PARTS}(?:{_FRACTION})?", _ARROW)
#: Without an arrow, only times to the fraction of a second are surely those of a caption.
_SPAN = _pattern(_PARTS + _FRACTION, r"\s*(?:[-‐-―−]+|to)\s*")
#: Times with other signs between and behind their parts, as in 00.01.02,500 or 00h01m02s500.
_ODD_TIME = re.compile(
    r"(?<!\d)(\d+)\s*(::?|[.;hH-])\s*(\d{1,2})\s*(?:\2|[mM])\s*(\d{1,2})"
    r"(?:s\s*|\s*[.,;:'’_،٫]\s*|\s)(\d{3})(?!\d)"
)
_NUMBER_LINE = re.compile(rf"\s*{_NUMBER}\s*")
_MEANT_AS_TIMING = re.compile(r"\s*[-\d]\S*\s*-->|.*-->\s*[-\d]\S*:", re.DOTALL)
#: Marks of a direction or of a file's first byte, which show nothing.
_UNSEEN = re.compile("[\ufeff\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Timing:
    """A line of times; `line` counts from 1. `end_ms` may lie before `start_ms`."""

    line: int
    start_ms: int
    end_ms: int
    settings: str


def timing_of(line: str, number: int) -> Timing | None:
    """Read a line of times: hours, fractions and white space as the writer liked them.

    >>> timing_of("0:01,5 --> 0:02.25 X1:0", 3)
    Timing(line=3, start_ms=1500, end_ms=2250, settings='X1:0')
    """
    match = _match(line)
    if match is None:
        return None
    sign, hours, *parts = match.group(1, 2, 3, 4, 5)
    start_ms, end_ms = _ms(sign, hours, *parts), _ms(*match.group(6, 7, 8, 9, 10))
    if start_ms is not None and end_ms is not None and start_ms > end_ms and hours:
        # The caption's number may be glued to its hours.
        start_ms = min(start_ms, _ms(sign, hours[-2:], *parts) or start_ms)
    if start_ms is None or end_ms is None:
        return None
    return Timing(number, start_ms, end_ms, match[11])


def _match(line: str) -> re.Match[str] | None:
    plain = _plain(line)
    found = _TIMING.fullmatch(plain) or _SPAN.fullmatch(plain)
    return found or _TIMING.fullmatch(_ODD_TIME.sub(r"\1:\3:\4,\5", plain))


def _plain(line: str) -> str:
    """A line without unseen marks and with full-width digits and colons made plain."""
    return line if line.isascii() else unicodedata.normalize("NFKC", _UNSEEN.sub("", line))


def _ms(
    sign: str | None, hours: str | None, minutes: str, seconds: str, fraction: str | None
) -> int | None:
    """A time in ms; negative ones count as 0. What is rounded up runs over, as in 1:60,1000.

    None where minutes or seconds exceed 60.
    """
    whole_minutes, whole_s = int(minutes), int(seconds)
    if whole_minutes > 60 or whole_s > 60:
        return None
    if hours:
        whole_minutes += 60 * hours_from_digits(hours)
    ms = 1000 if fraction == "1000" else int(fraction[:3].ljust(3, "0")) if fraction else 0
    return 0 if sign else (60 * whole_minutes + whole_s) * 1000 + ms


def runs_over(line: str) -> bool:
    """Whether a line of times holds one that runs over: 60 seconds or minutes, 1000 ms."""
    match = _match(line)
    if match is None:
        return False
    parts = match.groups()[:10]
    sixties = (parts[number] for number in (2, 3, 7, 8))
    return "60" in sixties or "1000" in (parts[4], parts[9])


def is_head(line: str) -> bool:
    """Whether a line is one of times, or meant as one that cannot be read."""
    return _MEANT_AS_TIMING.match(line) is not None or _match(line) is not None


def is_number(line: str) -> bool:
    """Whether a line is nothing but the number of a caption, as people write one."""
    return line.isdecimal() or _NUMBER_LINE.fullmatch(_plain(line)) is not None
