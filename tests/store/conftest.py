"""What holds of the store holds on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.store import Store
from tests.support.clock import Clock
from tests.support.fresh import fresh_store


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'transcripts.db'}"
    return str(request.getfixturevalue("postgres").emptied())


@pytest.fixture
def store(database_url: str, clock: Clock) -> Iterator[Store]:
    opened = fresh_store(database_url, clock=clock)
    yield opened
    opened.close()
