"""The same server as a process of its own, so that it can be killed in the middle of anything.

Run as `python -m tests.browser.killable DATA PORT`.
"""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

from tests.browser.server import running_server


class KillableServer:
    """Serves a data folder always at the same address, while it runs."""

    def __init__(self, data_dir: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self._port: int = free.getsockname()[1]
        self._data_dir = data_dir
        self._process: subprocess.Popen[str] | None = None
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        command = [sys.executable, "-m", __name__, str(self._data_dir), str(self._port)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert self._process.stdout is not None
        assert self._process.stdout.readline().strip() == self.url

    def kill(self) -> None:
        """Let it die without warning."""
        assert self._process is not None
        assert self._process.stdout is not None
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()


def main() -> None:
    with running_server(Path(sys.argv[1]), {}, port=int(sys.argv[2])) as server:
        print(server.url, flush=True)
        signal.sigwait({signal.SIGTERM})


if __name__ == "__main__":
    main()
