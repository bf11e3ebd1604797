"""Job ids on their way to the worker. A message is only a nudge, and may be lost or come twice."""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Collection, Iterable
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from huey import SqliteHuey
from huey.registry import Message
from huey.serializer import Serializer

from editor.config import PREFIX
from editor.errors import ExtraMissing, InvalidValue

_Answer = TypeVar("_Answer")
_CONNECT_S = 3.0
#: The lane of what needs no model, or one that has no lane.
FOR_ALL = ""
_SETTING = f"{PREFIX}QUEUE_URL"
log = logging.getLogger(__name__)


class _JsonSerializer(Serializer):  # type: ignore[misc]
    """Messages as JSON lists: whoever can write to the queue must not be able to run code."""

    def _serialize(self, data: Message) -> bytes:
        return json.dumps(list(data)).encode()

    def _deserialize(self, data: bytes) -> Message:
        return Message(*json.loads(data))


class Queue:
    """Job ids on their way to workers, in an SQLite file of their own or on a Redis server.

    Each of `models` has a lane, so that a worker can leave those of others alone; all else goes by
    a lane that every worker looks at. A server that does not answer, a locked file or a full disk
    stops no job: workers find in the store what is due.

    Raises:
        InvalidValue: the address of the server cannot be read.
        ExtraMissing: what speaks to one is not installed.
    """

    def __init__(self, where: Path | str, models: Iterable[str] = ()) -> None:
        self._failures: tuple[type[Exception], ...] = (sqlite3.Error, OSError)
        self._is_well = True
        if isinstance(where, Path):
            self._named_by = str(where)
            open_lane: Callable[[str], Any] = partial(_in_file, where)
        else:
            self._named_by = _SETTING
            open_lane, self._failures = _on_redis(where)
        self._lanes = {lane: _Lane(partial(open_lane, lane)) for lane in (FOR_ALL, *models)}

    def enqueue(self, job_id: str, model: str = FOR_ALL) -> bool:
        """Tell a worker of a job, one for `model`; False where the queue cannot be reached."""
        lane = self._lanes.get(model, self._lanes[FOR_ALL])
        return self._tried(lambda: lane.put(job_id), instead=False)

    def take(self, models: Collection[str] = ()) -> str | None:
        """The next job id, removed from the queue; None when it is empty.

        With `models`, ids that wait for another model are left alone.
        """
        wanted = [
            lane for name, lane in self._lanes.items() if not models or name in (FOR_ALL, *models)
        ]
        taken = (self._tried(lane.take, instead=None) for lane in wanted)
        return next((job_id for job_id in taken if job_id is not None), None)

    def has_lane(self, model: str) -> bool:
        """Whether jobs for a model wait in a lane of their own, not in that for all."""
        return model != FOR_ALL and model in self._lanes

    def waiting(self) -> list[str]:
        """The job ids in the queue."""
        return self._tried(self._pending, instead=[])

    def _pending(self) -> list[str]:
        return [job_id for lane in self._lanes.values() for job_id in lane.waiting()]

    def is_reachable(self) -> bool:
        """Whether messages get through now."""
        return self._tried(self._lanes[FOR_ALL].is_there, instead=False)

    def close(self) -> None:
        """Close the file or the connection."""
        for lane in self._lanes.values():
            lane.close()

    def _tried(self, run: Callable[[], _Answer], *, instead: _Answer) -> _Answer:
        try:
            answer = run()
        except self._failures as error:
            if self._is_well:
                log.warning(
                    "The queue cannot be reached: %s. See to %s; until it is, jobs begin up to 5 s "
                    "later, and nothing else is amiss.",
                    *(str(error).rstrip("."), self._named_by),
                )
            self._is_well = False
            return instead
        if not self._is_well:
            log.warning("The queue can be reached again.")
        self._is_well = True
        return answer


class _Lane:
    """The messages of one name."""

    def __init__(self, open_lane: Callable[[], Any]) -> None:
        self._open = open_lane

    @cached_property
    def _opened(self) -> tuple[Any, Any]:
        """The lane, and the task that puts an id into it.

        Opened when it is used: on a full disk its file can be made only later.
        """
        huey = self._open()
        return huey, huey.task(name="run_job")(_job_id)

    @property
    def _huey(self) -> Any:
        return self._opened[0]

    def put(self, job_id: str) -> bool:
        self._opened[1](job_id)
        return True

    def take(self) -> str | None:
        # Looking is cheaper than taking, which would lock the file each time.
        task = self._huey.dequeue() if self._huey.pending_count() else None
        return None if task is None else str(self._huey.execute(task))

    def waiting(self) -> list[str]:
        return [task.args[0] for task in self._huey.pending()]

    def is_there(self) -> bool:
        return bool(self._huey.pending_count() >= 0)

    def close(self) -> None:
        if "_opened" not in vars(self):
            return
        if isinstance(self._huey, SqliteHuey):
            self._huey.storage.close()
        else:
            self._huey.storage.conn.close()


def _named(name: str, lane: str) -> str:
    return f"{name}-{lane}" if lane else name


def _in_file(path: Path, lane: str) -> SqliteHuey:
    path.parent.mkdir(parents=True, exist_ok=True)
    return SqliteHuey(_named("jobs", lane), filename=str(path), fsync=True, **_traits())


def _traits() -> dict[str, Any]:
    return {"results": False, "serializer": _JsonSerializer()}


def _on_redis(url: str) -> tuple[Callable[[str], Any], tuple[type[Exception], ...]]:
    try:
        from huey import RedisHuey
        from redis import ConnectionPool, RedisError
    except ModuleNotFoundError as error:
        raise ExtraMissing(_SETTING) from error
    try:
        pool = ConnectionPool.from_url(
            url, socket_connect_timeout=_CONNECT_S, socket_timeout=_CONNECT_S
        )
        # What stands behind a question mark is read only now.
        pool.make_connection()
    except (TypeError, ValueError) as error:
        raise InvalidValue(_SETTING, f"the address cannot be read: {error}") from error

    def open_lane(lane: str) -> RedisHuey:
        name = _named("transcript-editor", lane)
        return RedisHuey(name, blocking=False, connection_pool=pool, **_traits())

    return open_lane, (RedisError,)


def _job_id(job_id: str) -> str:
    return job_id
