from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import pytest

from editor.errors import StoreBusy
from editor.turns import Turns


def test_few_work_at_once_and_all_in_the_line_have_their_turn() -> None:
    turns, counting, at_work, seen = Turns(2, 8, "Others work"), Lock(), 0, list[int]()

    def work() -> None:
        nonlocal at_work
        with turns.taken():
            with counting:
                at_work += 1
                seen.append(at_work)
            with counting:
                at_work -= 1

    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(work) for _ in range(8)]:
            done.result(10)
    assert len(seen) == 8
    assert max(seen) <= 2


def test_who_comes_to_a_full_line_is_told_so() -> None:
    turns = Turns(1, 1, "Others work")
    with turns.taken(), pytest.raises(StoreBusy, match="Others work"), turns.taken():
        pass
    with turns.taken():
        pass
