"""What follows on recognition on a server: results in a folder, and another server told."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from editor.config import Settings
from editor.errors import InvalidValue
from editor.jobs import JobContext, Queue, Worker
from editor.library.job_kinds import DELIVER, SPEAKERS
from editor.library.jobs_deliver import check_settings, deliver, deliver_soon
from editor.store import JobRow, Store, open_store
from tests.formats.talk import TALK
from tests.library.test_webhook import server
from tests.store.samples import new_transcript
from tests.support.clock import Clock
from tests.support.segments import put_segments


@pytest.fixture
def store(settings: Settings, clock: Clock) -> Iterator[Store]:
    store = open_store(settings.database_url, clock=clock)
    yield store
    store.close()


@pytest.fixture
def queue(tmp_path: Path) -> Iterator[Queue]:
    queue = Queue(tmp_path / "queue.db")
    yield queue
    queue.close()


def talk_in(store: Store) -> str:
    transcript_id = new_transcript(store)
    put_segments(store, transcript_id, list(TALK.segments))
    return transcript_id


class Delivering:
    """A worker that does the jobs that are due."""

    def __init__(self, settings: Settings, store: Store, queue: Queue) -> None:
        self.store = store

        def handler(context: JobContext) -> None:
            deliver(settings, store, context.job)

        self.worker = Worker(store, queue, {DELIVER: handler}, name="w", beside=[SPEAKERS])

    def step(self) -> None:
        self.worker.step()

    def jobs(self) -> list[JobRow]:
        return [job for job in reversed(self.store.jobs()) if job.kind == DELIVER]


def test_results_are_written_and_told_and_only_what_failed_is_tried_again(
    settings: Settings, store: Store, clock: Clock, tmp_path: Path, queue: Queue
) -> None:
    out = tmp_path / "results"
    out.write_text("in the way")
    with server(503, 204) as (url, got):
        wanted = replace(settings, results_dir=out, result_formats=("srt", "txt"), webhook_url=url)
        item = talk_in(store)
        deliver_soon(settings, store, item)
        assert store.jobs() == []
        deliver_soon(wanted, store, item)
        delivering = Delivering(wanted, store, queue)
        delivering.step()
        (job,) = delivering.jobs()
        assert (job.state, job.attempts) == ("queued", 0)
        assert job.error is not None
        assert "this is a file, not a folder" in job.error["message"]
        out.unlink()
        for _ in range(3):
            clock.ms += 5_000
            delivering.step()
        names = sorted(path.name for path in out.iterdir())
        assert [Path(name).suffix for name in names] == [".srt", ".txt"]
        assert all(item in name for name in names)
        assert [job.state for job in delivering.jobs()] == ["done", "queued"]
        # What a person changed in the folder meanwhile stays.
        (out / names[1]).write_text("mine")
        clock.ms += 100_000
        delivering.step()
        assert [job.state for job in delivering.jobs()] == ["done", "done"]
        assert (out / names[1]).read_text() == "mine"
    told = {"event": "written", "recording": store.transcript(item).media_name}
    bodies = [json.loads(body) for _, body, _ in got]
    assert bodies == [{**told, "transcript": item, "files": names}] * 2


def test_a_server_that_refuses_is_not_asked_again_and_the_job_says_so(
    settings: Settings, store: Store, clock: Clock, tmp_path: Path, queue: Queue
) -> None:
    with server(404) as (url, got):
        wanted = replace(settings, webhook_url=url)
        deliver_soon(wanted, store, talk_in(store))
        delivering = Delivering(wanted, store, queue)
        for _ in range(3):
            clock.ms += 100_000
            delivering.step()
        job = delivering.jobs()[-1]
        assert (job.state, len(got)) == ("failed", 1)
        assert job.error is not None
        assert job.error["message"] == "127.0.0.1 was not told: it answers 404"
        assert json.loads(got[0][1])["event"] == "recognised"


def test_results_wait_for_speakers_and_of_what_is_in_the_trash_there_are_none(
    settings: Settings, store: Store, clock: Clock, tmp_path: Path, queue: Queue
) -> None:
    wanted = replace(settings, results_dir=tmp_path / "results")
    item = talk_in(store)
    deliver_soon(wanted, store, item)
    speakers = store.create_job(SPEAKERS, item)
    delivering = Delivering(wanted, store, queue)
    delivering.step()
    (job,) = delivering.jobs()
    assert (job.state, job.error) == ("queued", None)
    store.request_cancel(speakers.id)
    store.move_to_trash(item)
    clock.ms += 5_000
    delivering.step()
    assert delivering.jobs()[0].state == "done"
    assert not (tmp_path / "results").exists()


def test_settings_that_can_deliver_nothing_are_told(settings: Settings) -> None:
    with pytest.raises(InvalidValue, match="nope is none of"):
        check_settings(replace(settings, result_formats=("nope",)))
    with pytest.raises(InvalidValue, match="https://"):
        check_settings(replace(settings, webhook_url="ftp://a"))
