"""Pieces are worked on side by side, come in order, and stop when they are not wanted."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import pytest

from editor.asr.prefetch import prefetched


class Unwanted(Exception):
    """Raised by a checkpoint."""


def nothing() -> None: ...


def test_results_come_in_order_though_later_ones_are_ready_sooner() -> None:
    def work(item: int, wanted: Callable[[], None]) -> int:
        time.sleep(0.02 * (3 - item))
        return item * item

    assert list(prefetched(work, range(4), workers=3, checkpoint=nothing)) == [0, 1, 4, 9]


def test_two_items_are_worked_on_at_once() -> None:
    meeting = threading.Barrier(2, timeout=10)

    def work(item: int, wanted: Callable[[], None]) -> int:
        meeting.wait()
        return item

    assert list(prefetched(work, [1, 2], workers=2, checkpoint=nothing)) == [1, 2]


def test_no_more_than_one_item_waits() -> None:
    begun: list[int] = []

    def work(item: int, wanted: Callable[[], None]) -> int:
        begun.append(item)
        return item

    results = prefetched(work, range(100), workers=2, checkpoint=nothing)
    next(results)
    time.sleep(0.05)
    assert len(begun) <= 3
    results.close()


def test_what_a_checkpoint_raises_ends_the_work_under_way() -> None:
    ended = threading.Event()

    def work(item: int, wanted: Callable[[], None]) -> int:
        try:
            while True:
                wanted()
                time.sleep(0.001)
        finally:
            ended.set()

    def checkpoint() -> None:
        raise Unwanted

    with pytest.raises(Unwanted):
        list(prefetched(work, [1], workers=1, checkpoint=checkpoint))
    assert ended.is_set()


def test_an_error_in_the_work_is_raised_where_its_result_is_due() -> None:
    def work(item: int, wanted: Callable[[], None]) -> int:
        return 1 // item

    results = prefetched(work, [1, 0, 1], workers=2, checkpoint=nothing)
    assert next(results) == 1
    with pytest.raises(ZeroDivisionError):
        next(results)
