"""Log lines as text, or as JSON with the facts of the request they belong to."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Mapping
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any, TextIO

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


def set_up(*, as_json: bool, stream: TextIO | None = None) -> None:
    """Write warnings as text, or as JSON all that happens in our own rooms, on `stream`.

    The standard error stream is used where none is given.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    if as_json:
        handler.setFormatter(JsonFormatter())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("editor").setLevel(logging.INFO if as_json else logging.WARNING)
