"""How many examples the random tests try, and from which seed.

Usually they are the same each time, so that one commit gets one verdict everywhere, and half as
many as a test names: the suite has no time for more. With FUZZ=20 in the environment (`make fuzz`)
they are others each time, and 20 times as many as named.
"""

from __future__ import annotations

import os
import random
from collections.abc import Sequence

from hypothesis import HealthCheck, settings

#: How many times more examples than usual.
FUZZ = int(os.environ.get("FUZZ", "0"))
_USUAL = 100


def _times(count: int) -> int:
    return count * FUZZ if FUZZ else (count + 1) // 2


settings.register_profile(
    "chance",
    max_examples=_times(_USUAL),
    deadline=None,
    derandomize=not FUZZ,
    database=None,
    print_blob=True,
)
settings.load_profile("chance")


def examples(count: int, *accepted: HealthCheck) -> settings:
    """Decorates a random test that tries `count` examples; `accepted` is no complaint."""
    return settings(max_examples=_times(count), suppress_health_check=accepted)


def seeds(count: int) -> Sequence[int]:
    """For tests that make up what they try by themselves: usually the first of them."""
    if not FUZZ:
        return range(_times(count))
    return random.SystemRandom().sample(range(10**6), _times(count))
