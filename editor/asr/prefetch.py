"""Work on the chunks to come while those before them are finished, so that no core waits."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor, wait
from threading import Event
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

#: How often whoever waits looks whether the work is still wanted, in s.
_LOOK_S = 0.2


def prefetched(
    work: Callable[[T, Callable[[], None]], R],
    items: Iterable[T],
    *,
    workers: int,
    checkpoint: Callable[[], None],
) -> Generator[R]:
    """The results of `work`, in the order of `items`, made in as many threads as `workers`.

    At most one item more than there are workers is under way. `work` gets an item and a function to
    call often, which ends it where its result is not wanted any more. `checkpoint` is called while
    a result is waited for; what it raises ends all.
    """
    stopping = Event()

    def wanted() -> None:
        if stopping.is_set():
            raise CancelledError

    pool = ThreadPoolExecutor(workers)
    under_way: deque[Future[R]] = deque()
    try:
        for item in items:
            under_way.append(pool.submit(work, item, wanted))
            if len(under_way) > workers:
                yield _result_of(under_way.popleft(), checkpoint)
        while under_way:
            yield _result_of(under_way.popleft(), checkpoint)
    finally:
        stopping.set()
        pool.shutdown(cancel_futures=True)


def _result_of(future: Future[R], checkpoint: Callable[[], None]) -> R:
    while not wait([future], timeout=_LOOK_S).done:
        checkpoint()
    return future.result()
