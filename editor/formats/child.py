"""The process in which strangers' texts are read, one after the other; `apart` starts it.

For each it takes a line of JSON, {"name", "encoding", "bytes"}, and so many bytes; and writes a
JSON list: ["read", result] or ["refused", reason, line] or ["invalid", field, reason] or ["full"].
"""

from __future__ import annotations

import base64
import json
import pickle
import sys
from typing import BinaryIO

from editor import formats
from editor.errors import InvalidValue, UnreadableTranscript
from editor.formats.limits import LIMITS, MOST_CPU_S


def main(source: BinaryIO, target: BinaryIO) -> None:
    """Read texts until there are no more."""
    LIMITS.hold()
    while line := source.readline():
        _limit_time()
        asked = json.loads(line)
        answer = _read(source.read(asked["bytes"]), asked["name"], asked["encoding"])
        target.write(json.dumps(answer).encode() + b"\n")
        target.flush()


def _read(data: bytes, name: str, encoding: str | None) -> list[object]:
    try:
        read = formats.read(data, name, encoding=encoding)
        return ["read", base64.b64encode(pickle.dumps(read)).decode("ascii")]
    except UnreadableTranscript as error:
        return ["refused", error.reason, error.line]
    except InvalidValue as error:
        return ["invalid", error.field, error.reason]
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
