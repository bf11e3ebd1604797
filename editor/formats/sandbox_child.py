"""The process in which strangers' texts are read, one after the other; `apart` starts it.

For each it takes a line of JSON, {"task", "name", "encoding", "kind", "bytes", "more"}, so many
bytes of the text and so many of what else the task needs, pickled by us; and writes a JSON list:
["done", result] or ["refused", reason, line] or ["invalid", field, reason] or
["unwritable", format, reason] or ["full"].
"""

from __future__ import annotations

import base64
import copyreg
import gc
import io
import json
import pickle
import sys
from collections.abc import Callable
from dataclasses import fields
from operator import attrgetter
from typing import Any, BinaryIO

from editor import formats
from editor.document import DraftSegment, Transcript, Word
from editor.errors import ExportRefused, InvalidValue, UnreadableTranscript
from editor.formats.caption import Caption
from editor.formats.limits import LIMITS, MOST_CPU_S


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Read texts until there are no more."""
    LIMITS.hold()
    # Looking for garbage among what is still read takes a quarter of the time.
    gc.disable()
    while line := source.readline():
        _limit_time()
        asked = json.loads(line)
        data, more = source.read(asked["bytes"]), pickle.loads(source.read(asked["more"]))
        read_as = asked["encoding"], asked["kind"]
        answer = _answer(asked["task"], data, asked["name"], *read_as, *more)
        target.write(json.dumps(answer).encode() + b"\n")
        target.flush()
        gc.collect()


def _made_anew(kind: type[Any]) -> Callable[[object], tuple[type[Any], tuple[object, ...]]]:
    """How a value is pickled: by what makes it anew, in half the time of its state."""
    values = attrgetter(*(each.name for each in fields(kind) if each.init))
    return lambda value: (kind, values(value))


#: Of these a text has one for each caption or word.
_MANY: dict[type[Any], Callable[[Any], tuple[type[Any], tuple[object, ...]]]] = {
    kind: _made_anew(kind) for kind in (Caption, DraftSegment, Word)
}


def _pickled(value: object) -> bytes:
    target = io.BytesIO()
    pickler = pickle.Pickler(target)
    pickler.dispatch_table = {**copyreg.dispatch_table, **_MANY}
    pickler.dump(value)
    return target.getvalue()


def _read(data: bytes, name: str, encoding: str | None, kind: str | None) -> bytes:
    return _pickled(formats.read(data, name, encoding=encoding, kind=kind))


def _original(
    data: bytes,
    name: str,
    encoding: str | None,
    kind: str | None,
    transcript: Transcript,
    is_retimed: bool,
    offset_ms: int,
) -> bytes:
    return formats.export_original(
        data,
        name,
        encoding,
        transcript,
        kind=kind,
        is_retimed=is_retimed,
        offset_ms=offset_ms,
    )


_TASKS: dict[str, Callable[..., bytes]] = {
    "read": _read,
    "original": _original,
    "timings": lambda *given: pickle.dumps(formats.timings(*given)),
    "retime": lambda *given: formats.retime(*given),
    "captions": lambda *given: pickle.dumps(formats.captions_written(*given)),
    "recut": lambda *given: formats.recut(*given),
    "spoken": lambda *given: pickle.dumps(formats.spoken(*given)),
    "reword": lambda *given: formats.reword(*given),
}


def _answer(task: str, *given: object) -> list[object]:
    try:
        return ["done", base64.b64encode(_TASKS[task](*given)).decode("ascii")]
    except UnreadableTranscript as error:
        return ["refused", error.reason, error.line]
    except InvalidValue as error:
        return ["invalid", error.field, error.reason]
    except ExportRefused as error:
        return ["unwritable", error.format_name, error.reason]
    except (MemoryError, RecursionError):
        return ["full"]


def _limit_time() -> None:
    """Let the next text take its time from now on, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    used_s = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    wanted = int(used_s) + MOST_CPU_S
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


if __name__ == "__main__":
    main(sys.stdin.buffer, sys.stdout.buffer)
