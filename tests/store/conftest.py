from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.store import Store, open_store


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def __call__(self) -> int:
        return self.ms


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{tmp_path / 'transcripts.db'}", clock=clock)
    yield opened
    opened.close()
