"""How many examples the random tests try, and from which seed.

Usually they are the same each time, so that one commit gets one verdict everywhere. With FUZZ=20 in
the environment (`make fuzz`) they are others each time, and 20 times as many.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

from hypothesis import HealthCheck, settings

#: How many times more examples than usual.
FUZZ = int(os.environ.get("FUZZ", "0"))
_TIMES = FUZZ or 1
_USUAL = 100

settings.register_profile(
    "chance",
    max_examples=_USUAL * _TIMES,
    deadline=None,
    derandomize=not FUZZ,
    database=None,
    print_blob=True,
)
settings.load_profile("chance")


def examples(count: int, *accepted: HealthCheck) -> settings:
    """Decorates a random test that usually tries `count` examples; `accepted` is no complaint."""
    return settings(max_examples=count * _TIMES, suppress_health_check=accepted)


def seeds(count: int) -> Sequence[int]:
    """For tests that make up what they try by themselves: usually the first `count`."""
    if not FUZZ:
        return range(count)
    return random.SystemRandom().sample(range(10**6), count * FUZZ)
