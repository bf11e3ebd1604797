"""A real worker killed in the middle of a recording: the next goes on, and does nothing twice."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import pairwise
from pathlib import Path

import pytest

from editor.config import Settings
from editor.document import split_words
from editor.jobs import Queue
from editor.library import transcripts
from editor.store import Store
from tests.support.clock import wait_for
from tests.support.speech import Spoken, joined, speak, write_wav

pytestmark = pytest.mark.model

ROOT = Path(__file__).resolve().parents[2]
SAID = (
    "The keeper of the lighthouse wrote every morning in his logbook.",
    "At low tide the rocks were dry, and the gulls came back.",
    "Nobody had told the moon that the harbour was closed on Sundays.",
)
#: Three pieces is the fewest a recording of more than three and a half minutes is cut into.
LENGTH_MS = 216_000
PAUSE_MS = 27_000


def long_recording() -> Spoken:
    """The three sentences again and again, with pauses that cost the model little time."""
    sentences = [speak(text) for text in SAID]
    parts: list[Spoken] = []
    while (spoken := joined(parts, pause_ms=PAUSE_MS)).duration_ms < LENGTH_MS:
        parts.append(sentences[len(parts) % len(sentences)])
    return spoken


# The program's own worker, except that it notes each piece it begins to hear.
WORKER = """
import sys
from pathlib import Path
from editor.cli import cli
from editor.asr.recogniser import Recogniser

recognise = Recogniser.recognise

def noted(self, samples, *, chunk, **options):
    with Path(sys.argv[1]).open("a") as begun:
        print(chunk, file=begun)
    return recognise(self, samples, chunk=chunk, **options)

Recogniser.recognise = noted
cli(["worker"])
"""


@contextmanager
def worker(data_dir: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A worker process; it ends with its standard input."""
    environ = {
        **os.environ,
        "TRANSCRIPT_EDITOR_DATA": str(data_dir),
        "TRANSCRIPT_EDITOR_MODEL": "tiny.en",
    }
    command = [sys.executable, "-c", WORKER, str(data_dir / "begun.txt")]
    with subprocess.Popen(command, env=environ, cwd=ROOT, stdin=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            assert process.stdin is not None
            process.stdin.close()
            process.wait(30)


def saved_pieces(data_dir: Path) -> list[tuple[object, ...]]:
    """The rows of the pieces as they lie in the file, by the order in which they were saved."""
    with closing(sqlite3.connect(data_dir / "transcripts.db")) as connection:
        return connection.execute("SELECT rowid, * FROM chunks ORDER BY rowid").fetchall()


def pieces_begun(data_dir: Path) -> list[int]:
    return [int(line) for line in (data_dir / "begun.txt").read_text().splitlines()]


def test_worker_killed_after_a_piece_goes_on_with_the_next(
    store: Store, queue: Queue, tmp_path: Path
) -> None:
    spoken = long_recording()
    recording = write_wav(spoken, tmp_path / "talk.wav")
    settings = Settings.from_env({"TRANSCRIPT_EDITOR_DATA": str(tmp_path)})
    transcript_id = transcripts.create_transcript(
        settings,
        store,
        queue=queue,
        media_path=recording,
        media_name="talk.wav",
        text=spoken.text.replace(". ", ".\n").encode(),
        text_name="talk.txt",
        text_encoding=None,
        title=None,
        model="tiny.en",
        language=None,
    )
    with worker(tmp_path) as process:
        wait_for(lambda: saved_pieces(tmp_path), 120)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    before, begun_before = saved_pieces(tmp_path), pieces_begun(tmp_path)
    (job,) = store.jobs(transcript_id)
    assert (job.state, job.fence) == ("running", 1)

    with worker(tmp_path):
        wait_for(lambda: not store.jobs(transcript_id)[0].is_active, 240)
    (job,) = store.jobs(transcript_id)
    assert (job.state, job.fence) == ("done", 2)
    after, begun_after = saved_pieces(tmp_path), pieces_begun(tmp_path)[len(begun_before) :]
    assert 1 <= len(before) < len(after)
    assert after[: len(before)] == before
    assert len(after) >= 3
    # Of what was saved nothing is heard again, only what the kill cut off.
    assert sorted(begun_after) == list(range(len(before), len(after)))
    assert store.recognised_chunks(transcript_id, job.id) == set(range(len(after)))

    words = [word for stored in store.segments(transcript_id) for word in stored.segment.words]
    assert [word.text for word in words] == split_words(spoken.text)
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(words))
    assert sum(word.origin == "heard" for word in words) > 0.95 * len(words)
    errors_ms = sorted(
        abs(word.start_ms - start) for word, (_, start, _) in zip(words, spoken.words, strict=True)
    )
    assert errors_ms[len(errors_ms) // 2] <= 120
