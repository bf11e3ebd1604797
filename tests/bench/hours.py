"""A long recording through the real program: `python -m tests.bench.hours [HOURS ...]`.

Passages spoken in several voices, again and again, with a text of which a few words are wrong, are
brought in through the server as the page does it and transcribed by the real worker. Told are the
memory that each process took at most, and how far words begin from the truth at both ends of the
recording: what drifts, or grows with the hours, shows here. TRANSCRIPT_EDITOR_MODEL names another
model. Linux alone tells a process's memory.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
import wave
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

from tests.bench.listening import figures
from tests.bench.passages import FITTED, HELD_OUT
from tests.faults.running import Running
from tests.support.speech import Spoken, joined, music, silence, speak, write_wav
from tests.support.stand_in import STEP_MS, write_recording

Row = tuple[str, str]

HOUR_MS = 3_600_000
#: Speed and pitch of who speaks a passage.
_VOICES = ((1.0, 1.0), (1.15, 0.9), (0.9, 1.15), (1.1, 1.05))
_WRONG_SHARE = 0.03
_WORDS_A_LINE = 12
_PIECE_BYTES = 8 * 1024 * 1024
_LOOK_S = 2.0


def rows(hours: Sequence[float] = (1.0,)) -> Iterator[Row]:
    """Seconds, memory and errors of a recording of each length; memory alone of ten hours."""
    part = _part()
    for length in hours:
        with tempfile.TemporaryDirectory() as folder:
            yield f"{length:g} h, server and worker", _row(Path(folder), part, length)
    yield "1 h and 10 h, server and worker, stand-in model", _stand_in_row()


def _stand_in_row() -> str:
    """What all but the model takes: a word is heard in each tone of the recording."""
    told = []
    for length_h in (1, 10):
        with tempfile.TemporaryDirectory() as folder:
            hour = Path(folder) / "hour.wav"
            write_recording(hour, HOUR_MS // STEP_MS)
            recording = _again(hour, length_h, hour.with_name("long.wav"))
            words = [f"word{number % 40}" for number in range(length_h * HOUR_MS // STEP_MS)]
            peak_mb, seconds, _ = _brought_through("tests.faults.program", recording, words)
            told.append(
                f"{seconds:.0f} s, worker {peak_mb['worker']}, server {peak_mb['server']} MB"
            )
    return "; ".join(told)


def _part() -> Spoken:
    """Some twenty minutes: every passage in every voice, music between them."""
    parts = [music(5000)]
    for speed, pitch in _VOICES:
        for passage in (FITTED, HELD_OUT):
            for line in passage.strip().splitlines():
                parts += [speak(line, speed=speed, pitch=pitch), silence(350)]
            parts += [silence(2500), music(4000)]
    return joined(parts)


def _row(folder: Path, part: Spoken, length_h: float) -> str:
    times = max(1, round(length_h * HOUR_MS / part.duration_ms))
    starts_ms = [
        start + number * part.duration_ms for number in range(times) for _, start, _ in part.words
    ]
    words = _miswritten([word for word, _, _ in part.words] * times)
    recording = _again(write_wav(part, folder / "part.wav"), times, folder / "long.wav")
    peak_mb, seconds, saved = _brought_through("editor", recording, words)
    found = [word["start_ms"] for segment in saved["segments"] for word in segment["words"]]
    errors = [at - true for at, true in zip(found, starts_ms, strict=True)]
    tenth = len(errors) // 10
    return (
        f"{seconds:.0f} s, {len(words)} words; "
        f"at most worker {peak_mb['worker']}, server {peak_mb['server']} MB; "
        f"first tenth {figures(errors[:tenth])}; last tenth {figures(errors[-tenth:])}"
    )


def _brought_through(
    program: str, recording: Path, words: Sequence[str]
) -> tuple[dict[str, int], float, dict[str, Any]]:
    """The memory of server and worker in MB, the seconds it took, and the transcript as JSON."""
    with closing(Running(recording.parent / "data", program=program)) as running:
        running.wait_ready()
        began = time.monotonic()
        transcript_id = _brought_in(running, recording, words)
        peak_mb = _watched(running)
        seconds = time.monotonic() - began
        _, saved, _ = running.ask("GET", f"/api/transcripts/{transcript_id}/export?format=json")
    return peak_mb, seconds, saved


def _miswritten(words: list[str]) -> list[str]:
    chance = random.Random(5)
    return [chance.choice(words) if chance.random() < _WRONG_SHARE else word for word in words]


def _again(source: Path, times: int, path: Path) -> Path:
    """The same sound so many times, one after another."""
    with wave.open(str(source), "rb") as part, wave.open(str(path), "wb") as whole:
        whole.setparams(part.getparams())
        frames = part.readframes(part.getnframes())
        for _ in range(times):
            whole.writeframes(frames)
    return path


def _brought_in(running: Running, recording: Path, words: Sequence[str]) -> str:
    lines = [words[at : at + _WORDS_A_LINE] for at in range(0, len(words), _WORDS_A_LINE)]
    text = "\n".join(map(" ".join, lines)).encode()
    with recording.open("rb") as file:
        pieces = iter(lambda: file.read(_PIECE_BYTES), b"")
        media = _sent(running, recording.name, recording.stat().st_size, pieces)
    body = {
        "media_upload": media,
        "text_upload": _sent(running, "long.txt", len(text), iter([text])),
        "title": "Long",
    }
    status, summary, _ = running.ask("POST", "/api/transcripts", body)
    assert status == 201, summary
    return str(summary["id"])


def _sent(running: Running, name: str, length: int, pieces: Iterator[bytes]) -> str:
    upload_id, offset = running.begin_upload(name, length), 0
    for chunk in pieces:
        running.add_to_upload(upload_id, offset, chunk)
        offset += len(chunk)
    return upload_id


def _watched(running: Running) -> dict[str, int]:
    """The most memory that server and worker took, in MB, until the job was done."""
    peak = {"server": 0, "worker": 0}
    for number in count():
        worker = _child_of(running.process_id)
        for name, process in (("server", running.process_id), ("worker", worker)):
            peak[name] = max(peak[name], _peak_mb(process) if process else 0)
        job = _job(running)
        if job["state"] not in ("queued", "running"):
            assert job["state"] == "done", job
            return peak
        if number % 30 == 0:
            print(f"  {job['fraction']:.0%} {job['phase']} {peak}", file=sys.stderr, flush=True)
        time.sleep(_LOOK_S)
    raise AssertionError


def _job(running: Running) -> dict[str, Any]:
    _, library, _ = running.ask("GET", "/api/transcripts")
    job: dict[str, Any] = library["transcripts"][0]["job"]
    return job


def _child_of(process: int) -> int | None:
    """The process that one of its threads began."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    children = [int(child) for task in tasks for child in task.read_text("ascii").split()]
    return children[0] if children else None


def _peak_mb(process: int) -> int:
    """The most that a process had in memory so far."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM"))


def main() -> None:
    for name, told in rows([float(one) for one in sys.argv[1:]] or [1.0]):
        print(f"{name:44} {told}", flush=True)


if __name__ == "__main__":
    main()
