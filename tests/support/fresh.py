"""New SQLite libraries, copied from one whose tables were made once, which costs less."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from editor.store import Store, now_ms, open_store, sqlite_path


def fresh_store(database_url: str, *, clock: Callable[[], int] = now_ms) -> Store:
    """The same as `open_store`."""
    path = sqlite_path(database_url)
    if path is not None and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(_migrated())
    return open_store(database_url, clock=clock)


@cache
def _migrated() -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "transcripts.db"
        open_store(f"sqlite:///{path}").close()
        return path.read_bytes()
