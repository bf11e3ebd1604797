"""What a server is still to be told by `watch`, in a file so that a restart loses none of it."""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from editor.atomic import written_whole
from editor.library.retries import GIVE_UP_MS, pause_ms
from editor.library.webhook import NotDelivered, as_json
from editor.storage.disk import private_folder


def untold_of(data_dir: Path, results: Path) -> Path:
    """Where lies what is still to be told of results in a folder.

    In the data folder, since others may put files into the one that is watched, and what is told
    is signed.
    """
    name = hashlib.sha256(os.fsencode(results.resolve())).hexdigest()[:16]
    return data_dir / f"untold-{name}.json"


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


class Outbox:
    """Messages in their order; while the first is not taken, none of the others is sent.

    They tell of files in `results`, and lie in the data folder; `send` raises NotDelivered.
    """

    def __init__(
        self,
        data_dir: Path,
        results: Path,
        send: Callable[[Mapping[str, object]], None],
        *,
        clock: Callable[[], int] = _now_ms,
    ) -> None:
        self._path, self._results = untold_of(data_dir, results), results
        self._send, self._clock = send, clock
        self._left: list[dict[str, Any]] = list(filter(self._is_true, _read(self._path)))
        self._failing_since_ms: int | None = None
        #: How many messages were given up.
        self.refused = 0
        self._next_ms = 0

    def __len__(self) -> int:
        """How many messages are left."""
        return len(self._left)

    @property
    def wait_ms(self) -> int:
        """How long until the next try."""
        return max(0, self._next_ms - self._clock())

    @contextmanager
    def kept(self, told: Mapping[str, object]) -> Iterator[None]:
        """Keep a message to send while its files are written; it goes where one is not there then.

        A program that is killed meanwhile looks for them at its next start. Where the disk refuses
        the message, it is kept for as long as this runs.
        """
        message = {"told": dict(told), "since_ms": self._clock(), "is_being_written": True}
        self._left.append(message)
        self._save()
        try:
            yield
        finally:
            if not self._is_true(message):
                self._left.remove(message)
            self._save()

    def _is_true(self, message: dict[str, Any]) -> bool:
        """Whether the files of a message were all written; else its recording is done anew.

        Seen once: what is told later of files that somebody has moved away since is true, too.
        """
        names = message["told"].get("files", ()) if message.pop("is_being_written", False) else ()
        return all((self._results / str(name)).exists() for name in names)

    def send_due(self) -> Iterator[str]:
        """Send what is left, until one is not taken; gives sentences about those that were not.

        One that the server refuses, or has not taken for a day, is given up.
        """
        while self._left and self.wait_ms == 0:
            first, now_ms = self._left[0], self._clock()
            try:
                self._send(first["told"])
            except NotDelivered as error:
                # A clock that was set back makes nothing wait for longer.
                is_old = now_ms - first["since_ms"] > GIVE_UP_MS
                about = f"{first['told'].get('recording')}: {error}"
                if not (error.is_final or is_old):
                    is_first = self._failing_since_ms is None
                    since_ms = self._failing_since_ms = self._failing_since_ms or now_ms
                    self._next_ms = now_ms + pause_ms(max(0, now_ms - since_ms))
                    if is_first:
                        yield f"{about}; it is sent again later"
                    return
                self.refused += 1
                yield about
            self._failing_since_ms = None
            del self._left[0]
            self._save()

    def _save(self) -> None:
        try:
            if self._left:
                private_folder(self._path.parent)
                with written_whole(self._path, is_private=True) as file:
                    file.write(as_json(self._left))
            else:
                self._path.unlink(missing_ok=True)
        except OSError:
            # Without room for results there is little to tell; the next change saves it all.
            return


def _read(path: Path) -> list[dict[str, Any]]:
    """What an earlier run left; what is no such file holds nothing."""
    try:
        found = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return []
    return [one for one in found if _is_message(one)] if isinstance(found, list) else []


def _is_message(one: object) -> bool:
    return (
        isinstance(one, dict)
        and isinstance(one.get("told"), dict)
        and isinstance(one["told"].get("files", []), list)
        and isinstance(one.get("since_ms"), int)
    )
