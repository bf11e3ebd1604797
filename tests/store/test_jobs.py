from __future__ import annotations

import pytest

from editor.errors import LeaseLost, NotFound
from editor.store import JobRow, QueuePlace, Store, Worked
from tests.store.samples import new_transcript
from tests.support.clock import Clock


def claimed(store: Store, job_id: str, worker: str = "w") -> JobRow:
    job = store.claim_job(job_id, worker, 1000)
    assert job is not None
    return job


def test_same_key_gives_the_active_job(store: Store) -> None:
    transcript_id = new_transcript(store)
    first = store.create_job("transcribe", transcript_id, {"model": "base"}, unique_key="k")
    assert store.create_job("transcribe", transcript_id, unique_key="k") == first
    assert store.create_job("transcribe", transcript_id, unique_key="other") != first
    store.finish_job(first.id, claimed(store, first.id).fence)
    again = store.create_job("transcribe", transcript_id, unique_key="k")
    assert again.id != first.id
    assert len(store.jobs(transcript_id)) == 3
    assert first.id not in {job.id for job in store.jobs(active_only=True)}


def test_how_long_jobs_took_is_known_where_they_were_done_in_one_go(
    store: Store, clock: Clock
) -> None:
    for number in range(3):
        item = store.create_transcript(
            title="t", media_name="m", model="base", duration_ms=60_000
        ).id
        job = store.create_job("transcribe", item, {"model": "base"})
        clock.ms += 5_000
        fence = claimed(store, job.id).fence
        if number == 1:
            store.release_job(job.id, fence)
            clock.ms += 5_000
            fence = claimed(store, job.id).fence
        clock.ms += 1_000 + number
        if number == 2:
            store.fail_job(job.id, fence, {"code": "x", "message": "It broke."})
        else:
            store.finish_job(job.id, fence)
    assert store.worked("transcribe") == [Worked({"model": "base"}, 1_000, 60_000)]


def test_what_waits_knows_what_it_waits_for(store: Store, clock: Clock) -> None:
    items, jobs = [], []
    for number in range(4):
        clock.ms += 1
        items.append(store.create_transcript(title=f"T{number}", media_name="m", model="base").id)
        jobs.append(store.create_job("transcribe", items[-1]).id)
    claimed(store, jobs[0])
    assert store.queue_places("transcribe") == {
        items[1]: QueuePlace(1, 0, "T0"),
        items[2]: QueuePlace(2, 1, "T1"),
        items[3]: QueuePlace(3, 2, "T2"),
    }
    store.put_first(jobs[3])
    assert list(store.queue_places("transcribe")) == [items[3], items[1], items[2]]
    assert list(store.due_jobs()) == [jobs[3], jobs[1], jobs[2]]
    running = store.job(jobs[0])
    assert store.put_first(jobs[0]) == running


def test_only_one_worker_gets_a_job(store: Store) -> None:
    job_id = store.create_job("transcribe", None).id
    assert claimed(store, job_id).state == "running"
    assert store.claim_job(job_id, "other", 1000) is None


def test_expired_lease_lets_another_take_over_and_fences_the_first(
    store: Store, clock: Clock
) -> None:
    job_id = store.create_job("transcribe", None).id
    old = claimed(store, job_id)
    clock.ms += 999
    assert list(store.due_jobs()) == []
    clock.ms += 1
    assert list(store.due_jobs()) == [job_id]
    new = claimed(store, job_id, "other")
    for write in (
        lambda: store.renew_lease(job_id, old.fence, 1000),
        lambda: store.report_progress(job_id, old.fence, 0.5, "", "", None),
        lambda: store.finish_job(job_id, old.fence),
        lambda: store.fail_job(job_id, old.fence, {}),
    ):
        with pytest.raises(LeaseLost):
            write()
    assert store.job(job_id) == new


def test_renewed_lease_keeps_the_job(store: Store, clock: Clock) -> None:
    job = claimed(store, store.create_job("transcribe", None).id)
    clock.ms += 900
    assert store.renew_lease(job.id, job.fence, 1000).lease_until_ms == clock.ms + 1000
    clock.ms += 900
    assert list(store.due_jobs()) == []


def test_job_whose_worker_keeps_dying_fails_in_the_end(store: Store) -> None:
    job_id = store.create_job("transcribe", None).id
    for _ in range(3):
        claimed(store, job_id)
        assert store.release_leases_of("w") == [job_id]
    assert store.claim_job(job_id, "w", 1000) is None
    job = store.job(job_id)
    assert job.state == "failed"
    assert job.error == {
        "code": "attempts_exhausted",
        "message": "the program crashed 3 times at this point",
    }


def test_job_that_gets_further_each_time_is_not_given_up(store: Store) -> None:
    job_id = store.create_job("transcribe", None).id
    for step in range(1, 6):
        job = claimed(store, job_id)
        store.report_progress(job_id, job.fence, step / 10, "recognise", "", None)
        store.release_leases_of("w")
    assert store.job(job_id).attempts == 1


def test_failed_attempt_waits_and_keeps_its_error(store: Store, clock: Clock) -> None:
    job_id = store.create_job("transcribe", None).id
    for attempt in range(1, 4):
        job = claimed(store, job_id)
        store.fail_job(job_id, job.fence, {"code": "x"}, retry_at_ms=clock.ms + 500)
        assert list(store.due_jobs()) == []
        assert store.job(job_id).state == ("queued" if attempt < 3 else "failed")
        clock.ms += 500
    assert store.job(job_id).error == {"code": "x"}
    retried = store.retry_job(job_id)
    assert (retried.state, retried.attempts, retried.error) == ("queued", 0, None)
    assert list(store.due_jobs()) == [job_id]


def test_retry_gives_the_active_job_with_the_same_key(store: Store) -> None:
    cancelled = store.create_job("transcribe", None, unique_key="k")
    store.request_cancel(cancelled.id)
    active = store.create_job("transcribe", None, unique_key="k")
    assert store.retry_job(cancelled.id) == active
    assert store.retry_job(active.id) == active


def test_waiting_job_is_cancelled_at_once_and_a_running_one_is_asked(store: Store) -> None:
    waiting, running = (store.create_job("transcribe", None).id for _ in range(2))
    job = claimed(store, running)
    assert store.request_cancel(waiting).state == "cancelled"
    assert store.request_cancel(running).state == "running"
    assert store.renew_lease(running, job.fence, 1000).cancel_requested
    store.release_leases_of("w")
    assert store.claim_job(running, "w", 1000) is None
    assert store.job(running).state == "cancelled"
    assert store.request_cancel(running).state == "cancelled"


def test_job_put_back_does_not_lose_an_attempt(store: Store) -> None:
    job = claimed(store, store.create_job("transcribe", None).id)
    store.release_job(job.id, job.fence)
    back = store.job(job.id)
    assert (back.state, back.attempts, back.worker) == ("queued", 0, None)


def test_a_job_may_wait_and_those_ended_under_its_key_be_forgotten(
    store: Store, clock: Clock
) -> None:
    job = store.create_job("listen", None, unique_key="k", wait_ms=500)
    assert list(store.due_jobs()) == []
    assert store.claim_job(job.id, "w", 1000) is None
    clock.ms += 500
    assert list(store.due_jobs()) == [job.id]
    store.finish_job(job.id, claimed(store, job.id).fence)
    other = store.create_job("listen", None, unique_key="other")
    again = store.create_job("listen", None, unique_key="k", forgets_ended=True)
    assert {one.id for one in store.jobs()} == {again.id, other.id}


def test_waiting_jobs_are_put_into_another_order(store: Store, clock: Clock) -> None:
    def made(title: str, kind: str = "transcribe", wait_ms: int = 0) -> str:
        clock.ms += 10
        item = store.create_transcript(title=title, media_name="a.mp3", model="base").id
        return store.create_job(kind, item, wait_ms=wait_ms).id

    def order() -> str:
        return " ".join(one.title for one in store.queue("transcribe"))

    running, a, b, c = (made(title) for title in "RABC")
    other = made("other", "speakers")
    d = made("D", wait_ms=60_000)
    assert store.claim_job(running, "w", 60_000)
    assert [one.is_running for one in store.queue("transcribe")] == [True, *[False] * 4]
    store.move_job(c, a)
    assert order() == "R C A B D"
    store.move_job(a, None)
    assert order() == "R C B D A"
    # Nothing is held up by what waited for a while, and other kinds keep their turn.
    assert all(store.claim_job(item, "w", 60_000) for item in (d, other))
    store.move_job(a, c)
    assert order() in ("R D A C B", "D R A C B")
    # What has begun meanwhile cannot be passed any more, and does not move itself.
    store.move_job(b, running)
    store.move_job(running, b)
    store.move_job(b, b)
    assert order().split()[2:] == ["B", "A", "C"]
    with pytest.raises(NotFound):
        store.move_job("no", None)
