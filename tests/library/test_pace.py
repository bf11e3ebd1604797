from __future__ import annotations

from editor.library.pace import Pace, paces
from editor.store import Worked

SIZES = {"base": 100, "small": 300, "large": 2000}


def test_pace_is_the_middle_of_the_newest_and_others_are_told_by_their_size() -> None:
    took_ms = [60_000, 30_000, 90_000, 60_000, 60_000, 5_000, 5_000, 5_000]
    worked = [Worked({"model": "small"}, ms, 600_000) for ms in took_ms]
    assert paces(SIZES, worked) == {
        "base": Pace(0.1 / 300 * 100, False),
        "small": Pace(0.1, True),
        "large": Pace(0.1 / 300 * 2000, False),
    }


def test_short_recordings_trusted_texts_and_unknown_models_tell_nothing() -> None:
    unheard = paces(SIZES, [])
    worked = [
        Worked({"model": "base"}, 50_000, 20_000),
        Worked({"model": "base", "trusted": True}, 5_000, 600_000),
        Worked({"model": "/models/own"}, 5_000, 600_000),
        Worked({}, 5_000, 600_000),
    ]
    assert paces(SIZES, worked) == unheard
    assert not any(pace.measured for pace in unheard.values())
    assert unheard["base"].share < unheard["small"].share < unheard["large"].share
