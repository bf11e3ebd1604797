"""Times to the frame in lines of times, as SRT has them where an editor wrote timecode."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.formats.frame_rate import RATES
from editor.timecode import ms_from_timecode, ms_from_timestamp, timestamp_from_ms

#: A time to the frame, as in 00:01:08:12.
_FRAMES = re.compile(r"(?<![\d:])(\d{1,3}:\d{1,2}:\d{1,2}):(\d{2})(?![\d:.,])")
#: Drop-frame timecode: 29.97 frames a second, of which some numbers are left out.
_DROPPED = re.compile(r"(?<![\d:;])(\d{1,3}:\d\d:\d\d;([0-2]\d))(?![\d:;.,])")
DROP_RATE = 29.97
_DROP = RATES["29.97df"]
_TO_THE_MS = re.compile(r"(\d{1,3}:\d{1,2}:\d{1,2})[,.](\d{3})(?!\d)")
#: The usual numbers of frames a second; the least that has all of a file's is taken.
_FRAME_RATES = (24, 25, 30, 50, 60, 100)


def without_frames(lines: Sequence[str]) -> tuple[list[str], float]:
    """Lines with times to the frame as times to the millisecond, and how many frames a second has.

    No frames are 0 a second, drop-frame timecode has 29.97.
    """
    arrows = [line for line in lines if "-->" in line]
    # Behind a semicolon stand decimals, too.
    if arrows and all(len(_DROPPED.findall(line)) == 2 for line in arrows):
        plain = [_DROPPED.sub(_dropped_in_ms, x) if "-->" in x else x for x in lines]
        return plain, DROP_RATE
    timed = [at for at, line in enumerate(lines) if "-->" in line and _FRAMES.search(line)]
    if not timed:
        return list(lines), 0
    greatest = max(int(frame) for at in timed for _, frame in _FRAMES.findall(lines[at]))
    rate = next(rate for rate in _FRAME_RATES if rate > greatest)

    def in_ms(found: re.Match[str]) -> str:
        return f"{found[1]},{min(999, round(int(found[2]) * 1000 / rate)):03}"

    plain = list(lines)
    for at in timed:
        plain[at] = _FRAMES.sub(in_ms, lines[at])
    return plain, rate


def _dropped_in_ms(found: re.Match[str]) -> str:
    return timestamp_from_ms(ms_from_timecode(found[1]) or 0, decimal=",")


def with_frames(line: str, rate: float) -> str:
    """A line of times to the millisecond with frames in their place.

    >>> with_frames("00:00:01,480 --> 00:00:02,999", 25)
    '00:00:01:12 --> 00:00:02:24'
    """

    def in_frames(found: re.Match[str]) -> str:
        if rate == DROP_RATE:
            return _DROP.timecode(_DROP.frame(ms_from_timestamp(f"{found[1]}.{found[2]}")))
        return f"{found[1]}:{min(int(rate) - 1, round(int(found[2]) * rate / 1000)):02}"

    return _TO_THE_MS.sub(in_frames, line)
