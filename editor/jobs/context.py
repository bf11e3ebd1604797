"""What a running job sees of its own row: progress, wish to cancel, lease."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from editor.errors import EditorError, JobCancelled, LeaseLost, StoreBusy
from editor.store import JobRow, Store

LEASE_MS = 30_000
BEAT_S = 5.0
REPORT_MS = 250
CHECK_MS = 1_000
#: How much of the fraction's history the estimate of the remaining time looks at.
ETA_WINDOW_MS = 120_000
ETA_MIN_MS = 3_000
#: A handler that gives no sign of life for so long hangs. The longest step without one is a piece
#: of three minutes heard by the largest model on a slow computer.
STALL_S = 3600.0

log = logging.getLogger(__name__)


class WorkerStopping(Exception):
    """Raised inside a job when the worker is to end; the job is put back and goes on later."""


class Postponed(Exception):
    """Raised by a job that lets others go first; it is put back and goes on later."""


class RetryLater(Exception):
    """Raised by a job that waits for something outside; it goes on in `pause_ms`, as often as it
    takes. `error` is what it waits for, told meanwhile; None where all is well."""

    def __init__(self, error: EditorError | None, pause_ms: int) -> None:
        self.error, self.pause_ms = error, pause_ms
        super().__init__(str(error or ""))


class JobContext:
    """What a handler knows of its job, and how it tells of its progress."""

    def __init__(self, store: Store, job: JobRow, stopping: threading.Event) -> None:
        self.job = job
        self._store = store
        self._stopping = stopping
        self._samples: deque[tuple[int, float]] = deque()
        self._phase = ""
        self._reported_ms = self._checked_ms = store.now()
        self._is_first = True
        self._alive_s = time.monotonic()

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        """Save the progress (fraction in [0, 1]); of calls in quick succession only some."""
        self._alive_s = time.monotonic()
        now = self._store.now()
        self._samples.append((now, fraction))
        while len(self._samples) > 2 and self._samples[1][0] < now - ETA_WINDOW_MS:
            self._samples.popleft()
        is_due = (
            self._is_first or phase != self._phase or has_passed(self._reported_ms, now, REPORT_MS)
        )
        if not is_due and fraction < 1:
            return
        self._is_first, self._phase, self._reported_ms = False, phase, now
        eta_ms = remaining_ms(*self._samples[0], *self._samples[-1])
        self._store.report_progress(self.job.id, self.job.fence, fraction, phase, message, eta_ms)

    def checkpoint(self) -> None:
        """Let go here if the job is not wanted any more; call it often, and before each save.

        Raises:
            JobCancelled: a person cancelled the job.
            LeaseLost: another worker has it now.
            WorkerStopping: the worker is to end.
        """
        self._alive_s = time.monotonic()
        if self._stopping.is_set():
            raise WorkerStopping
        now = self._store.now()
        if has_passed(self._checked_ms, now, CHECK_MS):
            self._checked_ms = now
            self.beat()
        if self.job.cancel_requested:
            raise JobCancelled(self.job.id)

    def beat(self) -> None:
        """Renew the lease and learn of a wish to cancel."""
        self.job = self._store.renew_lease(self.job.id, self.job.fence, LEASE_MS)

    @property
    def is_stalled(self) -> bool:
        """Whether the handler has given no sign of life for `STALL_S`."""
        return time.monotonic() - self._alive_s > STALL_S


def has_passed(since_ms: int, now_ms: int, wanted_ms: int) -> bool:
    """Whether so much time has passed; a clock that was set back counts as enough.

    >>> has_passed(1000, 1500, 600), has_passed(1000, 1600, 600), has_passed(1000, 400, 600)
    (False, True, True)
    """
    return not 0 <= now_ms - since_ms < wanted_ms


def remaining_ms(
    first_ms: int, first_fraction: float, last_ms: int, last_fraction: float
) -> int | None:
    """How long the rest takes at the pace between two moments; None while it is too early to say.

    >>> remaining_ms(0, 0.0, 10_000, 0.25)
    30000
    """
    took_ms, got = last_ms - first_ms, last_fraction - first_fraction
    if took_ms < ETA_MIN_MS or got <= 0:
        return None
    return round((1 - last_fraction) * took_ms / got)


@contextmanager
def heartbeat(context: JobContext) -> Iterator[None]:
    """Renew the lease beside a handler that is busy for long, but not beside one that hangs."""
    is_over = threading.Event()

    def beat() -> None:
        while not is_over.wait(BEAT_S):
            if context.is_stalled:
                log.error("job %s does not respond; its lease is not renewed", context.job.id)
                return
            try:
                context.beat()
            except LeaseLost:
                return
            except StoreBusy as error:
                log.warning("The lease of job %s is not renewed: %s", context.job.id, error)
            except Exception:
                log.exception("the lease of job %s could not be renewed", context.job.id)

    thread = threading.Thread(target=beat, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()
