"""A model hub on this computer: the few addresses the hub's library asks for."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class LocalHub(ThreadingHTTPServer):
    """Serves one revision of one repository; `fetched` lists the files sent, by name.

    The first answer for the file `breaks_off` ends after half of it.
    """

    daemon_threads = True

    def __init__(self, files: Mapping[str, bytes], revision: str, breaks_off: str | None) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files, self.revision, self.breaks_off = files, revision, breaks_off
        self.fetched: list[str] = []

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


@contextmanager
def local_hub(
    files: Mapping[str, bytes], revision: str, *, breaks_off: str | None = None
) -> Iterator[LocalHub]:
    """Run a hub while the block lasts."""
    with LocalHub(files, revision, breaks_off) as hub:
        thread = threading.Thread(target=hub.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield hub
        finally:
            hub.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    server: LocalHub

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self._file(with_body=False)

    def do_GET(self) -> None:
        if self.path.startswith("/api/models/") and "/tree/" in self.path:
            self._tree()
        else:
            self._file(with_body=True)

    def _tree(self) -> None:
        entries = [
            {"type": "file", "path": name, "size": len(data), "oid": hashlib.sha1(data).hexdigest()}
            for name, data in self.server.files.items()
        ]
        self._answer(200, json.dumps(entries).encode(), {"Content-Type": "application/json"})

    def _file(self, *, with_body: bool) -> None:
        name = self.path.rpartition("/")[2]
        data = self.server.files.get(name)
        if data is None or f"/resolve/{self.server.revision}/" not in self.path:
            self._answer(404, b"", {"X-Error-Code": "EntryNotFound"})
            return
        head = {
            "ETag": f'"{hashlib.sha1(data).hexdigest()}"',
            "X-Repo-Commit": self.server.revision,
            "Accept-Ranges": "bytes",
        }
        start = int(self.headers.get("Range", "bytes=0-").removeprefix("bytes=").rstrip("-"))
        if start:
            head["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
        sent = data[start:]
        if with_body:
            self.server.fetched.append(name)
            if self.server.breaks_off == name:
                self.server.breaks_off = None
                sent = sent[: len(sent) // 2]
        self._answer(206 if start else 200, sent, head, announced=len(data) - start)

    def _answer(
        self, status: int, body: bytes, head: Mapping[str, str], announced: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in head.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if announced is None else announced))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
