"""Job ids on their way to the worker. A message is only a nudge, and may be lost or come twice."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from huey import SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

_Answer = TypeVar("_Answer")
_CONNECT_S = 3.0
log = logging.getLogger(__name__)


class _JsonSerializer(Serializer):  # type: ignore[misc]
    """Messages as JSON lists: whoever can write to the queue must not be able to run code."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class Queue:
    """Job ids on their way to the worker, in an SQLite file of their own or on a Redis server.

    A Redis server that does not answer stops no job: workers find in the store what is due.
    """

    def __init__(self, where: Path | str) -> None:
        self._failures: tuple[type[Exception], ...] = ()
        self._is_well = True
        if isinstance(where, Path):
            where.parent.mkdir(parents=True, exist_ok=True)
            self._huey = SqliteHuey("jobs", filename=str(where), fsync=True, **_traits())
        else:
            self._huey, self._failures = _on_redis(where)
        self._nudge = self._huey.task(name="run_job")(_job_id)

    def enqueue(self, job_id: str) -> bool:
        """Tell a worker of a job; False where the queue cannot be reached."""

        def send() -> bool:
            self._nudge(job_id)
            return True

        return self._tried(send, instead=False)

    def take(self) -> str | None:
        """The next job id, removed from the queue; None when it is empty."""
        task: Any = self._tried(self._huey.dequeue, instead=None)
        return None if task is None else str(self._huey.execute(task))

    def waiting(self) -> list[str]:
        """The job ids in the queue."""
        return self._tried(self._pending, instead=[])

    def _pending(self) -> list[str]:
        return [task.args[0] for task in self._huey.pending()]

    def is_reachable(self) -> bool:
        """Whether messages get through now."""
        return self._tried(lambda: self._huey.pending_count() >= 0, instead=False)

    def close(self) -> None:
        """Close the file or the connection."""
        if isinstance(self._huey, SqliteHuey):
            self._huey.storage.close()
        else:
            self._huey.storage.conn.close()

    def _tried(self, run: Callable[[], _Answer], *, instead: _Answer) -> _Answer:
        try:
            answer = run()
        except self._failures as error:
            if self._is_well:
                log.warning("the queue cannot be reached: %s", error)
            self._is_well = False
            return instead
        self._is_well = True
        return answer


def _traits() -> dict[str, Any]:
    return {"results": False, "serializer": _JsonSerializer()}


def _on_redis(url: str) -> tuple[Any, tuple[type[Exception], ...]]:
    from huey import RedisHuey
    from redis import ConnectionPool, RedisError

    pool = ConnectionPool.from_url(
        url, socket_connect_timeout=_CONNECT_S, socket_timeout=_CONNECT_S
    )
    name = "transcript-editor"
    return RedisHuey(name, blocking=False, connection_pool=pool, **_traits()), (RedisError,)


def _job_id(job_id: str) -> str:
    return job_id
