"""Workers on one library, which hear a word in each tone of one recording.

Each has a data folder of its own where a bucket has the recording, else all have the same.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from unittest import mock

import numpy as np
from numpy.typing import NDArray

from editor.asr import ModelCache, model_cache
from editor.config import Settings
from editor.document import RecognisedWord
from editor.jobs import Queue, Worker
from editor.library import jobs_shared, transcripts
from editor.library.worker import handlers_for
from editor.store import JobRow, Store
from tests.faults.program import QuickRecogniser
from tests.support.stand_in import write_recording


class Noted(QuickRecogniser):
    """Notes the pieces that it hears."""

    def __init__(self, heard: list[int]) -> None:
        self._heard = heard

    def recognise(
        self, samples: NDArray[np.float32], *, start_ms: int, chunk: int, **options: object
    ) -> Iterator[RecognisedWord]:
        self._heard.append(chunk)
        return super().recognise(samples, start_ms=start_ms, chunk=chunk, **options)


@dataclass
class Machine:
    """A worker with a data folder of its own, and the pieces that it heard."""

    settings: Settings
    worker: Worker
    heard: list[int] = field(default_factory=list)
    thread: threading.Thread | None = None

    def start(self) -> None:
        self.thread = threading.Thread(target=self.worker.run)
        self.thread.start()

    def stop(self) -> None:
        self.worker.stopping.set()
        if self.thread:
            self.thread.join(30)


class Machines:
    """All that work on one library."""

    def __init__(self, shared: Settings, library: Store, queue: Queue) -> None:
        self._shared, self._library, self._queue = shared, library, queue
        self.made: dict[int, Machine] = {}

    def make(self, name: str) -> Machine:
        """One more; it does not work yet."""
        folder = self._shared.data_dir
        # The database's address stays that of the web host.
        own = folder.with_name(name) if self._shared.files_url else folder
        settings = replace(self._shared, data_dir=own)
        model_cache = ModelCache(settings)
        stopping = threading.Event()

        def helps() -> bool:
            return jobs_shared.help_others(settings, self._library, model_cache, stopping)

        handlers = handlers_for(settings, self._library, model_cache)
        worker = Worker(self._library, self._queue, handlers, name=name, helps=helps)
        worker.stopping = stopping
        self.made[id(settings)] = Machine(settings, worker)
        return self.made[id(settings)]


@contextmanager
def machines(shared: Settings, library: Store, queue: Queue) -> Iterator[Machines]:
    """None at first; they end with this."""
    ours = Machines(shared, library, queue)

    def noted(settings: Settings, model: str, progress: object) -> Noted:
        return Noted(ours.made[id(settings)].heard)

    with mock.patch.object(model_cache, "load_recogniser", noted):
        try:
            yield ours
        finally:
            for one in ours.made.values():
                one.stop()


def job_of(shared: Settings, library: Store, folder: Path, word_count: int) -> JobRow:
    """A job that waits, of a recording of so many tones, 400 ms each."""
    path = folder / "tones.wav"
    write_recording(path, word_count)
    item = transcripts.create_transcript(
        shared,
        library,
        media_path=path,
        media_name="tones.wav",
        text=None,
        text_name=None,
        text_encoding=None,
        title=None,
        model="base",
        language="en",
    )
    return library.create_job("transcribe", item, {"model": "base", "language": "en"})


def is_over(library: Store, job: JobRow) -> bool:
    """Whether a job came to its end."""
    return not library.job(job.id).is_active
