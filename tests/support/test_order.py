from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tests.support.order import LONG_S, file_of, long_first

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, order=True)
class Item:
    """A test of pytest's."""

    nodeid: str


def test_each_worker_begins_with_its_share_and_no_test_is_lost() -> None:
    files = [f"tests/test_{n}.py" for n in range(40)] + list(LONG_S)
    items = [Item(f"{name}::test_{n}[a::b]") for name in sorted(files) for n in range(7)]
    for count in (1, 3, 4):
        ordered = long_first(items, count)
        assert sorted(ordered) == sorted(items)
        firsts = [ordered[len(items) * n // count + 1] for n in range(count)]
        assert all(file_of(item) in LONG_S for item in firsts)
        short = [item for item in items if file_of(item) not in LONG_S]
        assert [item for item in ordered if file_of(item) not in LONG_S] == short
    assert sorted(long_first(items[:2], 4)) == sorted(items[:2])


def test_the_files_that_take_long_are_there() -> None:
    assert [name for name in LONG_S if not (ROOT / name).is_file()] == []
