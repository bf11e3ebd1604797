"""A lock that is given in the order in which it is asked for."""

from __future__ import annotations

from collections import deque
from threading import Lock
from types import TracebackType


class FairLock:
    """Threads take turns: none waits for more than those that came before it.

    `threading.Lock` may give itself to whoever comes by, again and again.
    """

    def __init__(self) -> None:
        self._own = Lock()
        self._is_taken = False
        self._waiting: deque[Lock] = deque()

    def __enter__(self) -> None:
        with self._own:
            if not self._is_taken:
                self._is_taken = True
                return
            turn = Lock()
            turn.acquire()
            self._waiting.append(turn)
        turn.acquire()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._own:
            if self._waiting:
                self._waiting.popleft().release()
            else:
                self._is_taken = False
