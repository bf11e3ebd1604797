"""What a server needs before it begins: the data folder for itself, and the queue."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from editor import weights
from editor.config import PREFIX, Settings
from editor.errors import FolderUnusable, folder_unusable
from editor.jobs import Queue
from editor.storage.disk import ready_to_open
from editor.storage.media_files import files_of
from editor.store import Store, check_sqlite, sqlite_path

_LOCK, _RUNNING = "server.lock", "server.running"
log = logging.getLogger(__name__)


@contextmanager
def only_server(settings: Settings) -> Iterator[bool]:
    """Lock the data folder; gives whether the last server ended abruptly.

    Raises:
        FolderUnusable: another server uses it, or it cannot be written.
    """
    lock = FileLock(settings.data_dir / _LOCK)
    running = settings.data_dir / _RUNNING
    try:
        ready_to_open(settings.data_dir)
        lock.acquire(timeout=0)
        was_cut_off = running.exists()
        running.write_text(str(os.getpid()), "ascii")
    except Timeout as error:
        advice = "Use that one, stop it, or set TRANSCRIPT_EDITOR_DATA to another folder."
        reason = "another Transcript Editor is using this folder."
        raise FolderUnusable(str(settings.data_dir), reason, advice) from error
    except OSError as error:
        raise folder_unusable(error, settings.data_dir) from error
    try:
        yield was_cut_off
    finally:
        running.unlink(missing_ok=True)
        lock.release()


def found_after_cut_off(settings: Settings, store: Store) -> str:
    """Check the database and say what goes on where it was interrupted.

    Raises:
        FolderUnusable: the database is damaged.
    """
    path = sqlite_path(settings.database_url)
    if path is not None:
        check_sqlite(path, is_quick=True)
    job_count = len(store.jobs(active_only=True))
    upload_count = len(list((settings.data_dir / "uploads").glob("*.json")))
    return (
        "The editor did not shut down properly last time. The database is intact; "
        f"{job_count} jobs continue, {upload_count} uploads can be resumed."
    )


def open_queue(settings: Settings) -> Queue:
    """The queue of these settings, with a lane for each model.

    If the queue or the bucket cannot be reached, this is logged and does not stop the server.
    """
    queue = Queue(settings.queue_at, weights.MODELS)
    queue.is_reachable()
    if settings.files_url and not files_of(settings).is_reachable():
        log.warning(
            "The recordings in %s cannot be reached. Until they are, recordings cannot be "
            "uploaded, played or recognised. Check %sFILES_URL and AWS's own variables.",
            *(settings.files_url, PREFIX),
        )
    return queue
