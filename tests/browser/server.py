"""The real server on a free port, with the stand-in for the worker."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from waitress.server import create_server

from editor.accounts import Accounts
from editor.config import PREFIX, Settings
from editor.store import Store
from editor.web import Streams, create_app
from tests.support.fresh import fresh_store
from tests.support.stand_in import Listener, opened_here, services_for

STATIC = Path(__file__).resolve().parents[2] / "static"


@dataclass(frozen=True)
class Server:
    """A server that runs; `url` has no slash at its end."""

    url: str
    store: Store
    pipeline: Listener
    accounts: Accounts


@contextmanager
def running_server(
    data_dir: Path, heard: dict[str, str], *, port: int = 0, login: bool = False
) -> Iterator[Server]:
    """Serve the app; `heard` says which written words are heard otherwise."""
    environ = {"DATA": str(data_dir), "LOGIN": str(int(login)), "LISTEN_AGAIN": "off"}
    settings = Settings.from_env({f"{PREFIX}{name}": value for name, value in environ.items()})
    store = fresh_store(settings.database_url)
    pipeline = Listener(settings, store, heard)
    streams = Streams()
    given = services_for(settings, store, pipeline.queue)
    app = create_app(given, streams=streams, static=STATIC)
    server = create_server(app, host="127.0.0.1", port=port, threads=16, ident=None)
    thread = threading.Thread(target=_run_until, args=(server, is_over := threading.Event()))
    thread.start()
    url = f"http://127.0.0.1:{server.effective_port}"
    try:
        with opened_here():
            yield Server(url, store, pipeline, given.accounts)
    finally:
        streams.stop()
        is_over.set()
        server.pull_trigger()
        thread.join()
        # A channel closes what it was sending only where its own end is handled.
        for channel in list(server.active_channels.values()):
            channel.handle_close()
        server.asyncore.close_all(map=server._map, ignore_all=True)
        pipeline.close()
        store.close()


def _run_until(server: Any, is_over: threading.Event) -> None:
    """Serve until then; what closes the sockets waits for it, so that none is waited for then."""
    is_readable = server.readable

    def readable() -> bool:
        if is_over.is_set():
            raise SystemExit
        return bool(is_readable())

    server.readable = readable
    server.run()
