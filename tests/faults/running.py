"""The real server and its worker as processes that can be killed, and requests to them."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from base64 import b64encode
from collections.abc import Mapping
from email.message import Message
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
START_S = 60.0


class Gone(Exception):
    """Nobody answered: the server was killed."""


class Running:
    """One server with its worker on a data folder; `program` is the module that is run."""

    def __init__(
        self,
        data_dir: Path,
        environ: Mapping[str, str] | None = None,
        *,
        program: str = "tests.faults.program",
    ) -> None:
        self.data_dir = data_dir
        self.errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-m", program, "serve", "--port", "0"],
            stdout=subprocess.PIPE,
            stderr=self.errors,
            cwd=ROOT,
            env={**os.environ, "TRANSCRIPT_EDITOR_DATA": str(data_dir), **(environ or {})},
        )
        self.port = 0

    @property
    def process_id(self) -> int:
        """Of the server; its worker is a child."""
        return self._process.pid

    def wait_ready(self) -> None:
        """Wait for the address it prints."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline().decode()
        found = re.search(r"127\.0\.0\.1:(\d+)", line)
        assert found, f"{line!r}\n{self.said()}"
        self.port = int(found[1])

    def said(self) -> str:
        """What it wrote to the standard error so far."""
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def kill(self) -> None:
        """End the server without warning; its worker notices by itself."""
        self._process.kill()
        self._process.wait()

    def has_worker(self) -> bool:
        """Whether a worker runs that can be killed."""
        return self._signalled(0)

    def kill_worker(self) -> bool:
        """End the worker without warning; False where none runs."""
        return self._signalled(signal.SIGKILL)

    def _signalled(self, number: int) -> bool:
        try:
            os.kill(int((self.data_dir / "worker.pid").read_text("ascii")), number)
        except (OSError, ValueError):
            return False
        return True

    def stop(self) -> int:
        """End it as a person does; gives its exit code."""
        self._process.send_signal(signal.SIGINT)
        return self._process.wait(START_S)

    def close(self) -> None:
        """Leave nothing behind."""
        self.kill()
        if self._process.stdout:
            self._process.stdout.close()
        self.errors.close()

    def ask(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, Any, Message]:
        """Status, JSON or bytes, and headers of an answer.

        Raises:
            Gone: there was none.
        """
        sent = dict(headers or {})
        if body is not None and not isinstance(body, bytes):
            body, sent = json.dumps(body).encode(), {**sent, "Content-Type": "application/json"}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=START_S)
        try:
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            data = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Gone from error
        finally:
            connection.close()
        is_json = answer.headers.get("Content-Type", "").startswith("application/json")
        return answer.status, json.loads(data) if is_json and data else data, answer.headers

    def begin_upload(self, name: str, length: int) -> str:
        """Announce a file; gives the id of its upload."""
        told = b64encode(name.encode()).decode()
        headers = {"Upload-Length": str(length), "Upload-Metadata": f"filename {told}"}
        status, answer, given = self.ask("POST", "/api/uploads", headers=headers)
        assert status == 201, answer
        return given["Location"].rpartition("/")[2]

    def add_to_upload(self, upload_id: str, offset: int, piece: bytes) -> None:
        """Send the piece of a file that begins there."""
        headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        address = f"/api/uploads/{upload_id}"
        status, answer, _ = self.ask("PATCH", address, piece, headers=headers)
        assert status == 204, answer

    def wait_for_jobs(self, timeout_s: float = START_S) -> list[dict[str, Any]]:
        """Wait until no job waits or runs; gives the newest job of each transcript."""
        end = time.monotonic() + timeout_s
        while True:
            _, library, _ = self.ask("GET", "/api/transcripts")
            jobs = [one["job"] for one in library["transcripts"]]
            if all(job and job["state"] not in ("queued", "running") for job in jobs):
                return jobs
            assert time.monotonic() < end, jobs
            time.sleep(0.1)
