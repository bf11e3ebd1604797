"""Time in tests: a clock that is moved by hand, and waiting for what others do."""

from __future__ import annotations

import time
from collections.abc import Callable


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.ms = 1_000_000

    def __call__(self) -> int:
        return self.ms


def wait_for(condition: Callable[[], object], timeout_s: float = 20, pause_s: float = 0.02) -> None:
    """Look again and again until something holds; it fails after `timeout_s`."""
    end = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(pause_s)
