"""Opens and decodes recordings in a process of their own, with limits.

A file made to crash a decoder, or to fill memory, disk or time, ends that process and nothing else.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from editor.errors import UnreadableMedia
from editor.media.limits import PROBE_S, SILENT_S
from editor.media.source import MediaInfo
from editor.media.work_file import partial_path

_CHILD = [sys.executable, "-m", "editor.media.child"]
_POLL_S = 0.5
_PACKAGE = Path(__file__).resolve().parents[2]


def probe(path: Path) -> MediaInfo:
    """Tell what a recording is, from its content; its name does not matter.

    Raises:
        UnreadableMedia: the file is missing, empty, no recording, has no sound track, or asks for
            more than any recording does.
    """
    return MediaInfo(**_run(["probe", str(path)], path, PROBE_S, lambda at_ms: None))


def decode_to_work_file(
    path: Path, work_path: Path, *, on_progress: Callable[[int], None] = lambda decoded_ms: None
) -> int:
    """Write the sound of a recording to a work file and return its duration in ms.

    `on_progress` is called with the milliseconds written so far; what it raises ends the work and
    leaves no file. Of a damaged recording all that can be read is written.

    Raises:
        UnreadableMedia: nothing can be heard in it, or it asks for too much; see `probe`.
    """
    return int(_run(["decode", str(path), str(work_path)], path, SILENT_S, on_progress))


def make_playable_copy(
    path: Path, out_path: Path, *, on_progress: Callable[[int], None] = lambda written_ms: None
) -> None:
    """Write the sound of a recording as AAC in MP4 to `out_path`.

    A late sound track begins with silence in the copy, so that all times stay true. `on_progress`
    is called with the milliseconds written so far; what it raises ends the work, no file is left.

    Raises:
        UnreadableMedia: nothing can be heard in the recording, or it asks for too much.
    """
    _run(["copy", str(path), str(out_path)], path, SILENT_S, on_progress)


def _run(
    arguments: list[str], path: Path, silent_s: float, on_progress: Callable[[int], None]
) -> Any:
    with _child(arguments) as child:
        for message in _messages(child, silent_s, path):
            kind, *facts = message
            if kind == "at":
                on_progress(facts[0])
            elif kind == "done":
                return facts[0]
            elif kind == "refused":
                raise UnreadableMedia(*facts)
            else:
                raise OSError(facts[0], facts[1], arguments[-1])
    raise UnreadableMedia(
        path.name,
        f"decoding it ended the decoder ({_ending(child.returncode)}).",
        "It is damaged or made to do harm. If it plays elsewhere, save it as MP3, M4A or WAV.",
    )


@contextmanager
def _child(arguments: list[str]) -> Iterator[subprocess.Popen[str]]:
    """The process; it is gone at the end, and what it left half done."""
    environ = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": _python_path()}
    with subprocess.Popen(
        [*_CHILD, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
        env=environ,
    ) as child:
        try:
            yield child
        finally:
            child.kill()
            child.wait()
            for out in arguments[2:]:
                partial_path(Path(out), child.pid).unlink(missing_ok=True)


def _messages(child: subprocess.Popen[str], silent_s: float, path: Path) -> Iterator[list[Any]]:
    """What the child says, until it ends.

    Raises:
        UnreadableMedia: it has said nothing for so long.
    """
    assert child.stdout is not None
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    reading = threading.Thread(target=_read_lines, args=(child.stdout, lines), daemon=True)
    reading.start()
    heard_s = time.monotonic()
    while time.monotonic() - heard_s < silent_s:
        try:
            line = lines.get(timeout=_POLL_S)
        except queue.Empty:
            continue
        if not line:
            child.wait()
            return
        heard_s = time.monotonic()
        yield json.loads(line)
    raise UnreadableMedia(
        path.name,
        f"nothing came of decoding it for {silent_s:.0f} s.",
        "It is damaged or made to do harm. If it plays elsewhere, save it as MP3, M4A or WAV.",
    )


def _read_lines(source: Any, lines: queue.SimpleQueue[str]) -> None:
    for line in source:
        lines.put(line)
    lines.put("")


def _ending(code: int) -> str:
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def _python_path() -> str:
    """So that the child finds this very package, wherever it was started."""
    return os.pathsep.join([str(_PACKAGE), *filter(None, [os.environ.get("PYTHONPATH")])])
