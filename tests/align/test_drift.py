from __future__ import annotations

import json
import random
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.align.drift import Drift, DriftPart, drift_of


def captions(
    late_ms: list[tuple[int, int]], *, per_hour: int = 0, count: int = 300, seed: int = 1
) -> list[tuple[int, int]]:
    """Pairs of a caption every 4 s or so, late by parts of the imported time; one in ten is off."""
    chance = random.Random(seed)
    pairs, at = [], 0
    for _ in range(count):
        at += chance.randrange(2000, 6000)
        late = [late for start, late in late_ms if start <= at][-1] + at * per_hour / 3_600_000
        off = chance.gauss(0, 60) if chance.random() < 0.9 else chance.uniform(-4000, 4000)
        pairs.append((at, round(at - late + off)))
    return pairs


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize(
    ("late", "per_hour"),
    [
        ([(0, 0)], 0),
        ([(0, 1200)], 0),
        ([(0, -800), (500_000, 3500)], 0),
        ([(0, 500), (300_000, 1500), (800_000, -1000)], 0),
        ([(0, 300)], 3600),
        ([(0, 0)], -150_000),
        ([(0, 0), (600_000, 15_000)], 150_000),
    ],
)
def test_constants_slopes_and_jumps_are_found(
    late: list[tuple[int, int]], per_hour: int, seed: int
) -> None:
    pairs = captions(late, per_hour=per_hour, seed=seed)
    drift = drift_of(pairs)
    assert drift is not None
    assert len(drift.parts) == len(late)
    assert abs(drift.late_ms_per_hour - per_hour) <= 300
    for part, (start, _) in zip(drift.parts, late, strict=True):
        assert abs(part.from_ms - start) <= 12_000
    exact = [
        t - [x for start, x in late if start <= t][-1] - t * per_hour / 3.6e6 for t, _ in pairs
    ]
    errors = [abs(drift.media_ms(t) - true) for (t, _), true in zip(pairs, exact, strict=True)]
    far = [e for e, true in zip(errors, exact, strict=True) if e > 100 and true > 0]
    assert len(far) <= 4


def test_drift_is_told_in_a_sentence() -> None:
    drift = drift_of(captions([(0, 1200), (600_000, 3500)]))
    assert drift is not None
    first, second = (round(part.late_ms / 100) / 10 for part in drift.parts)
    assert (first, second) == (1.2, 3.5)
    assert drift.sentence().startswith("Your captions were 1.2 s late from 0:00, 3.5 s late from ")
    assert Drift((DriftPart(0, -300),), -3600, 9).sentence() == (
        "Your captions were 0.3 s early from 0:00 on, falling another 3.6 s ahead every hour."
    )


def test_good_captions_need_no_repair_and_few_tell_one_delay_if_they_agree() -> None:
    drift = drift_of(captions([(0, 0)]))
    assert drift is not None
    assert not drift.is_noticed
    assert [drift.media_ms(ms) for ms in (0, 1234, 999_999)] == [0, 1234, 999_999]
    few = drift_of([(5000, 3000), (9000, 7020), (12_000, 9990)])
    assert few == Drift((DriftPart(0, 2000),), 0, 3)
    assert drift_of([(5000, 3000), (9000, 7020), (12_000, 12_000)]) is None
    assert drift_of([(5000, 3000)]) is None


@given(st.lists(st.tuples(st.integers(0, 10**7), st.integers(0, 10**7)), min_size=8, max_size=60))
def test_any_pairs_give_a_drift_that_survives_json(pairs: list[tuple[int, int]]) -> None:
    drift = drift_of(pairs)
    assert drift is not None
    assert drift.parts[0].from_ms == 0
    assert [p.from_ms for p in drift.parts] == sorted({p.from_ms for p in drift.parts})
    assert Drift.from_json(json.loads(json.dumps(asdict(drift)))) == drift
    assert drift.media_ms(5000) >= 0
