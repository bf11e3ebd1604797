"""Times as numbers of frames, at the rates of film and television, and as their timecode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """Frames a second as a fraction, and how many timecode counts; drop-frame leaves some out."""

    frames: int
    seconds: int
    counted: int
    is_drop: bool = False

    def frame(self, time_ms: int) -> int:
        """The frame nearest to a time, counted from 0."""
        return (2 * time_ms * self.frames + 1000 * self.seconds) // (2000 * self.seconds)

    def time_ms(self, frame: int) -> int:
        """When a frame begins, to the nearest millisecond."""
        return (2000 * frame * self.seconds + self.frames) // (2 * self.frames)

    def on_frames(self, start_ms: int, end_ms: int) -> tuple[int, int]:
        """A span from the beginning of a frame to that of another; it lasts one at least.

        >>> RATES["25"].on_frames(1_019, 1_022)
        (1000, 1040)
        """
        first = self.frame(start_ms)
        return self.time_ms(first), self.time_ms(max(self.frame(end_ms), first + 1))

    def timecode(self, frame: int) -> str:
        """A frame as `HH:MM:SS:FF`, or `HH:MM:SS;FF` in drop-frame timecode.

        SMPTE 12M: two numbers are left out each minute, but not each tenth.

        >>> drop = RATES["29.97df"]
        >>> [drop.timecode(drop.frame(time_ms)) for time_ms in (4004, 60_060, 3_600_063)]
        ['00:00:04;00', '00:01:00;02', '01:00:00;02']
        >>> RATES["25"].timecode(90_001)
        '01:00:00:01'
        """
        if self.is_drop:
            tens, rest = divmod(frame, 17_982)
            frame += 18 * tens + 2 * max(0, (rest - 2) // 1798)
        seconds, left = divmod(frame, self.counted)
        minutes, seconds = divmod(seconds, 60)
        hours, minutes = divmod(minutes, 60)
        return f"{hours:02}:{minutes:02}:{seconds:02}{';' if self.is_drop else ':'}{left:02}"


RATES = {
    "23.976": Rate(24_000, 1001, 24),
    "24": Rate(24, 1, 24),
    "25": Rate(25, 1, 25),
    "29.97": Rate(30_000, 1001, 30),
    "29.97df": Rate(30_000, 1001, 30, is_drop=True),
    "30": Rate(30, 1, 30),
    "50": Rate(50, 1, 50),
    "59.94": Rate(60_000, 1001, 60),
    "60": Rate(60, 1, 60),
}


def frames_kept(kept_ms: Iterable[tuple[int, int]], rate: Rate) -> Iterator[tuple[int, int]]:
    """Spans of time as frames, the first and the one behind the last; none of which is empty."""
    for start_ms, end_ms in kept_ms:
        first, end = rate.frame(start_ms), rate.frame(end_ms)
        if end > first:
            yield first, end
