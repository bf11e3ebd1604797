"""Runs the app in this process until it is told to stop."""

from __future__ import annotations

import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from flask import Flask
from waitress.server import create_server

from editor.config import PREFIX, Settings
from editor.errors import InvalidValue
from editor.storage.uploads import MOST_PIECE_BYTES
from editor.web.http.sse_limits import STREAMS, Streams

THREADS = 32
#: Connections held open at once; waitress's own bound of 100 lets those beyond it wait for minutes.
CONNECTIONS = 800


def serve(app: Flask, settings: Settings, *, on_ready: Callable[[str], None]) -> None:
    """Answer requests until SIGINT or SIGTERM; `on_ready` is given the address to open.

    Event streams end at once then, other requests have 5 s to finish. Call it in the main thread.

    Raises:
        InvalidValue: the port cannot be used.
    """
    tune_interpreter()
    listening = _listening_socket(settings)
    server = create_server(
        app,
        sockets=[listening],
        threads=THREADS,
        # It writes bodies to a temporary file before the app is asked who sends them.
        max_request_body_size=MOST_PIECE_BYTES + 1,
        connection_limit=CONNECTIONS,
        channel_timeout=300,
        # Without a proxy nothing reads them, with one `security` does.
        clear_untrusted_proxy_headers=settings.proxies == 0,
        asyncore_use_poll=True,
        ident=None,
    )
    address = _address(settings.host, listening.getsockname()[1])
    streams: Streams = app.extensions[STREAMS]
    with _stopped_by_signals(streams):
        on_ready(address)
        server.run()
    server.close()


def tune_interpreter() -> None:
    """Let many short requests run beside a long one.

    Cycles of dead objects are looked for a hundred times less often than Python does by itself:
    opening a long transcript makes a million objects that all live, and going through them again
    and again took a third of the time. Threads take turns ten times as often: a request gives up
    its turn at each look into the database, and then waited 5 ms for the next one.
    """
    gc.set_threshold(70_000, 20, 20)
    sys.setswitchinterval(0.000_5)


def _listening_socket(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        return socket.create_server((settings.host, settings.port), family=family)
    except OSError as error:
        # Python repeats the address in its own words.
        reason = (error.strerror or str(error)).partition(" (while ")[0]
        advice = f"set {PREFIX}PORT to another, such as {_other_port(settings.port)}"
        raise InvalidValue("port", f"{settings.port} cannot be used: {reason}; {advice}") from error


def _other_port(port: int) -> int:
    return port + 1 if 1024 <= port < 65_535 else 8765


@contextmanager
def _stopped_by_signals(streams: Streams) -> Iterator[None]:
    def stop(number: int, frame: FrameType | None) -> None:
        streams.stop()
        # waitress takes this for the wish to end, and lets its threads finish.
        raise SystemExit(0)

    numbers = (signal.SIGINT, signal.SIGTERM)
    former = [signal.signal(number, stop) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, former, strict=True):
            signal.signal(number, handler)


def _address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}/"
