"""Server and worker killed again and again while a person works: nothing acknowledged is lost."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.faults.rounds import Life, kills_during_migration

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are killed by signals")


def test_nothing_acknowledged_is_lost_over_seven_kills(tmp_path: Path) -> None:
    counts = Life(tmp_path / "data", seed=7).run(7)
    assert counts["kills"] == counts["survived"] == 7
    assert counts["server killed"] >= 2
    assert counts["worker killed"] >= 2
    # On a slow machine few are made before each kill.
    assert counts["edits acknowledged"] > 5
    assert counts["jobs done"] >= 2
    assert counts["during clean"] >= 1


def test_a_migration_that_was_killed_is_made_good_by_the_next_start(tmp_path: Path) -> None:
    kills_during_migration(tmp_path, seed=1, round_count=2)
