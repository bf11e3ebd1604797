from __future__ import annotations

import pytest

from editor.errors import LeaseLost
from editor.store import JobRow, Store
from tests.support.clock import Clock


@pytest.fixture
def job(store: Store) -> JobRow:
    """A job that runs."""
    item = store.create_transcript(title="Talk", media_name="a.mp3", model="base").id
    made = store.create_job("transcribe", item, {"model": "base"})
    claimed = store.claim_job(made.id, "w", 60_000)
    assert claimed
    return claimed


def test_chunk_ranges_are_taken_in_order_kept_and_let_go(
    store: Store, job: JobRow, clock: Clock
) -> None:
    store.share_chunk_ranges(job.id, [(1, 3), (3, 5)], "en")
    claimed = store.claim_chunk_range(1000, models=["base"])
    assert claimed
    first, of_job = claimed
    assert (of_job.id, first.first_chunk, first.end_chunk, first.language) == (job.id, 1, 3, "en")
    second = store.claim_chunk_range(1000, job_id=job.id)
    assert second
    assert second[0].first_chunk == 3
    assert store.claim_chunk_range(1000) is None
    store.renew_chunk_range(first, 5000)
    clock.ms += 2000
    again = store.claim_chunk_range(1000)
    assert again
    assert again[0].id == second[0].id
    with pytest.raises(LeaseLost):
        store.renew_chunk_range(second[0], 1000)
    store.finish_chunk_range(second[0])
    assert store.count_chunk_ranges(job.id) == 2
    store.finish_chunk_range(again[0])
    assert store.count_chunk_ranges(job.id) == 1
    store.renew_chunk_range(first, 0)
    assert store.claim_chunk_range(1000)


def test_the_first_stretch_is_taken_by_who_shares_it(
    store: Store, job: JobRow, clock: Clock
) -> None:
    mine = store.share_chunk_ranges(job.id, [(1, 3), (3, 5)], "en", lease_ms=1000)
    assert mine
    assert mine.first_chunk == 1
    other = store.claim_chunk_range(5000)
    assert other
    assert other[0].first_chunk == 3
    assert store.claim_chunk_range(1000) is None
    store.renew_chunk_range(mine, 1000)
    clock.ms += 2000
    again = store.claim_chunk_range(1000)
    assert again
    assert again[0].id == mine.id
    assert store.share_chunk_ranges(job.id, [], "en", lease_ms=1000) is None


def test_only_running_jobs_of_known_models_are_helped(
    store: Store, job: JobRow, clock: Clock
) -> None:
    store.share_chunk_ranges(job.id, [(1, 3)], "en")
    assert store.claim_chunk_range(1000, models=["tiny"]) is None
    assert store.claim_chunk_range(1000, job_id="another") is None
    store.request_cancel(job.id)
    assert store.claim_chunk_range(1000) is None
    store.share_chunk_ranges(job.id, (), "")
    assert store.count_chunk_ranges(job.id) == 0


def test_help_is_offered_to_running_jobs(store: Store, job: JobRow) -> None:
    waiting = store.create_job("transcribe", job.transcript_id, {"model": "base"})
    store.offer_help(["tiny"])
    assert not store.is_help_offered(job.id)
    store.offer_help(["base", "tiny"])
    assert store.is_help_offered(job.id)
    store.offer_help()
    assert not store.is_help_offered(waiting.id)
    assert not store.is_help_offered("nothing")
