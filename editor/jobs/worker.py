"""The one worker of a data folder: claims a job, runs its handler, records how it ended."""

from __future__ import annotations

import logging
import secrets
import socket
import threading
from collections import deque
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from editor.errors import (
    EditorError,
    FolderUnusable,
    InvalidValue,
    JobCancelled,
    LeaseLost,
    StoreBusy,
    folder_unusable,
)
from editor.jobs.context import (
    LEASE_MS,
    JobContext,
    Postponed,
    RetryLater,
    WorkerStopping,
    has_passed,
    heartbeat,
)
from editor.jobs.queue import Queue
from editor.storage.disk import private_folder
from editor.store import JobRow, Store

SWEEP_MS = 2_000
POLL_S = 0.2
#: How soon a job that waits for no turn is begun.
BESIDE_S = 1.0
RETRY_MS = 5_000
#: How long it is waited for a database or a bucket that cannot be used.
AWAY_S = 5.0

_SLOT = "worker.lock"

Handler = Callable[[JobContext], None]
log = logging.getLogger(__name__)


#: What a person is told of a fault of ours.
_UNFORESEEN = "Something went wrong on the server; see its log."


class Worker:
    """Runs one job after the other until it is stopped; with `models`, none that needs another.

    While no job waits, `helps` lets it help with another's, and tells whether it did. Jobs of the
    kinds `beside` wait for no turn; see `run_beside`.
    """

    def __init__(
        self,
        store: Store,
        queue: Queue,
        handlers: Mapping[str, Handler],
        *,
        name: str,
        models: Collection[str] = (),
        helps: Callable[[], bool] | None = None,
        beside: Collection[str] = (),
    ) -> None:
        self._models, self._helps, self._beside = models, helps, beside
        self._helped_ms: int | None = None
        self.stopping = threading.Event()
        self._store = store
        self._queue = queue
        self._handlers = handlers
        self.name = name
        self._swept_ms: int | None = None
        self._undelivered: deque[str] = deque()

    def run(self) -> None:
        """Take and run jobs until `stopping` is set."""
        while not self.stopping.is_set():
            try:
                is_idle = not self.step()
            except StoreBusy as error:
                self._wait_for(error)
                continue
            if is_idle:
                self.stopping.wait(POLL_S)

    def _wait_for(self, error: StoreBusy) -> None:
        log.warning("%s Jobs go on where they were once it can be used.", error)
        self.stopping.wait(AWAY_S)

    def run_beside(self, kind: str) -> None:
        """Take and run the jobs of a kind that waits for no turn, until `stopping` is set."""
        while not self.stopping.wait(BESIDE_S):
            try:
                for job_id in self._store.due_jobs(kinds=[kind]):
                    job = self._store.claim_job(job_id, self.name, LEASE_MS)
                    if job is not None:
                        self._run_job(job)
            except StoreBusy:
                self.stopping.wait(AWAY_S)
            except Exception:
                # The next look may be better; who has its turn is not disturbed.
                log.exception("looking for jobs that need no queue failed")

    def step(self) -> bool:
        """Run the next job in the queue; False when there was none."""
        self._sweep()
        job_id = (
            self._undelivered.popleft() if self._undelivered else self._queue.take(self._models)
        )
        if job_id is None:
            return self._has_helped()
        for first in self._in_turn(job_id):
            job = self._store.claim_job(first, self.name, LEASE_MS)
            if job is not None:
                self._run_job(job)
                break
        return True

    def _in_turn(self, told_of: str) -> list[str]:
        """The jobs that may be run now, in their order: a message tells that there is one, which
        may have been put behind others since."""
        due = self._store.due_jobs(but=self._beside)
        return [job_id for job_id, model in due.items() if self._takes(model)] or [told_of]

    def _sweep(self) -> None:
        """Queue again what is due and was not delivered."""
        now = self._store.now()
        if self._swept_ms is not None and not has_passed(self._swept_ms, now, SWEEP_MS):
            return
        self._swept_ms = now
        due = self._store.due_jobs(but=self._beside)
        waiting = set(self._queue.waiting()) if due else set()
        fresh = {job_id: model for job_id, model in due.items() if job_id not in waiting}
        # Where the queue cannot be reached, this worker takes what it may itself.
        self._undelivered = deque(
            job_id
            for job_id, model in fresh.items()
            if not self._queue.enqueue(job_id, model) and self._takes(model)
        )

    def _takes(self, model: str) -> bool:
        return not self._models or model in self._models or not self._queue.has_lane(model)

    def _has_helped(self) -> bool:
        now = self._store.now()
        is_early = self._helped_ms is not None and not has_passed(self._helped_ms, now, SWEEP_MS)
        if self._helps is None or is_early:
            return False
        self._helped_ms = now
        try:
            return self._helps()
        except WorkerStopping:
            return False
        except Exception:
            # Whoever shares it hears it again, and its job tells what is wrong.
            log.exception("helping another worker failed")
            return False

    def _run_job(self, job: JobRow) -> None:
        context = JobContext(self._store, job, self.stopping)
        try:
            try:
                with heartbeat(context):
                    self._handler(job.kind)(context)
                self._store.finish_job(job.id, job.fence)
            except LeaseLost:
                raise
            except JobCancelled:
                self._store.cancel_job(job.id, job.fence)
            except WorkerStopping:
                self._store.release_job(job.id, job.fence)
            except Postponed:
                self._store.release_job(job.id, job.fence, lets_others_go_first=True)
            except RetryLater as later:
                self._put_off(job, later)
            except StoreBusy as error:
                # Where the database is still away, the lease runs out.
                self._store.release_job(job.id, job.fence)
                self._wait_for(error)
            except (OSError, FolderUnusable) as error:
                log.exception("job %s (%s) failed in attempt %s", job.id, job.kind, job.attempts)
                told = folder_unusable(error) if isinstance(error, OSError) else error
                self._fail_for_now(job, told)
            except EditorError as error:
                facts = {"code": error.code, "message": error.for_page()}
                self._store.fail_job(job.id, job.fence, facts)
            except Exception as error:
                log.exception("job %s (%s) failed in attempt %s", job.id, job.kind, job.attempts)
                self._fail_for_now(job, error)
        except LeaseLost:
            log.warning("job %s was taken over or deleted", job.id)

    def _handler(self, kind: str) -> Handler:
        if kind not in self._handlers:
            raise InvalidValue("job", f"unknown kind {kind}")
        return self._handlers[kind]

    def _put_off(self, job: JobRow, later: RetryLater) -> None:
        error, facts = later.error, None
        if error is not None:
            log.warning("job %s (%s) waits: %s", job.id, job.kind, error)
            facts = {"code": error.code, "message": error.for_page()}
        due_ms = self._store.now() + later.pause_ms
        self._store.put_off_job(job.id, job.fence, facts, due_ms=due_ms)

    def _fail_for_now(self, job: JobRow, error: Exception) -> None:
        """Record an error nobody foresaw and try again a little later: it may be the machine's."""
        facts = {"code": "internal", "message": _UNFORESEEN, "cause": type(error).__name__}
        if isinstance(error, EditorError):
            facts = {"code": error.code, "message": error.for_page()}
        retry_at_ms = self._store.now() + RETRY_MS * 2 ** (job.attempts - 1)
        self._store.fail_job(job.id, job.fence, facts, retry_at_ms=retry_at_ms)


def run_worker(
    store: Store,
    queue: Queue,
    handlers: Mapping[str, Handler],
    *,
    data_dir: Path,
    stopping: threading.Event | None = None,
    models: Collection[str] = (),
    helps: Callable[[], bool] | None = None,
    beside: Collection[str] = (),
    tidies: Callable[[], None] = lambda: None,
) -> None:
    """Be the worker of a data folder, once its present worker, if any, has ended.

    What a dead predecessor left half done goes on at once, after `tidies`. Ends when `stopping` is
    set. With `models` it takes no job that needs another; `helps` is asked while no job waits. Jobs
    of the kinds `beside` run beside the others, those of a kind one after another.
    """
    private_folder(data_dir)
    slot = data_dir / _SLOT
    worker = Worker(store, queue, handlers, name="", models=models, helps=helps, beside=beside)
    if stopping is not None:
        worker.stopping = stopping
    with _slot(slot, worker.stopping) as is_ours:
        if is_ours:
            worker.name = _name_in(data_dir)
            store.release_leases_of(worker.name)
            tidies()
            aside = [
                threading.Thread(target=worker.run_beside, args=[kind], name=kind, daemon=True)
                for kind in beside
            ]
            for thread in aside:
                thread.start()
            worker.run()
            for thread in aside:
                thread.join()


@contextmanager
def without_worker(data_dir: Path) -> Iterator[bool]:
    """Let no worker begin in a data folder meanwhile; gives whether none is at work there."""
    lock = FileLock(data_dir / _SLOT)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        yield False
        return
    try:
        yield True
    finally:
        lock.release()


def _name_in(data_dir: Path) -> str:
    """The name of whoever is the worker of this data folder, on this machine or another."""
    path = data_dir / "worker.id"
    if not path.exists():
        path.write_text(secrets.token_urlsafe(9), "utf-8")
    return f"{socket.gethostname()}:{path.read_text('utf-8')}"


@contextmanager
def _slot(path: Path, stopping: threading.Event) -> Iterator[bool]:
    lock = FileLock(path)
    while not stopping.is_set():
        try:
            lock.acquire(timeout=0)
        except Timeout:
            stopping.wait(POLL_S)
            continue
        try:
            yield True
        finally:
            lock.release()
        return
    yield False
