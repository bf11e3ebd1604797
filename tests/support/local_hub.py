"""A model hub on this computer: the addresses a download asks for, and how they can go wrong."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple


class Fetched(NamedTuple):
    """A file that was asked for, from which byte on, and by whom."""

    name: str
    start: int
    authorization: str | None


class LocalHub(ThreadingHTTPServer):
    """Serves one revision of one repository and notes what is fetched.

    The first answer for the file `breaks_off` ends after half of it; the first for `stalls` waits
    there until `go_on` is set. `knows_ranges` False sends every file whole. Files named in `moved`
    are somewhere else: the answer is the address there.
    """

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes], revision: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files, self.revision = dict(files), revision
        self.fetched: list[Fetched] = []
        self.breaks_off: str | None = None
        self.stalls: str | None = None
        self.go_on = threading.Event()
        self.knows_ranges = True
        self.moved: dict[str, str] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def starts(self, name: str) -> list[int]:
        """From which byte on a file was fetched, each time."""
        return [fetched.start for fetched in self.fetched if fetched.name == name]


@contextmanager
def local_hub(files: Mapping[str, bytes], revision: str) -> Iterator[LocalHub]:
    """Run a hub while the block lasts."""
    with LocalHub(files, revision) as hub:
        thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield hub
        finally:
            hub.go_on.set()
            hub.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: LocalHub

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        data = self.server.files.get(name)
        if data is None or f"/resolve/{self.server.revision}/" not in self.path:
            self._answer(404, {"X-Error-Code": "EntryNotFound", "Content-Length": "0"})
        elif name in self.server.moved:
            self._answer(302, {"Location": self.server.moved[name] + self.path})
        else:
            self._file(name, data)

    def _file(self, name: str, data: bytes) -> None:
        asked = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        start = asked if self.server.knows_ranges else 0
        self.server.fetched.append(Fetched(name, start, self.headers.get("Authorization")))
        if start >= len(data):
            self._answer(416, {"Content-Range": f"bytes */{len(data)}", "Content-Length": "0"})
            return
        head = {
            "ETag": f'"{hashlib.sha1(data).hexdigest()}"',
            "Content-Length": str(len(data) - start),
        }
        if start:
            head["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        self._answer(206 if start else 200, head)
        self._body(name, data[start:])

    def _body(self, name: str, data: bytes) -> None:
        half = len(data) // 2
        self.wfile.write(data[:half])
        if self.server.breaks_off == name:
            self.server.breaks_off = None
            self.close_connection = True
            return
        if self.server.stalls == name:
            self.server.stalls = None
            self.server.go_on.wait()
            self.close_connection = True
            return
        self.wfile.write(data[half:])

    def _answer(self, status: int, head: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        self.end_headers()
