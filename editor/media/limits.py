"""How much a recording may ask for, and the way to hold a process to it where the system can."""

from __future__ import annotations

import sys

from editor.errors import UnreadableMedia

#: Longer recordings are refused, and with them sound that never ends.
MOST_HOURS = 24
MOST_MS = MOST_HOURS * 3_600_000
#: Films have a dozen streams; a container of thousands is made to fill the memory.
MOST_STREAMS = 100
MOST_MEMORY_BYTES = 2 * 1024**3
MOST_FILE_BYTES = 8 * 1024**3
#: Decoding a day of sound takes a quarter of it on a slow computer.
MOST_CPU_S = 3600
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


def limit_this_process() -> None:
    """Bound memory, time and file size of this process; does nothing on Windows.

    macOS knows these limits and does not hold to the one on memory.
    """
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MOST_CPU_S),
        (resource.RLIMIT_FSIZE, MOST_FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(kind, (wanted, hard))
        except (ValueError, OSError) as error:
            print(f"limit {kind} cannot be set: {error}", file=sys.stderr)
