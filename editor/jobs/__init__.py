"""When jobs run: a queue of job ids, and the one worker that claims, fails and goes on.

The row in the store is the truth about a job. What jobs do is not known here: handlers are passed
in.
"""

from editor.jobs.context import JobContext, Postponed, RetryLater, WorkerStopping
from editor.jobs.process import WorkerProcess, stop_with_parent
from editor.jobs.queue import Queue
from editor.jobs.worker import Handler, Worker, run_worker, without_worker

__all__ = [
    "Handler",
    "JobContext",
    "Postponed",
    "Queue",
    "RetryLater",
    "Worker",
    "WorkerProcess",
    "WorkerStopping",
    "run_worker",
    "stop_with_parent",
    "without_worker",
]
