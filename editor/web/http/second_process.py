"""A second process of the server, for what would keep its interpreter from everybody else.

Python runs one thread of a process at a time: beside somebody's correction at 1,200 places, words
that others typed took five times as long to be saved. The process starts when it is first needed.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import weakref
from collections.abc import Callable
from typing import Any, cast

from flask import Response, current_app, jsonify

from editor.config import Settings
from editor.errors import StoreBusy
from editor.sandbox import environment, python
from editor.turns import Turns
from editor.web.http.services import services

#: Makes an answer of the settings, the library and what was asked; known by its name in a module.
Answering = Callable[..., dict[str, Any]]

SECOND = "transcript-editor-second"
#: Edits of more segments than this are made there.
LARGE = 100
#: So many wait or are at work there at most.
_MOST = 10
_CHILD = python("-m", "editor.web.http.second_process_child")

log = logging.getLogger(__name__)


class SecondProcess:
    """Does one thing after the other in a process that ends with this one."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._turns = Turns(1, _MOST, "Others make large edits")
        self._process: subprocess.Popen[bytes] | None = None

    def call(self, function: Answering, *args: object) -> bytes:
        """What a function of ours gives there, as JSON.

        Raises:
            EditorError: that of the function.
            StoreBusy: the process ended meanwhile, or too many wait for it.
        """
        with self._turns.taken():
            process = self._running()
            assert process.stdin is not None
            assert process.stdout is not None
            try:
                process.stdin.write(pickle.dumps((function, args)))
                process.stdin.flush()
                answer = pickle.load(process.stdout)
            except (EOFError, OSError, pickle.UnpicklingError) as error:
                _end(process)
                log.exception("the second process ended with %s", process.returncode)
                raise StoreBusy("A process of the server ended") from error
        if isinstance(answer, Exception):
            raise answer
        return cast(bytes, answer)

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                _CHILD, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment()
            )
            weakref.finalize(self, _end, self._process)
            assert self._process.stdin is not None
            pickle.dump(self._settings, self._process.stdin)
        return self._process


def answered(is_large: bool, function: Answering, *args: object) -> Response:
    """The response that a function makes; what is large is made where it keeps nobody waiting."""
    if not is_large:
        return jsonify(function(services().settings, services().store, *args))
    second = cast(SecondProcess, current_app.extensions[SECOND])
    return Response(second.call(function, *args), mimetype="application/json")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
