"""Processes of our own with limits, in which strangers' files are opened.

A file made to crash a reader, or to fill memory, disk or time, ends that process and nothing else.
"""

from __future__ import annotations

import errno
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any

_POLL_S = 0.5
_PACKAGE = Path(__file__).resolve().parents[1]
#: So much of what a child said of its end is told.
_LAST_BYTES = 2_000


def python(*arguments: str) -> list[str]:
    """The command of a Python of ours, to which a module in the current folder is no module.

    The current folder may be one of downloads, in which a stranger's `json.py` lies.
    """
    return [sys.executable, "-P", *arguments]


def environment() -> dict[str, str]:
    """The environment of such a Python, so that it finds this very package."""
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    # A relative place, as an empty one is, would be looked for in the current folder.
    places = [str(_PACKAGE), *filter(os.path.isabs, given)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places)}


@dataclass(frozen=True, slots=True)
class Limits:
    """What a process may take."""

    memory_bytes: int
    cpu_s: int
    file_bytes: int

    def hold(self) -> None:
        """Bound this process; does nothing on Windows.

        macOS knows these limits and does not hold to the one on memory.
        """
        if sys.platform == "win32":
            return
        import resource

        for kind, most in (
            (resource.RLIMIT_AS, self.memory_bytes),
            (resource.RLIMIT_CPU, self.cpu_s),
            (resource.RLIMIT_FSIZE, self.file_bytes),
            (resource.RLIMIT_CORE, 0),
        ):
            _, hard = resource.getrlimit(kind)
            wanted = most if hard == resource.RLIM_INFINITY else min(most, hard)
            try:
                resource.setrlimit(kind, (wanted, hard))
            except (ValueError, OSError) as error:
                print(f"limit {kind} cannot be set: {error}", file=sys.stderr)


@contextmanager
def _unless_ended() -> Iterator[None]:
    """Leave off where nobody reads a pipe any more; Windows has two words for that."""
    try:
        yield
    except OSError as error:
        if error.errno not in (errno.EPIPE, errno.EINVAL):
            raise


class Silent(Exception):
    """Raised when a child has said nothing for as long as it may."""


class Child:
    """A process that says one JSON value a line; it is gone at the end, come what may."""

    def __init__(self, command: list[str]) -> None:
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            # Each thread of it would take memory for itself.
            env={**environment(), "OPENBLAS_NUM_THREADS": "1"},
        )
        self._lines: queue.SimpleQueue[bytes] = queue.SimpleQueue()
        self._reading = threading.Thread(target=self._read_lines, daemon=True)
        self._reading.start()

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.end()

    def tell(self, *parts: bytes) -> None:
        """Write to the child's standard input. One that has ended takes nothing."""
        assert self.process.stdin is not None
        with _unless_ended():
            for part in parts:
                self.process.stdin.write(part)
            self.process.stdin.flush()

    def messages(self, silent_s: float) -> Iterator[Any]:
        """What the child says, until it ends.

        Raises:
            Silent: it has said nothing for so long.
        """
        heard_s = time.monotonic()
        while time.monotonic() - heard_s < silent_s:
            try:
                line = self._lines.get(timeout=_POLL_S)
            except queue.Empty:
                continue
            if not line:
                self.process.wait()
                return
            heard_s = time.monotonic()
            yield json.loads(line)
        raise Silent

    def ending(self) -> str:
        """How the child ended, for people."""
        code = self.process.returncode
        return f"signal {-code}" if code < 0 else f"exit code {code}"

    def last_words(self) -> str:
        """The end of what the child said to nobody, for the log."""
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _LAST_BYTES))
        return self._errors.read().decode("utf-8", "replace").strip()

    def end(self) -> None:
        """End the child, if it has not ended."""
        self.process.kill()
        self.process.wait()
        self._reading.join()
        for file in (self.process.stdin, self.process.stdout, self._errors):
            if file is not None:
                # What was written and not yet taken.
                with _unless_ended():
                    file.close()

    def _read_lines(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)
        self._lines.put(b"")
