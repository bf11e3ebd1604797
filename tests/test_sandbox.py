"""Processes with limits: what they are started with, and what becomes of texts read in one."""

from __future__ import annotations

import errno
import io
import os
import re
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from editor import formats
from editor.document import Segment, Transcript, Word
from editor.errors import ExportRefused, UnreadableTranscript
from editor.formats import sandbox
from editor.formats.sandbox import (
    by_start,
    export_original_apart,
    read_apart,
    retimed_apart,
    reworded_apart,
)
from editor.sandbox import Child, environment, python

CUE = b"1\n00:00:01,000 --> 00:00:02,000\nhi\n\n"
PACKAGE = Path(sandbox.__file__).parents[1]
IN_A_CHILD = """
import os, sys, time
from editor import formats
from editor.formats import sandbox_child
decode = formats.decode
def harm(data, name, encoding):
    if name != "harmful.srt":
        return decode(data, name, encoding)
    {harm}
formats.decode = harm
sandbox_child.main(sys.stdin.buffer, sys.stdout.buffer)
"""
Harm = Callable[[str], None]


@pytest.fixture
def child_does(monkeypatch: pytest.MonkeyPatch) -> Harm:
    """Let the reader do this to one text, as one with a hole in it might."""

    def set_up(harm: str) -> None:
        sandbox._waiting.end()
        monkeypatch.setattr(sandbox, "_CHILD", python("-c", IN_A_CHILD.format(harm=harm)))

    return set_up


def test_children_take_no_module_from_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("json.py", "pickle.py", "editor.py", "random.py"):
        (tmp_path / name).write_text("import os\nopen('harm', 'w')\nos._exit(3)\n")
    (tmp_path / "a.srt").write_bytes(CUE * 8_000)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(["", ".", str(tmp_path / "none")]))
    command = python("-m", "editor", "convert", "a.srt", "-o", "b.vtt")
    subprocess.run(command, env=environment(), check=True)
    assert (tmp_path / "b.vtt").exists()
    assert not (tmp_path / "harm").exists()


def test_only_one_module_starts_children() -> None:
    ways = ("subprocess.Popen", "subprocess.run", "sys.executable", "os.spawn", "os.system")
    told = {
        (path.relative_to(PACKAGE).as_posix(), way)
        for path in PACKAGE.rglob("*.py")
        for way in ways
        if way in path.read_text("utf-8")
    }
    assert told == {
        ("sandbox.py", "subprocess.Popen"),
        ("sandbox.py", "sys.executable"),
        # The worker: its command and environment are the sandbox's.
        ("jobs/process.py", "subprocess.Popen"),
        # So are those of the server's second process.
        ("web/http/second_process.py", "subprocess.Popen"),
        # pip, which belongs to the interpreter; it opens nobody's files.
        ("weights/wheel.py", "subprocess.Popen"),
        ("weights/wheel.py", "sys.executable"),
    }


@pytest.mark.parametrize("number", [errno.EPIPE, errno.EINVAL])
def test_a_child_that_has_ended_takes_nothing_on_any_system(number: int) -> None:
    class Pipe(io.BytesIO):
        def write(self, _: object) -> int:
            raise OSError(number, "what the system calls it")

    with Child(python("-c", "")) as child:
        assert child.process.stdin is not None
        child.process.stdin.close()
        child.process.stdin = Pipe()
        child.tell(b"more")
        assert list(child.messages(30)) == []


def test_a_text_read_apart_is_the_same() -> None:
    timed = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>so<00:01.500> <i>what</i>\n"
    texts = {"a.srt": CUE * 3, "b.txt": b"Ann: hi\n\nBen: oh\n", "c.vtt": timed}
    for name, data in texts.items():
        assert read_apart(data, name) == formats.read(data, name)
    assert read_apart(timed, "c.vtt").captions[0].ms_at(3) == 1500
    with pytest.raises(UnreadableTranscript) as caught:
        read_apart(b"\n\nx\n00:00:01,000 --> 00:00:02,000\n" + b"w" * 200_000, "c.srt")
    assert caught.value.line is not None


def test_a_text_is_written_back_apart_too(child_does: Harm) -> None:
    (draft,) = formats.read(CUE, "a.srt").drafts
    words = tuple(Word(word, 1_000, 2_000) for word in draft.text.upper().split())
    transcript = Transcript((Segment("a", draft.text.upper(), words),))
    given = (None, transcript)
    written = export_original_apart(CUE, "a.srt", *given, offset_ms=1_000)
    assert written == formats.export_original(CUE, "a.srt", *given, offset_ms=1_000)
    with pytest.raises(ExportRefused, match="anew only"):
        export_original_apart(b'{"segments": []}', "a.json", *given)
    child_does("os.abort()")
    with pytest.raises(UnreadableTranscript, match="reading it ended the reader"):
        export_original_apart(CUE, "harmful.srt", *given)
    with pytest.raises(UnreadableTranscript, match="reading it ended the reader"):
        retimed_apart(CUE, "harmful.srt", by_start(int))
    with pytest.raises(UnreadableTranscript, match="reading it ended the reader"):
        reworded_apart(CUE, "harmful.srt", str.upper)


def test_nobody_reads_a_text_in_their_own_process() -> None:
    calls = re.compile(r"formats\.(?:read|export_original|timings|retime|spoken|reword)\(")
    readers = {path for path in PACKAGE.rglob("*.py") if calls.search(path.read_text("utf-8"))}
    assert readers == {PACKAGE / "formats" / "sandbox_child.py"}


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        ("os.abort()", r"harmful.srt: reading it ended the reader \("),
        ("bytearray(3 * 1024**3)", "it asks for more memory than any text"),
        ("time.sleep(600)", "reading it takes more than 1 s"),
    ],
)
def test_a_text_that_does_harm_is_refused_and_the_next_one_read(
    harm: str, reason: str, child_does: Harm, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "bytearray" in harm and sys.platform != "linux":
        pytest.skip("other systems do not hold to the limit")
    child_does(harm)
    assert read_apart(CUE, "good.srt").format == "srt"
    with monkeypatch.context() as short:
        short.setattr(sandbox, "SILENT_S", 1.0)
        with pytest.raises(UnreadableTranscript, match=reason):
            read_apart(CUE, "harmful.srt")
    assert read_apart(CUE, "good.srt").format == "srt"


def test_others_are_read_while_one_takes_long(
    child_does: Harm, monkeypatch: pytest.MonkeyPatch
) -> None:
    child_does("time.sleep(600)")
    monkeypatch.setattr(sandbox, "SILENT_S", 3.0)
    with ThreadPoolExecutor() as pool:
        slow = pool.submit(read_apart, CUE, "harmful.srt")
        began = time.monotonic()
        assert read_apart(CUE, "good.srt").format == "srt"
        assert time.monotonic() - began < 3.0
        assert isinstance(slow.exception(), UnreadableTranscript)
