"""Turns at what takes a server's threads for long: few at once, and a line that is not endless."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from editor.errors import StoreBusy


class Turns:
    """Lets `at_once` work, and so many more wait that `most` are here; whoever comes then may not.

    `reason` is why, for people.
    """

    def __init__(self, at_once: int, most: int, reason: str) -> None:
        self._working, self._line = threading.Semaphore(at_once), threading.Semaphore(most)
        self._reason = reason

    @contextmanager
    def taken(self) -> Iterator[None]:
        """Wait for a turn, and have it.

        Raises:
            StoreBusy: too many wait already.
        """
        if not self._line.acquire(blocking=False):
            raise StoreBusy(self._reason)
        try:
            with self._working:
                yield
        finally:
            self._line.release()
