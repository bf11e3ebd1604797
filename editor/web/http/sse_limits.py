"""The bounds of event streams: how many, how often they look, and when they end."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import cast

from flask import current_app
from werkzeug.exceptions import ServiceUnavailable

STREAMS = "transcript-editor-streams"


@dataclass(frozen=True)
class Streams:
    """Shared by all event streams of one server.

    Each stream holds a thread of the server, so only `limit` are open at once.
    """

    poll_s: float = 0.3
    keep_alive_s: float = 10.0
    idle_s: float = 60.0
    #: How often it is asked anew whether who listens may still do so.
    permission_s: float = 2.0
    limit: int = 16
    stopping: threading.Event = field(default_factory=threading.Event)
    _places: threading.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_places", threading.Semaphore(self.limit))

    def enter(self) -> None:
        """Take a place; `leave` gives it back.

        Raises:
            ServiceUnavailable: all are taken.
        """
        if not self._places.acquire(blocking=False):
            raise ServiceUnavailable("too many event streams are open; ask for changes instead")

    def leave(self) -> None:
        """Give a place back."""
        self._places.release()

    def stop(self) -> None:
        """End all streams soon."""
        self.stopping.set()


def streams() -> Streams:
    """The streams of the app that answers the current request."""
    return cast(Streams, current_app.extensions[STREAMS])
