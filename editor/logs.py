"""Log lines as text, or as JSON with the facts of the request they belong to; last words."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

from editor.errors import EditorError, folder_unusable

#: What each line of the request under way tells of it.
REQUEST: ContextVar[Mapping[str, Any] | None] = ContextVar("request", default=None)


class JsonFormatter(logging.Formatter):
    """One JSON object a line: time, level, logger, message, the request's facts, the error."""

    def format(self, record: logging.LogRecord) -> str:
        """The record as a line."""
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **(REQUEST.get() or {}),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


@contextmanager
def ending_told(code: int) -> Iterator[None]:
    """End the program with a sentence on the error stream, and `code`, where it cannot go on."""
    try:
        yield
    except (EditorError, OSError) as error:
        told = error if isinstance(error, EditorError) else folder_unusable(error)
        print(f"Error: {told}", file=sys.stderr, flush=True)
        sys.exit(code)


def set_up(*, as_json: bool, stream: TextIO | None = None) -> None:
    """Write warnings as text, or as JSON all that happens in our own rooms, on `stream`.

    The standard error stream is used where none is given.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    if as_json:
        handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("editor").setLevel(logging.INFO if as_json else logging.WARNING)
