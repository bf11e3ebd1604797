"""Measures text against heard words, without sound: quality, speed, memory.

Thresholds were tuned on seeds below 100; what is reported here comes from others.
"""

from __future__ import annotations

import multiprocessing
import resource
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from editor.align import link_words
from tests.bench.texts import damaged, judged

_SEEDS = {10_000: range(101, 121), 100_000: range(101, 106), 1_000_000: range(101, 102)}


@dataclass
class Measured:
    """Median CPU seconds, memory of the process that did it, worst recall, gross pairs in all."""

    seconds: float
    peak_mb: int
    recall: float
    gross: int


def measure(count: int) -> Measured:
    """Link damaged texts of so many words."""
    seconds, recalls, gross = [], [], 0
    for seed in _SEEDS[count]:
        case = damaged(count, seed)
        started = time.process_time()
        links = link_words(case.written, case.heard)
        seconds.append(time.process_time() - started)
        recall, far = judged(links, case)
        recalls.append(recall)
        gross += far
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return Measured(sorted(seconds)[len(seconds) // 2], peak_mb, min(recalls), gross)


def rows() -> list[tuple[str, str]]:
    """Name and figures for each length; each is measured in a process of its own."""
    found = []
    for count, seeds in _SEEDS.items():
        context = multiprocessing.get_context("spawn")
        with ProcessPoolExecutor(1, mp_context=context) as pool:
            m = pool.submit(measure, count).result()
        figures = (
            f"{m.seconds:.2f} s of CPU, {m.peak_mb} MB with the text, worst recall {m.recall:.4f}, "
            f"{m.gross} gross pairs, {len(seeds)} texts"
        )
        found.append((f"link {count} words, 15 % wrong", figures))
    return found
