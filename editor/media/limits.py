"""How much a recording may ask for."""

from __future__ import annotations

import os
import sys

from editor.errors import UnreadableMedia
from editor.sandbox import Limits

#: Longer recordings are refused, and with them sound that never ends.
MOST_HOURS = 24
MOST_MS = MOST_HOURS * 3_600_000
#: Films have a dozen streams; a container of thousands is made to fill the memory.
MOST_STREAMS = 100
#: Of a larger film a copy to play has the sound alone: it would take as much room again.
MOST_FILM_BYTES = 4 * 1024**3
#: Decoding a day of sound takes a quarter of this on a slow computer.
LIMITS = Limits(memory_bytes=2 * 1024**3, cpu_s=3600, file_bytes=8 * 1024**3)
#: Encoding a film takes each core for hours, and memory for its frames.
FILM_LIMITS = Limits(memory_bytes=8 * 1024**3, cpu_s=7 * 24 * 3600, file_bytes=64 * 1024**3)
PROBE_S = 60.0
#: So long nothing may come of it, on a busy computer too.
SILENT_S = 300.0


def check_length(name: str, length_ms: int) -> None:
    """Refuse what is longer than any recording.

    Raises:
        UnreadableMedia: it is.
    """
    if length_ms > MOST_MS:
        raise UnreadableMedia(
            name,
            f"it is longer than {MOST_HOURS} hours.",
            "Cut it into parts with another program.",
        )


def give_way() -> None:
    """Let all other processes go first; does nothing on Windows."""
    if sys.platform != "win32":
        os.nice(19)
