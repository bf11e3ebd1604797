"""Faults injected and survived. Run as `python -m tests.bench.faults [KILLS] [FIRST SEED]`."""

from __future__ import annotations

import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.faults.rounds import Life, kills_during_migration

KILLS, KILLS_A_LIFE = 100, 30
#: One kill in so many falls on a migration.
MIGRATIONS_IN = 10


def rows(kill_count: int = KILLS, first_seed: int = 0) -> Iterator[tuple[str, str]]:
    """Kills of server, worker and both, with everything looked at after each."""
    counts, began = Counter[str](), time.monotonic()
    migrations = kill_count // MIGRATIONS_IN
    with tempfile.TemporaryDirectory() as folder:
        for seed, kills in enumerate(_lives(kill_count - migrations), first_seed):
            life = Life(Path(folder) / f"{seed}", seed)
            with _told_if_lost(seed):
                life.run(kills)
            counts += life.counts
        for seed in range(first_seed, first_seed + migrations):
            at = Path(folder) / f"migration-{seed}"
            counts["kills"] += 1
            with _told_if_lost(seed):
                counts["unfinished migrations"] += kills_during_migration(at, seed, round_count=1)
                counts.update(("survived", "during migration"))
    injected, survived = counts.pop("kills"), counts.pop("survived")
    told = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    took = time.monotonic() - began
    yield (
        "kill -9 injected / survived",
        f"{injected} / {survived} ({told}; {took:.0f} s; more: python -m tests.bench.faults 300)",
    )


def _lives(kill_count: int) -> Iterator[int]:
    """How many kills each data folder goes through."""
    while kill_count > 0:
        yield min(KILLS_A_LIFE, kill_count)
        kill_count -= KILLS_A_LIFE


@contextmanager
def _told_if_lost(seed: int) -> Iterator[None]:
    """Where something was lost, tell the seed that shows it again, and go on."""
    try:
        yield
    except AssertionError as error:
        print(f"seed {seed}: {error}", file=sys.stderr, flush=True)


def main() -> None:
    for name, figures in rows(*map(int, sys.argv[1:3])):
        print(f"{name:44} {figures}", flush=True)


if __name__ == "__main__":
    main()
