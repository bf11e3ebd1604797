"""Several workers hear one recording; heard is a word in each tone, without listening."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from editor.config import Settings
from editor.errors import LeaseLost
from editor.jobs import Queue
from editor.library import jobs_shared
from editor.store import JobRow, Store, open_store
from tests.faults import program
from tests.support.clock import wait_for
from tests.support.library import settings_for
from tests.support.machines import Machines, is_over, job_of, machines
from tests.support.servers import Bucket

#: 27 minutes.
WORD_COUNT = 4000


@pytest.fixture
def shared(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    """What all machines have in common: a bucket, or the data folder itself."""
    web = settings_for(tmp_path / "web")
    if getattr(request, "param", "") == "folder":
        return web
    bucket: Bucket = request.getfixturevalue("bucket")
    return replace(web, files_url=bucket.url)


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


@pytest.fixture
def work(shared: Settings, library: Store, queue: Queue) -> Iterator[Machines]:
    with machines(shared, library, queue) as ours:
        yield ours


@pytest.fixture
def job(shared: Settings, library: Store, tmp_path: Path) -> JobRow:
    return job_of(shared, library, tmp_path, WORD_COUNT)


def words_of(library: Store, job: JobRow) -> list[tuple[str, int]]:
    heard = library.recognised_words(str(job.transcript_id), recognition=job.id)
    return [(word.text, word.start_ms) for word in heard]


@pytest.mark.parametrize("shared", ["bucket", "folder"], indirect=True)
def test_two_workers_hear_one_recording_as_one_alone_does(
    shared: Settings,
    library: Store,
    job: JobRow,
    work: Machines,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(program, "PIECE_S", 1.5)
    first, second = work.make("first"), work.make("second")
    for one in (first, second):
        one.start()
    wait_for(lambda: is_over(library, job), 60)
    assert library.job(job.id).state == "done", library.job(job.id).error
    pieces = library.recognised_chunks(str(job.transcript_id), job.id)
    assert pieces == set(range(len(pieces)))
    assert len(pieces) >= 9
    mine, others = (set(one.heard) for one in (first, second))
    assert mine | others == pieces
    assert mine & others == set()
    assert min(len(mine), len(others)) >= 2
    assert library.count_chunk_ranges(job.id) == 0
    assert library.transcript(str(job.transcript_id)).recognised_until_ms == WORD_COUNT * 400
    together = words_of(library, job)
    second.stop()
    monkeypatch.setattr(program, "PIECE_S", 0.1)
    again = library.create_job("transcribe", job.transcript_id, job.params)
    wait_for(lambda: is_over(library, again), 60)
    assert together == words_of(library, again)
    # Copies of the recording went from both; one that is no copy did not.
    for one in (first, second):
        left = [path.name for path in one.settings.data_dir.rglob("original*")]
        assert left == ([] if shared.files_url else ["original.wav"])


def test_what_a_dead_helper_took_is_heard_by_another(
    library: Store, job: JobRow, work: Machines
) -> None:
    first = work.make("first")
    first.start()
    wait_for(lambda: library.job(job.id).state == "running", 30)
    library.offer_help(["tiny"])
    assert not library.is_help_offered(job.id)
    library.offer_help(["tiny", "base"])
    wait_for(lambda: library.count_chunk_ranges(job.id) > 0, 30)
    taken = library.claim_chunk_range(1500, models=["base", "tiny"])
    assert taken
    dead, _ = taken
    wait_for(lambda: is_over(library, job), 60)
    assert library.job(job.id).state == "done"
    assert set(jobs_shared.numbers_of(dead)) <= set(first.heard)
    with pytest.raises(LeaseLost):
        library.renew_chunk_range(dead, 1000)


def test_a_helper_lets_go_when_the_job_is_cancelled(
    library: Store, job: JobRow, work: Machines, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs_shared, "BEAT_S", 0.1)
    monkeypatch.setattr(program, "PIECE_S", 3.0)
    first, second = work.make("first"), work.make("second")
    for one in (first, second):
        one.start()
    wait_for(lambda: second.heard, 30)
    library.request_cancel(job.id)
    wait_for(lambda: is_over(library, job), 30)
    assert library.job(job.id).state == "cancelled"
    heard = len(second.heard)
    time.sleep(1.5)
    assert len(second.heard) <= heard + 3
    assert library.count_chunk_ranges(job.id) == 0
    pieces = library.recognised_chunks(str(job.transcript_id), job.id)
    assert len(pieces) < 9


def test_what_was_shared_and_forgotten_is_heard_by_the_job(
    library: Store, job: JobRow, work: Machines
) -> None:
    first = work.make("first")
    first.start()
    wait_for(lambda: library.job(job.id).state == "running", 30)
    library.offer_help()
    wait_for(lambda: library.count_chunk_ranges(job.id) > 0, 30)
    library.share_chunk_ranges(job.id, (), "")
    wait_for(lambda: is_over(library, job), 60)
    pieces = library.recognised_chunks(str(job.transcript_id), job.id)
    assert pieces == set(range(len(pieces))) == set(first.heard)
    assert len(pieces) >= 9
