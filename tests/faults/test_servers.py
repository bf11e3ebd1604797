"""Two servers on one folder, a clock that goes back, a worker that hangs."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from editor.cli.startup import only_server
from editor.errors import StoreBusy
from editor.jobs import JobContext, Queue, Worker, WorkerProcess
from editor.jobs import context as context_module
from editor.jobs.context import heartbeat
from editor.store import Store
from tests.faults.running import Running
from tests.support.clock import Clock, wait_for
from tests.support.library import settings_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes are ended by signals")
AN_HOUR_MS = 3_600_000


def test_a_second_server_on_the_folder_is_refused_and_leaves_no_trace(tmp_path: Path) -> None:
    first, second = Running(tmp_path), None
    try:
        first.wait_ready()
        second = refused = Running(tmp_path)
        wait_for(lambda: "Error" in refused.said(), 30)
        assert refused.said() == (
            f"Error: {tmp_path}: another Transcript Editor is using this folder. Use that one, "
            "stop it, or set TRANSCRIPT_EDITOR_DATA to another folder.\n"
        )
        assert first.ask("GET", "/api/transcripts")[0] == 200
        assert first.stop() == 0
        # So the next one finds it.
        with only_server(settings_for(tmp_path)) as was_cut_off:
            assert not was_cut_off
    finally:
        first.close()
        if second:
            second.close()


def test_jobs_go_on_when_the_clock_was_set_back(store: Store, queue: Queue, clock: Clock) -> None:
    clock.ms += AN_HOUR_MS
    running, waiting = store.create_job("a", None), store.create_job("a", None)
    assert store.claim_job(running.id, "dead", 30_000)
    claimed = store.claim_job(waiting.id, "dead", 30_000)
    assert claimed
    store.fail_job(waiting.id, claimed.fence, {}, retry_at_ms=clock.ms + 20_000)
    worker = Worker(store, queue, {"a": lambda context: None}, name="w")
    while worker.step():
        pass
    clock.ms -= AN_HOUR_MS
    while worker.step():
        pass
    assert [store.job(job.id).state for job in (running, waiting)] == ["done", "done"]


def test_progress_and_cancel_are_seen_when_the_clock_was_set_back(
    store: Store, queue: Queue, clock: Clock
) -> None:
    seen: list[float] = []

    def run(context: JobContext) -> None:
        context.report(0.1, "hear")
        clock.ms -= AN_HOUR_MS
        context.report(0.5, "hear")
        seen.append(store.job(context.job.id).fraction)
        store.request_cancel(context.job.id)
        context.checkpoint()
        raise AssertionError("went on")

    job = store.create_job("a", None)
    queue.enqueue(job.id)
    Worker(store, queue, {"a": run}, name="w").step()
    assert seen == [0.5]
    assert store.job(job.id).state == "cancelled"


def test_history_keeps_its_order_when_the_clock_was_set_back(store: Store, clock: Clock) -> None:
    first = store.create_transcript(title="a", media_name="a.mp3", model="base").id
    store.name_version(first, "one")
    clock.ms -= AN_HOUR_MS
    store.name_version(first, "two")
    assert [version.name for version in store.versions(first)] == ["two", "one"]


def test_a_lease_is_not_renewed_beside_a_handler_without_signs_of_life(
    store: Store, queue: Queue, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(context_module, "BEAT_S", 0.01)
    monkeypatch.setattr(context_module, "STALL_S", 0.1)
    job = store.create_job("a", None)
    claimed = store.claim_job(job.id, "w", 30_000)
    assert claimed
    context = JobContext(store, claimed, Worker(store, queue, {}, name="w").stopping)
    with heartbeat(context):
        wait_for(lambda: context.is_stalled)
        clock.ms += 50_000
        assert store.has_late_lease(10_000)


HANGING = """
import sys, time
from pathlib import Path
with Path(sys.argv[1]).open("a") as file:
    print("started", file=file)
time.sleep(600)
"""


def test_a_worker_that_hangs_is_ended_and_started_again(tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    looks: list[bool] = []

    def is_hung() -> bool:
        if not looks:
            # Nobody knows while the database is away; who watches goes on watching.
            looks.append(False)
            raise StoreBusy
        looks.append(starts.exists() and starts.read_text().count("started") == 1)
        return looks[-1]

    process = WorkerProcess(
        [sys.executable, "-c", HANGING, str(starts)],
        first_pause_s=0.05,
        is_hung=is_hung,
        look_s=0.1,
    )
    process.start()
    wait_for(lambda: starts.exists() and starts.read_text().count("started") == 2)
    assert looks.count(True) >= 2
    assert process.pid is not None
    os.kill(process.pid, signal.SIGTERM)
    process.stop()
