"""Faults injected and survived."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from tests.faults.rounds import Life, kills_during_start

LIVES, KILLS_A_LIFE, STARTS = 15, 20, 30


def rows() -> Iterator[tuple[str, str]]:
    """Kills of server, worker and both, with everything looked at after each."""
    counts, began = Counter[str](), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(LIVES):
            counts += Life(Path(folder) / f"{seed}", seed).run(KILLS_A_LIFE)
        kills_during_start(Path(folder) / "starts", seed=0, round_count=STARTS)
    took = time.monotonic() - began
    told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    yield "killed and survived, nothing lost", f"{told}, {STARTS} starts; {took:.0f} s"


def main() -> None:
    for name, figures in rows():
        print(f"{name:44} {figures}", flush=True)


if __name__ == "__main__":
    main()
