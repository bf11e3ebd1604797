"""What runs in the server's second process: functions of ours, one after the other.

On standard input it takes the settings, then pickles of (function, arguments) by the server;
for each it writes a pickle of the answer as JSON, or of the error.
"""

from __future__ import annotations

import json
import logging
import os
import pickle
import signal
import sys
from collections.abc import Callable
from contextlib import closing
from typing import Any, BinaryIO

from editor import logs
from editor.config import Settings
from editor.errors import EditorError
from editor.store import open_store

log = logging.getLogger(__name__)


def main() -> None:
    """Do what comes, until the server ends."""
    # Only answers go where they are awaited.
    source, target = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings: Settings = pickle.load(source)
    logs.set_up(as_json=settings.log == "json")
    with closing(open_store(settings.database_url)) as store:
        while True:
            try:
                function, args = pickle.load(source)
            except EOFError:
                return
            _answer(target, lambda: function(settings, store, *args))  # noqa: B023


def _answer(target: BinaryIO, answering: Callable[[], dict[str, Any]]) -> None:
    answer: bytes | Exception
    try:
        made = answering()
        answer = json.dumps(made, ensure_ascii=False, separators=(",", ":")).encode()
    except EditorError as error:
        answer = error
    except Exception as error:
        log.exception("the second process failed")
        answer = RuntimeError(f"{type(error).__name__} in the second process")
    pickle.dump(answer, target)
    target.flush()


if __name__ == "__main__":
    main()
