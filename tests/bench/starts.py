"""How much CPU a start takes, which people wait for at each command and each upload."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from statistics import median

from editor.sandbox import python

#: What is started, by what people call it.
STARTS = {
    "--help": python("-m", "editor", "--help"),
    "convert": python("-m", "editor", "convert", "--help"),
    "serve": python("-m", "editor", "serve", "--help"),
    "reader of texts": python("-c", "import editor.formats.sandbox_child"),
    "decoder": python("-c", "import editor.media.sandbox_child"),
}


def rows() -> Iterator[tuple[str, str]]:
    """Seconds of CPU until each is ready, the median of five starts."""
    taken = (
        f"{name} {median(_cpu_s(command) for _ in range(5)):.2f} s"
        for name, command in STARTS.items()
    )
    yield "CPU to start", ", ".join(taken)


def _cpu_s(command: list[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
