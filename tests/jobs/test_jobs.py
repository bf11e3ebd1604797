from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from filelock import FileLock
from redis import Redis

from editor.errors import InvalidValue, StoreBusy
from editor.jobs import JobContext, Queue, Worker, WorkerProcess, run_worker
from editor.jobs import worker as worker_module
from editor.jobs.context import LEASE_MS, remaining_ms
from editor.jobs.worker import SWEEP_MS
from editor.store import Store, open_store
from tests.support.clock import Clock, wait_for
from tests.support.servers import free_port

ROOT = Path(__file__).resolve().parents[2]


def run_one(store: Store, queue: Queue, handler: Callable[[JobContext], None]) -> str:
    """Queue a job, run it once, and give its id."""
    job = store.create_job("count", None, {"to": 3})
    queue.enqueue(job.id)
    assert Worker(store, queue, {"count": handler}, name="w").step()
    return job.id


def test_queue_carries_job_ids_in_order_and_as_json(queue: Queue, tmp_path: Path) -> None:
    queue.enqueue("a")
    queue.enqueue("b")
    assert queue.waiting() == ["a", "b"]
    again = Queue(tmp_path / "queue.db")
    assert [again.take(), again.take(), again.take()] == ["a", "b", None]
    again.close()


def test_redis_carries_job_ids_in_order_and_as_json(redis_url: str) -> None:
    queue, again = Queue(redis_url), Queue(redis_url)
    queue.enqueue("a")
    queue.enqueue("b")
    assert again.is_reachable()
    assert again.waiting() == ["a", "b"]
    with closing(Redis.from_url(redis_url)) as server:
        raw = server.lrange("huey.redis.transcripteditor", 0, -1)
    assert all(isinstance(json.loads(one), list) for one in raw)
    assert len(raw) == 2
    assert [again.take(), again.take(), again.take()] == ["a", "b", None]
    for one in (queue, again):
        one.close()


def test_jobs_run_while_redis_does_not_answer(
    store: Store, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    queue = Queue(f"redis://127.0.0.1:{free_port()}/0")
    job_id = store.create_job("count", None).id
    assert not queue.is_reachable()
    assert not queue.enqueue(job_id)
    (told,) = caplog.messages
    assert "Connection refused. See to TRANSCRIPT_EDITOR_QUEUE_URL; until it is, jobs" in told
    worker = Worker(store, queue, {"count": lambda context: None}, name="w")
    assert worker.step()
    assert store.job(job_id).state == "done"
    assert not worker.step()
    queue.close()


def test_jobs_run_while_the_file_of_the_queue_cannot_be_used(store: Store, tmp_path: Path) -> None:
    at = tmp_path / "unusable" / "queue.db"
    at.mkdir(parents=True)
    queue = Queue(at)
    job_id = store.create_job("count", None).id
    assert not queue.is_reachable()
    assert not queue.enqueue(job_id)
    worker = Worker(store, queue, {"count": lambda context: None}, name="w")
    assert worker.step()
    assert store.job(job_id).state == "done"
    at.rmdir()
    assert queue.enqueue(job_id)
    assert queue.take() == job_id
    queue.close()


def test_a_job_that_was_put_first_is_run_first_and_each_once(store: Store, queue: Queue) -> None:
    ran: list[str] = []
    ids = [store.create_job("count", None).id for _ in range(3)]
    for job_id in ids:
        queue.enqueue(job_id)
    store.put_first(ids[2])
    worker = Worker(store, queue, {"count": lambda context: ran.append(context.job.id)}, name="w")
    while worker.step():
        pass
    assert ran[0] == ids[2]
    assert sorted(ran) == sorted(ids)


def test_jobs_go_on_where_the_database_was_away(
    store: Store,
    queue: Queue,
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(worker_module, "AWAY_S", 0.01)
    tries: list[int] = []

    def cut_off_once(context: JobContext) -> None:
        tries.append(context.job.attempts)
        if len(tries) == 1:
            monkeypatch.setattr(store, "release_job", away)
            raise StoreBusy
        worker.stopping.set()

    def away(*_: object) -> None:
        # The worker goes on, and finds the job again once its lease has run out.
        clock.ms += LEASE_MS + SWEEP_MS
        raise StoreBusy("The database cannot be reached")

    worker = Worker(store, queue, {"count": cut_off_once}, name="w")
    job_id = store.create_job("count", None).id
    queue.enqueue(job_id)
    worker.run()
    assert (len(tries), store.job(job_id).state) == (2, "done")
    assert "The database cannot be reached. Try again in a moment. Jobs go on" in caplog.text


def test_job_that_the_database_cut_off_is_no_attempt(store: Store, queue: Queue) -> None:
    def cut_off(context: JobContext) -> None:
        raise StoreBusy

    job = store.job(run_one(store, queue, cut_off))
    assert (job.state, job.attempts, job.error) == ("queued", 0, None)


def test_worker_has_one_name_for_each_data_folder(
    store: Store, queue: Queue, tmp_path: Path
) -> None:
    stopping = threading.Event()
    names: list[str | None] = []

    def note(context: JobContext) -> None:
        names.append(context.job.worker)
        stopping.set()

    for folder in ("here", "there", "here"):
        stopping.clear()
        queue.enqueue(store.create_job("note", None).id)
        run_worker(
            store,
            queue,
            {"note": note},
            data_dir=tmp_path / folder,
            stopping=stopping,
            tidies=lambda: names.append("tidied"),
        )
    assert names[1] == names[5] != names[3]
    assert names[::2] == ["tidied"] * 3


def test_a_job_that_waits_for_no_turn_runs_beside_another(
    store: Store, queue: Queue, tmp_path: Path
) -> None:
    stopping, is_copied = threading.Event(), threading.Event()
    order: list[str] = []

    def hear(context: JobContext) -> None:
        order.append("heard" if is_copied.wait(20) else "waited")
        stopping.set()

    def copy(context: JobContext) -> None:
        order.append("copied")
        is_copied.set()

    first, second = store.create_job("hear", None), store.create_job("copy", None)
    queue.enqueue(first.id)
    run_worker(
        store,
        queue,
        {"hear": hear, "copy": copy},
        data_dir=tmp_path,
        stopping=stopping,
        beside=["copy"],
    )
    assert order == ["copied", "heard"]
    assert [store.job(job.id).state for job in (first, second)] == ["done", "done"]


def test_job_runs_and_is_done(store: Store, queue: Queue) -> None:
    seen: list[object] = []
    job = store.job(run_one(store, queue, lambda context: seen.append(context.job.params)))
    assert seen == [{"to": 3}]
    assert (job.state, job.fraction, job.worker) == ("done", 1.0, None)


def test_foreseen_error_ends_the_job_at_once(store: Store, queue: Queue) -> None:
    def fail(context: JobContext) -> None:
        raise InvalidValue("language", "nobody speaks it")

    job = store.job(run_one(store, queue, fail))
    assert job.state == "failed"
    assert job.error == {"code": "invalid_value", "message": "language: nobody speaks it"}


def test_unforeseen_error_is_tried_three_times(store: Store, queue: Queue, clock: Clock) -> None:
    tries: list[int] = []

    def fail(context: JobContext) -> None:
        tries.append(context.job.attempts)
        raise ArithmeticError("no such number")

    job_id = run_one(store, queue, fail)
    assert store.job(job_id).state == "queued"
    worker = Worker(store, queue, {"count": fail}, name="w")
    for _ in range(5):
        clock.ms += 60_000
        worker.step()
    job = store.job(job_id)
    assert (tries, job.state) == ([1, 2, 3], "failed")
    assert job.error == {
        "code": "internal",
        "message": "Something went wrong on the server; see its log.",
        "cause": "ArithmeticError",
    }


def test_job_without_handler_fails(store: Store, queue: Queue) -> None:
    job = store.create_job("unknown", None)
    queue.enqueue(job.id)
    Worker(store, queue, {}, name="w").step()
    assert store.job(job.id).state == "failed"


def test_cancelled_job_stops_at_its_next_checkpoint(
    store: Store, queue: Queue, clock: Clock
) -> None:
    def cancel_meanwhile(context: JobContext) -> None:
        context.checkpoint()
        store.request_cancel(context.job.id)
        clock.ms += 1_000
        context.checkpoint()
        raise AssertionError("went on")

    assert store.job(run_one(store, queue, cancel_meanwhile)).state == "cancelled"


def test_worker_that_lost_its_lease_lets_go(store: Store, queue: Queue, clock: Clock) -> None:
    def oversleep(context: JobContext) -> None:
        clock.ms += 60_000
        assert store.claim_job(context.job.id, "other", 60_000)
        context.checkpoint()
        raise AssertionError("went on")

    job = store.job(run_one(store, queue, oversleep))
    assert (job.state, job.worker, job.fence) == ("running", "other", 2)


def test_stopped_worker_puts_its_job_back(store: Store, queue: Queue) -> None:
    job = store.create_job("count", None)
    queue.enqueue(job.id)
    worker = Worker(store, queue, {"count": lambda context: stop(context)}, name="w")

    def stop(context: JobContext) -> None:
        worker.stopping.set()
        context.checkpoint()

    worker.step()
    back = store.job(job.id)
    assert (back.state, back.attempts) == ("queued", 0)


def test_undelivered_job_is_found_by_the_sweep(store: Store, queue: Queue) -> None:
    job = store.create_job("count", None)
    assert Worker(store, queue, {"count": lambda context: None}, name="w").step()
    assert store.job(job.id).state == "done"


def test_job_delivered_twice_runs_once(store: Store, queue: Queue) -> None:
    runs: list[str] = []
    job = store.create_job("count", None)
    queue.enqueue(job.id)
    queue.enqueue(job.id)
    worker = Worker(store, queue, {"count": lambda context: runs.append("x")}, name="w")
    assert [worker.step(), worker.step(), worker.step()] == [True, True, False]
    assert runs == ["x"]


def test_progress_is_saved_four_times_a_second_at_most(
    store: Store, queue: Queue, clock: Clock
) -> None:
    saved: list[float] = []

    def work(context: JobContext) -> None:
        for percent in range(10):
            context.report(percent / 100, "recognise")
            saved.append(store.job(context.job.id).fraction)
            clock.ms += 100
        context.report(0.1, "align", "nearly")
        saved.append(store.job(context.job.id).fraction)

    job = store.job(run_one(store, queue, work))
    assert saved == [0, 0, 0, 0.03, 0.03, 0.03, 0.06, 0.06, 0.06, 0.09, 0.1]
    assert (job.phase, job.message) == ("align", "nearly")


def test_remaining_time_follows_the_pace(store: Store, queue: Queue, clock: Clock) -> None:
    etas: list[int | None] = []

    def work(context: JobContext) -> None:
        for step in range(5):
            context.report(0.5 + step / 10, "recognise")
            etas.append(store.job(context.job.id).eta_ms)
            clock.ms += 2_000

    run_one(store, queue, work)
    assert etas == [None, None, 6_000, 4_000, 2_000]
    assert remaining_ms(0, 0.5, 60_000, 0.5) is None


PIECEWISE = """
import sys, threading, time
from pathlib import Path
from editor.document import RecognisedWord
from editor.jobs import Queue, run_worker, stop_with_parent
from editor.store import open_store

folder = Path(sys.argv[1])
store, queue = open_store(f"sqlite:///{folder / 'transcripts.db'}"), Queue(folder / "queue.db")

def transcribe(context):
    transcript_id = context.job.transcript_id
    for number in range(8):
        if number in store.recognised_chunks(transcript_id, "r"):
            continue
        context.checkpoint()
        time.sleep(0.15)
        word = RecognisedWord(number, "x", number * 100, number * 100 + 50, 1.0, number)
        start_ms = number * 100
        assert store.save_chunk(transcript_id, "r", number, start_ms, start_ms + 100, [word])
        with (folder / "done.txt").open("a") as done:
            print(context.job.fence, number, file=done, flush=True)
        context.report((number + 1) / 8, "recognise")

stopping = threading.Event()
stop_with_parent(stopping)
run_worker(store, queue, {"transcribe": transcribe}, data_dir=folder, stopping=stopping)
"""


@pytest.fixture
def piecewise(tmp_path: Path, queue: Queue) -> Iterator[tuple[Store, str, list[str]]]:
    """A store with a queued job of eight pieces, its id, and the command of a worker for it."""
    store = open_store(f"sqlite:///{tmp_path / 'transcripts.db'}")
    row = store.create_transcript(title="Talk", media_name="talk.mp3", model="base")
    job = store.create_job("transcribe", row.id)
    queue.enqueue(job.id)
    (tmp_path / "done.txt").touch()
    yield store, job.id, [sys.executable, "-c", PIECEWISE, str(tmp_path)]
    store.close()


def test_killed_worker_is_replaced_and_goes_on_at_the_next_piece(
    piecewise: tuple[Store, str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, job_id, command = piecewise
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    done = tmp_path / "done.txt"
    process = WorkerProcess(command, first_pause_s=0.05)
    process.start()
    wait_for(lambda: len(done.read_text().splitlines()) >= 3)
    assert process.pid is not None
    os.kill(process.pid, signal.SIGKILL)
    wait_for(lambda: not store.job(job_id).is_active)
    process.stop()

    job = store.job(job_id)
    lines = [line.split() for line in done.read_text().splitlines()]
    assert (job.state, job.fence) == ("done", 2)
    # A piece may have been saved in the instant before its line was written.
    numbers = [int(number) for _, number in lines]
    assert numbers == sorted(set(numbers))
    assert {fence for fence, _ in lines} == {"1", "2"}
    assert job.transcript_id is not None
    assert [word.id for word in store.recognised_words(job.transcript_id)] == list(range(8))


def test_worker_ends_with_its_parent_and_the_next_goes_on(
    piecewise: tuple[Store, str, list[str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, job_id, command = piecewise
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:
        wait_for(lambda: (tmp_path / "done.txt").read_text())
        assert child.stdin is not None
        child.stdin.close()
        assert child.wait(10) == 0
    assert (store.job(job_id).state, store.job(job_id).attempts) == ("queued", 0)


def test_second_worker_waits_for_the_slot(store: Store, queue: Queue, tmp_path: Path) -> None:
    job = store.create_job("count", None)
    stopping = threading.Event()

    def finish(context: JobContext) -> None:
        stopping.set()

    def work() -> None:
        run_worker(store, queue, {"count": finish}, data_dir=tmp_path, stopping=stopping)

    thread = threading.Thread(target=work)
    with FileLock(tmp_path / "worker.lock"):
        thread.start()
        time.sleep(0.5)
        assert store.job(job.id).state == "queued"
    thread.join(10)
    assert store.job(job.id).state == "done"


@pytest.mark.parametrize("where", ["file", "redis"])
def test_workers_take_jobs_of_their_models_only(
    store: Store, clock: Clock, tmp_path: Path, request: pytest.FixtureRequest, where: str
) -> None:
    at = tmp_path / "q.db" if where == "file" else request.getfixturevalue("redis_url")
    queue, ran = Queue(at, ["base", "large-v3", "tiny"]), list[tuple[str, str]]()

    def worker(name: str, *models: str) -> Worker:
        def run(context: JobContext) -> None:
            ran.append((name, context.job.model))

        return Worker(store, queue, {"transcribe": run}, name=name, models=models)

    small, large = worker("small", "base", "tiny"), worker("large", "large-v3")
    for number, model in enumerate(["large-v3", "base", "large-v3", "", "unknown"]):
        job = store.create_job("transcribe", None, {"model": model} if model else {})
        if number < 3:
            queue.enqueue(job.id, job.model)
    clock.ms += 5_000
    while small.step():
        pass
    assert sorted(ran) == [("small", ""), ("small", "base"), ("small", "unknown")]
    # What the other one found due goes to the right lane, and is there once.
    assert len(queue.waiting()) == 2
    while large.step():
        pass
    assert ran[3:] == [("large", "large-v3")] * 2
    queue.enqueue(store.create_job("transcribe", None, {"model": "tiny"}).id, "tiny")
    assert not large.step()
    assert worker("any").step()
    assert ran[-1] == ("any", "tiny")
    queue.close()


def test_a_worker_leaves_other_models_alone_while_redis_does_not_answer(store: Store) -> None:
    queue = Queue(f"redis://127.0.0.1:{free_port()}/0", ["base", "large-v3"])
    jobs = [store.create_job("count", None, {"model": name}) for name in ("large-v3", "base")]
    worker = Worker(store, queue, {"count": lambda context: None}, name="w", models=["base"])
    while worker.step():
        pass
    assert [store.job(job.id).state for job in jobs] == ["queued", "done"]
    queue.close()


@pytest.mark.skipif(sys.platform == "win32", reason="ended by signals")
def test_workers_are_told_their_models(redis_url: str, tmp_path: Path) -> None:
    shared = {
        "TRANSCRIPT_EDITOR_DATABASE_URL": f"sqlite:///{tmp_path / 'transcripts.db'}",
        "TRANSCRIPT_EDITOR_QUEUE_URL": redis_url,
    }
    store = open_store(shared["TRANSCRIPT_EDITOR_DATABASE_URL"])
    # Without a recording each fails as soon as a worker has taken it.
    item = store.create_transcript(title="Talk", media_name="a.mp3", model="base").id
    base, large = (
        store.create_job("transcribe", item, {"model": name}).id for name in ("base", "large-v3")
    )

    def started(name: str, *words: str, **more: str) -> subprocess.Popen[bytes]:
        environ = {**os.environ, **shared, "TRANSCRIPT_EDITOR_DATA": str(tmp_path / name), **more}
        command = [sys.executable, "-m", "editor", "worker", "--standalone", *words]
        return subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.DEVNULL)

    first = started("first", "--models", "large-v3,tiny")
    try:
        wait_for(lambda: store.job(large).state == "failed", 40)
        time.sleep(0.5)
        assert store.job(base).state == "queued"
        second = started("second", TRANSCRIPT_EDITOR_WORKER_MODELS="base")
        try:
            wait_for(lambda: store.job(base).state == "failed", 40)
        finally:
            second.terminate()
            second.wait(20)
    finally:
        first.terminate()
        first.wait(20)
    store.close()
