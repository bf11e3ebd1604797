"""Reads texts in a process of its own, with limits, so that none holds up or fills who asks.

One such process waits for the next text, for starting one takes longer than reading most.
"""

from __future__ import annotations

import atexit
import base64
import io
import json
import logging
import os
import pickle
import threading
from collections.abc import Callable, Sequence
from typing import Any

from editor import formats
from editor.document import Transcript
from editor.errors import EditorError, ExportRefused, InvalidValue, UnreadableTranscript
from editor.formats import Recut, Written
from editor.formats.limits import SILENT_S
from editor.formats.timing_line import Timing
from editor.sandbox import Child, Silent, python
from editor.turns import Turns

#: When a caption is to be shown, by its times; None takes it out.
Move = Callable[[Timing], tuple[int, int] | None]
#: Up to this size a text takes so little that its reader can read another one.
SMALL_BYTES = 256 * 1024
_CHILD = python("-m", "editor.formats.sandbox_child")
_ADVICE = "it is damaged or made to do harm"

log = logging.getLogger(__name__)


def read_apart(
    data: bytes, name: str, *, encoding: str | None = None, kind: str | None = None
) -> formats.ReadResult:
    """The same as `formats.read`, within bounds of time and memory.

    Raises:
        UnreadableTranscript, InvalidValue: see there; or it takes too much.
    """
    read = _loaded(_by_child("read", data, name, encoding, kind))
    assert isinstance(read, formats.ReadResult)
    return read


def timings_apart(
    data: bytes, name: str, *, encoding: str | None = None, kind: str | None = None
) -> list[Timing]:
    """The same as `formats.timings`, within such bounds.

    Raises:
        UnreadableTranscript, InvalidValue: see there; or it takes too much.
    """
    return list[Timing](_loaded(_by_child("timings", data, name, encoding, kind)))


def retimed_apart(
    data: bytes,
    name: str,
    move: Move,
    *,
    encoding: str | None = None,
    kind: str | None = None,
) -> bytes:
    """A caption file with its times moved by `move`, or captions taken out, and no other change.

    Raises:
        UnreadableTranscript, InvalidValue: as `formats.patch.retimed`; or it takes too much.
    """
    spans = list(map(move, timings_apart(data, name, encoding=encoding, kind=kind)))
    return _by_child("retime", data, name, encoding, kind, spans)


def captions_apart(
    data: bytes, name: str, *, encoding: str | None = None, kind: str | None = None
) -> list[Written]:
    """The same as `formats.captions_written`, within such bounds.

    Raises:
        UnreadableTranscript, InvalidValue: see there; or it takes too much.
    """
    return list[Written](_loaded(_by_child("captions", data, name, encoding, kind)))


def recut_apart(
    data: bytes,
    name: str,
    edits: Sequence[Recut],
    *,
    encoding: str | None = None,
    kind: str | None = None,
) -> bytes:
    """The same as `formats.patch.recut`, within such bounds.

    Raises:
        UnreadableTranscript, InvalidValue: see there; or it takes too much.
    """
    return _by_child("recut", data, name, encoding, kind, edits)


def by_start(media_ms: Callable[[int], int]) -> Move:
    """Move captions to where their starts belong, with the durations they have."""

    def moved(timing: Timing) -> tuple[int, int]:
        start_ms = media_ms(timing.start_ms)
        return start_ms, start_ms + max(0, timing.end_ms - timing.start_ms)

    return moved


def reworded_apart(data: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """A text or caption file whose spoken lines went through `change`, nothing else changed.

    Raises:
        UnreadableTranscript, ExportRefused: as `formats.reword`; or it takes too much.
    """
    spoken = list[str](_loaded(_by_child("spoken", data, name, None, None)))
    return _by_child("reword", data, name, None, None, list(map(change, spoken)))


def export_original_apart(
    data: bytes,
    name: str,
    encoding: str | None,
    transcript: Transcript,
    *,
    kind: str | None = None,
    is_retimed: bool = False,
    offset_ms: int = 0,
) -> bytes:
    """The same as `formats.export_original`, within such bounds, for it reads the text, too.

    Raises:
        ExportRefused, UnreadableTranscript: see there; or it takes too much.
    """
    return _by_child("original", data, name, encoding, kind, transcript, is_retimed, offset_ms)


def _by_child(
    task: str, data: bytes, name: str, encoding: str | None, kind: str | None, *more: object
) -> bytes:
    asked = {"task": task, "name": name, "encoding": encoding, "kind": kind}
    with _readers.taken():
        child = _waiting.taken() or Child(_CHILD)
        return _asked(child, asked, data, name, pickle.dumps(more))


def _asked(
    child: Child, asked: dict[str, str | None], data: bytes, name: str, more: bytes
) -> bytes:
    answered = False
    sizes = {"bytes": len(data), "more": len(more)}
    try:
        child.tell(json.dumps(asked | sizes).encode() + b"\n", data, more)
        done = _answer(child, name)
        answered = len(data) <= SMALL_BYTES
    except EditorError:
        answered = child.process.poll() is None and len(data) <= SMALL_BYTES
        raise
    finally:
        # What a large text took is given back only by an end.
        if not answered or not _waiting.put(child):
            child.end()
    return done


def _answer(child: Child, name: str) -> bytes:
    try:
        for kind, *facts in child.messages(SILENT_S):
            if kind == "done":
                return base64.b64decode(facts[0])
            if kind == "refused":
                raise UnreadableTranscript(name, facts[0], line=facts[1])
            if kind == "invalid":
                raise InvalidValue(*facts)
            if kind == "unwritable":
                raise ExportRefused(*facts)
            raise UnreadableTranscript(name, f"it asks for more memory than any text; {_ADVICE}")
    except Silent:
        child.end()
        reason = f"reading it takes more than {SILENT_S:.0f} s; {_ADVICE}"
        raise UnreadableTranscript(name, reason) from None
    log.warning("the reader ended with %s: %s", child.ending(), child.last_words())
    raise UnreadableTranscript(name, f"reading it ended the reader ({child.ending()}); {_ADVICE}")


class _Ours(pickle.Unpickler):
    """Makes only values of ours of what a child says."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "editor.document" or module.startswith("editor.formats"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a text")


def _loaded(pickled: bytes) -> Any:
    return _Ours(io.BytesIO(pickled)).load()


class _Waiting:
    """The child that waits for the next text; a forked process has none of its parent's."""

    def __init__(self) -> None:
        self._child: Child | None = None
        self._process_id = os.getpid()
        self._lock = threading.Lock()

    def taken(self) -> Child | None:
        """The child, if there is one that lives."""
        with self._lock:
            child, self._child = self._child, None
            is_ours = self._process_id == os.getpid()
        return child if child and is_ours and child.process.poll() is None else None

    def put(self, child: Child) -> bool:
        """Let a child wait, unless one does; gives whether it does."""
        with self._lock:
            if self._child is not None and self._process_id == os.getpid():
                return False
            self._child, self._process_id = child, os.getpid()
            return True

    def end(self) -> None:
        """End the child that waits."""
        if child := self.taken():
            child.end()


#: All who ask together could fill the memory, and while long texts are read, all of a server's
#: threads could wait.
_readers = Turns(3, 10, "Other texts are being read")
_waiting = _Waiting()
atexit.register(_waiting.end)
