"""The worker as a child process that is started again when it dies, and ends with its parent."""

from __future__ import annotations

import logging
import os
import subprocess
import threading
import time
from collections.abc import Callable, Sequence

from editor.errors import EditorError
from editor.sandbox import environment

FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 30.0
#: A child that lived this long was well; the next pause is the first again.
WELL_S = 60.0
POLL_S = 0.1
#: How often it is looked whether the child hangs.
LOOK_S = 15.0
#: How long a job may take to let go when the program ends.
GRACE_S = 10.0

log = logging.getLogger(__name__)


def stop_with_parent(
    stopping: threading.Event, *, stdin: int = 0, grace_s: float = GRACE_S
) -> None:
    """Set `stopping` when the standard input ends, which it does however the parent died.

    A job that does not let go within `grace_s` is cut off; its lease is freed by the next worker.
    """

    def watch() -> None:
        # os.read, for a thread left waiting in sys.stdin would crash the interpreter's exit.
        while os.read(stdin, 1024):
            pass
        stopping.set()
        time.sleep(grace_s)
        os._exit(1)

    threading.Thread(target=watch, name="parent", daemon=True).start()


class WorkerProcess:
    """Keeps one child running: a dead one is started again, after longer and longer pauses.

    A child that `is_hung` at two looks in a row is ended. One look would not do: after a computer
    has slept, every lease has run out.
    """

    def __init__(
        self,
        command: Sequence[str],
        *,
        first_pause_s: float = FIRST_PAUSE_S,
        is_hung: Callable[[], bool] = lambda: False,
        look_s: float = LOOK_S,
    ) -> None:
        self._command = list(command)
        self._first_pause_s = first_pause_s
        self._is_hung, self._look_s = is_hung, look_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep_running, name="worker", daemon=True)
        self.pid: int | None = None

    def start(self) -> None:
        """Start the child, and the thread that watches it."""
        self._thread.start()

    def stop(self) -> None:
        """End the child by closing its standard input, or by force where it does not obey."""
        self._stopping.set()
        self._thread.join()

    def _keep_running(self) -> None:
        pause_s = self._first_pause_s
        while not self._stopping.is_set():
            began = time.monotonic()
            code = self._run_once()
            if self._stopping.is_set():
                return
            if time.monotonic() - began >= WELL_S:
                pause_s = self._first_pause_s
            log.warning("The worker ended with %s; restarting it in %.0f s", code, pause_s)
            self._stopping.wait(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)

    def _watch(self, child: subprocess.Popen[bytes]) -> None:
        """Wait until the child ends, hangs, or is to end."""
        looked_s, was_hung = time.monotonic(), False
        while child.poll() is None and not self._stopping.wait(POLL_S):
            if time.monotonic() - looked_s < self._look_s:
                continue
            try:
                is_hung = self._is_hung()
            except EditorError:
                # The database is away, and nobody knows; whoever watches is not to end of it.
                is_hung = False
            looked_s = time.monotonic()
            if is_hung and was_hung:
                log.error("The worker hangs; it is stopped and its job resumes where it was")
                child.kill()
            was_hung = is_hung

    def _run_once(self) -> int:
        with subprocess.Popen(self._command, stdin=subprocess.PIPE, env=environment()) as child:
            self.pid = child.pid
            self._watch(child)
            if child.stdin:
                child.stdin.close()
            try:
                return child.wait(GRACE_S + 2)
            except subprocess.TimeoutExpired:
                child.kill()
                return child.wait()
            finally:
                self.pid = None
