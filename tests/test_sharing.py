"""Several workers hear one recording; heard is a word in each tone, without listening."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from editor import pipeline, sharing
from editor.cli.wiring import handlers_for
from editor.config import Settings
from editor.document import HeardWord
from editor.errors import LeaseLost
from editor.hearing import RecogniserKeeper, keep
from editor.jobs import Queue, Worker
from editor.store import JobRow, Store, open_store
from tests.clock import wait_for
from tests.faults import program
from tests.faults.program import QuickRecogniser
from tests.library import settings_for
from tests.servers import Bucket
from tests.stand_in import write_recording

WORD_COUNT = 4000


@dataclass
class Machine:
    """A worker with a data folder of its own, and the pieces that it heard."""

    settings: Settings
    store: Store
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


class Noted(QuickRecogniser):
    """Notes the pieces that it hears."""

    def __init__(self, heard: list[int]) -> None:
        self._heard = heard

    def hear(
        self, samples: NDArray[np.float32], *, start_ms: int, piece: int, **options: object
    ) -> Iterator[HeardWord]:
        self._heard.append(piece)
        return super().hear(samples, start_ms=start_ms, piece=piece, **options)


@pytest.fixture
def shared(tmp_path: Path, bucket: Bucket) -> Settings:
    """What all machines have in common."""
    return replace(settings_for(tmp_path / "web"), files_url=bucket.url)


@pytest.fixture
def library(shared: Settings) -> Iterator[Store]:
    opened = open_store(shared.database_url)
    yield opened
    opened.close()


@pytest.fixture
def queue(shared: Settings) -> Iterator[Queue]:
    opened = Queue(shared.queue_at)
    yield opened
    opened.close()


MakeMachine = Callable[[str], Machine]


@pytest.fixture
def machine(
    shared: Settings, library: Store, queue: Queue, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[MakeMachine]:
    heard_by: dict[Path, list[int]] = {}
    made: list[Machine] = []
    monkeypatch.setattr(
        keep,
        "load_recogniser",
        lambda settings, model, progress: Noted(heard_by[settings.data_dir]),
    )

    def make(name: str) -> Machine:
        # The database's address stays that of the web host.
        settings = replace(shared, data_dir=tmp_path / name)
        heard: list[int] = heard_by.setdefault(settings.data_dir, [])
        keeper = RecogniserKeeper(settings)
        worker = Worker(library, queue, handlers_for(settings, library, keeper), name=name)
        stopping = worker.stopping
        worker._helps = lambda: sharing.help_others(settings, library, keeper, stopping)
        made.append(Machine(settings, library, worker, heard))
        return made[-1]

    yield make
    for one in made:
        one.stop()


@pytest.fixture
def job(shared: Settings, library: Store, tmp_path: Path) -> JobRow:
    """A job of a recording of 27 minutes."""
    path = tmp_path / "tones.wav"
    write_recording(path, WORD_COUNT)
    item = pipeline.create_transcript(
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
    return library.job(job.id).state not in ("queued", "running")


def words_of(library: Store, job: JobRow) -> list[tuple[str, int]]:
    heard = library.heard_words(str(job.transcript_id), recognition=job.id)
    return [(word.text, word.start_ms) for word in heard]


def test_two_workers_hear_one_recording_as_one_alone_does(
    library: Store, job: JobRow, machine: MakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(program, "PIECE_S", 1.5)
    first, second = machine("first"), machine("second")
    for one in (first, second):
        one.start()
    wait_for(lambda: is_over(library, job), 60)
    assert library.job(job.id).state == "done", library.job(job.id).error
    pieces = library.pieces(str(job.transcript_id), job.id)
    assert pieces == set(range(len(pieces)))
    assert len(pieces) >= 9
    mine, others = (set(one.heard) for one in (first, second))
    assert mine | others == pieces
    assert mine & others == set()
    assert min(len(mine), len(others)) >= 2
    assert library.count_stretches(job.id) == 0
    assert library.transcript(str(job.transcript_id)).settled_ms == WORD_COUNT * 400
    together = words_of(library, job)
    second.stop()
    monkeypatch.setattr(program, "PIECE_S", 0.1)
    again = library.create_job("transcribe", job.transcript_id, job.params)
    wait_for(lambda: is_over(library, again), 60)
    assert together == words_of(library, again)
    # Copies of the recording went from both.
    for one in (first, second):
        assert list(one.settings.data_dir.rglob("*.wav")) == []


def test_what_a_dead_helper_took_is_heard_by_another(
    library: Store, job: JobRow, machine: MakeMachine
) -> None:
    first = machine("first")
    first.start()
    wait_for(lambda: library.job(job.id).state == "running", 30)
    library.offer_help(["tiny"])
    assert not library.is_help_offered(job.id)
    library.offer_help(["tiny", "base"])
    wait_for(lambda: library.count_stretches(job.id) > 0, 30)
    taken = library.claim_stretch(1500, models=["base", "tiny"])
    assert taken
    dead, _ = taken
    wait_for(lambda: is_over(library, job), 60)
    assert library.job(job.id).state == "done"
    assert set(sharing.numbers_of(dead)) <= set(first.heard)
    with pytest.raises(LeaseLost):
        library.renew_stretch(dead, 1000)


def test_a_helper_lets_go_when_the_job_is_cancelled(
    library: Store, job: JobRow, machine: MakeMachine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sharing, "BEAT_S", 0.1)
    monkeypatch.setattr(program, "PIECE_S", 3.0)
    first, second = machine("first"), machine("second")
    for one in (first, second):
        one.start()
    wait_for(lambda: second.heard, 30)
    library.request_cancel(job.id)
    wait_for(lambda: is_over(library, job), 30)
    assert library.job(job.id).state == "cancelled"
    heard = len(second.heard)
    time.sleep(1.5)
    assert len(second.heard) <= heard + 3
    assert library.count_stretches(job.id) == 0
    pieces = library.pieces(str(job.transcript_id), job.id)
    assert len(pieces) < 9
