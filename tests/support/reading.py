"""Reads texts in this process, for tests that read hundreds; the other has tests of its own."""

from __future__ import annotations

from unittest.mock import patch

from editor.formats import sandbox, sandbox_child


def _read_here(
    task: str, data: bytes, name: str, encoding: str | None, kind: str | None, *more: object
) -> bytes:
    return sandbox_child._TASKS[task](data, name, encoding, kind, *more)


#: Decorates a test, or stands in a `with`.
reading_here = patch.object(sandbox, "_by_child", _read_here)
