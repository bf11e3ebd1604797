"""Times of Advanced SubStation, and the fields of a line of dialogue, as they are written."""

from __future__ import annotations

FIELDS = "Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text"


def hundredths(ms: int) -> int:
    """A time in hundredths of a second."""
    return (ms + 5) // 10


def written_time(hundredths: int) -> str:
    """Hundredths of a second as `H:MM:SS.CC`."""
    seconds, rest = divmod(hundredths, 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{rest:02}"
