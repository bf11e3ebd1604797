"""A library to put into files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.config import Settings
from editor.store import Store
from tests.support.fresh import fresh_store
from tests.support.library import settings_for


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_for(tmp_path / "data")


@pytest.fixture
def library(settings: Settings) -> Iterator[Store]:
    opened = fresh_store(settings.database_url)
    yield opened
    opened.close()
