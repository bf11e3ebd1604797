"""Which tests take long: they are begun first, so that none is left to be waited for alone."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Protocol, TypeVar

#: Seconds that all tests of a file took beside others on two cores, where one takes very long; that
#: they are about right is enough.
LONG_S = {
    "tests/library/test_jobs_transcribe.py": 210,
    "tests/library/test_jobs_shared.py": 100,
    "tests/faults/test_rounds.py": 95,
    "tests/browser/test_two_people.py": 80,
    "tests/jobs/test_crash.py": 60,
    "tests/browser/test_hurry.py": 50,
    "tests/browser/test_looks.py": 45,
    "tests/browser/test_monkey.py": 35,
    "tests/browser/test_real.py": 35,
    "tests/faults/test_power.py": 20,
    "tests/deploy/test_servers.py": 20,
    "tests/faults/test_patterns.py": 20,
    "tests/faults/test_servers.py": 20,
    "tests/browser/test_beeps.py": 15,
}


class Named(Protocol):
    """A test as pytest has it."""

    @property
    def nodeid(self) -> str: ...


T = TypeVar("T", bound=Named)


def file_of(item: Named) -> str:
    """Where a test stands."""
    return item.nodeid.partition("::")[0]


def long_first(items: Sequence[T], count: int) -> list[T]:
    """The same tests, so that each of `count` equal parts begins with its share of the long ones.

    A worker begins with such a part, and takes from the end of another's when its own is done. The
    tests of a file stay together, with what they make once.
    """
    files: dict[str, list[T]] = {}
    for item in items:
        files.setdefault(file_of(item), []).append(item)
    shares: list[list[str]] = [[] for _ in range(count)]
    for name in sorted(LONG_S.keys() & files.keys(), key=lambda name: (-LONG_S[name], name)):
        min(shares, key=lambda share: sum(map(LONG_S.__getitem__, share))).append(name)
    rest = iter([item for item in items if file_of(item) not in LONG_S])
    ordered: list[T] = []
    for number, share in enumerate(shares):
        size = (len(items) - len(ordered)) // (count - number)
        # The checks keep the machine busy at first: what waits for a page comes after them.
        share.sort(key=lambda name: "/browser/" in name)
        first = [item for name in share for item in files[name]]
        ordered += [*first, *islice(rest, max(0, size - len(first)))]
    return [*ordered, *rest]
