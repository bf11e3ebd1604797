"""Let one server at a time use a data folder, and check it after an abrupt end."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from editor.config import Settings
from editor.errors import FolderUnusable, folder_unusable
from editor.storage.disk import ready_to_open
from editor.store import Store, check_sqlite, sqlite_path

_LOCK, _RUNNING = "server.lock", "server.running"


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
