"""Job ids on their way to the worker. A message is only a nudge, and may be lost or come twice."""

from __future__ import annotations

import json
from pathlib import Path

from huey import SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer


class _JsonSerializer(Serializer):  # type: ignore[misc]
    """Messages as JSON lists: whoever can write to the queue must not be able to run code."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class Queue:
    """Job ids on their way to the worker, kept in an SQLite file of their own."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._huey = SqliteHuey(
            "jobs", filename=str(path), fsync=True, results=False, serializer=_JsonSerializer()
        )
        self._nudge = self._huey.task(name="run_job")(_job_id)

    def enqueue(self, job_id: str) -> None:
        """Tell the worker of a job."""
        self._nudge(job_id)

    def take(self) -> str | None:
        """The next job id, removed from the queue; None when it is empty."""
        task = self._huey.dequeue()
        return None if task is None else str(self._huey.execute(task))

    def waiting(self) -> list[str]:
        """The job ids in the queue."""
        return [task.args[0] for task in self._huey.pending()]

    def close(self) -> None:
        """Close the file."""
        self._huey.storage.close()


def _job_id(job_id: str) -> str:
    return job_id
