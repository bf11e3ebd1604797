"""Milliseconds and their written forms. Every time in the program is an integer in ms."""

from __future__ import annotations

import re

_LOOSE = re.compile(r"(?:(\d{1,3})[:;])?(\d{1,3})[:;](\d\d?)(?:[.,](\d{1,9})|([:;])(\d{1,3}))?")
#: Frames a second: of drop-frame timecode, and where nothing tells the rate.
_NTSC, _PAL = 30_000 / 1001, 25
_WRITTEN = re.compile(r"(?:(\d+):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})")
#: What more hours than these count as: their ms are the most that JSON's readers all keep exactly.
MOST_HOURS = 2_500_000_000


def timestamp_from_ms(time_ms: int, *, decimal: str = ".") -> str:
    """Write a time as `HH:MM:SS.mmm`; hours grow as needed.

    >>> timestamp_from_ms(3_723_004)
    '01:02:03.004'
    >>> timestamp_from_ms(61_250, decimal=",")
    '00:01:01,250'
    """
    if time_ms < 0:
        raise ValueError(f"a written time cannot be negative: {time_ms} ms")
    seconds, ms = divmod(time_ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{seconds:02}{decimal}{ms:03}"


def ms_from_timestamp(text: str) -> int:
    """Read `H:MM:SS.mmm` or `MM:SS,mmm`, with comma or full stop.

    >>> ms_from_timestamp("01:02:03,004"), ms_from_timestamp("02:03.5")
    (3723004, 123500)

    Raises:
        ValueError: the text is not a time, or its minutes or seconds exceed 59.
    """
    match = _WRITTEN.fullmatch(text.strip())
    if match is None:
        raise ValueError(f"not a time: {text!r}")
    hours, minutes, seconds, fraction = match.groups()
    if int(minutes) > 59 or int(seconds) > 59:
        raise ValueError(f"minutes and seconds end at 59: {text!r}")
    whole = hours_from_digits(hours or "0") * 3600 + int(minutes) * 60 + int(seconds)
    return whole * 1000 + int(fraction.ljust(3, "0"))


def ms_from_timecode(text: str) -> int | None:
    """Read a time as people and editors write it, or None: hours, fractions and frames may lack.

    Frames behind `;` are drop-frame timecode (SMPTE 12M: 29.97 a second), others 25 a second.

    >>> ms_from_timecode("0:03"), ms_from_timecode("1:02:15"), ms_from_timecode("00:01.5")
    (3000, 3735000, 1500)
    >>> ms_from_timecode("00;00;04;00"), ms_from_timecode("00:00:04:05"), ms_from_timecode("9:75")
    (4004, 4200, None)
    """
    match = _LOOSE.fullmatch(text.strip())
    if match is None or int(match[3]) > 59 or (match[1] and int(match[2]) > 59):
        return None
    whole = (int(match[1] or 0) * 60 + int(match[2])) * 60 + int(match[3])
    if match[6] is None:
        return whole * 1000 + round(float(f"0.{match[4] or 0}") * 1000)
    if ";" not in text:
        return whole * 1000 + round(1000 * int(match[6]) / _PAL)
    # Two numbers are left out each minute, but not each tenth.
    minutes = whole // 60
    frames = 30 * whole + int(match[6]) - 2 * (minutes - minutes // 10)
    return round(1000 * frames / _NTSC)


def hours_from_digits(digits: str) -> int:
    """Read a number of hours of any length, up to `MOST_HOURS`.

    >>> hours_from_digits("007"), hours_from_digits("9" * 5000)
    (7, 2500000000)
    """
    return int(digits) if len(digits) < 10 else min(int(digits.lstrip("0")[:11] or 0), MOST_HOURS)


def clock_from_ms(time_ms: int) -> str:
    """Write a time for people: `M:SS`, or `H:MM:SS` from an hour on.

    >>> clock_from_ms(65_400), clock_from_ms(3_600_000)
    ('1:05', '1:00:00')
    """
    minutes, seconds = divmod(time_ms // 1000, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
