"""Run as `python -m tests.bench [FOLDER]`.

FOLDER may hold `*.txt` beside a recording of the same name and a `*.starts.json` with the true
start of each word in ms (null where unknown).
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

from editor.captions import PRESETS, cues_by_rules
from editor.document import Segment, Transcript, Word
from tests.bench import linking, listening


def row(name: str, figures: str) -> None:
    print(f"{name:44} {figures}", flush=True)


def bench_linking() -> None:
    for name, measured in (*linking.rows(), *linking.passage_rows(), linking.number_row()):
        row(name, measured)


def bench_captions() -> None:
    words = [Word("word" if n % 9 else "end.", n * 300, n * 300 + 250) for n in range(100_000)]
    segments = tuple(
        Segment(str(n), " ".join(w.text for w in part), tuple(part))
        for n in range(0, len(words), 10)
        if (part := words[n : n + 10])
    )
    started = time.perf_counter()
    cues = cues_by_rules(Transcript(segments), PRESETS["netflix"])
    row("captions of 100000 words", f"{time.perf_counter() - started:.2f} s, {len(cues)} cues")


def main() -> None:
    bench_linking()
    bench_captions()
    for name, measured in listening.rows(
        Path(sys.argv[1]) if sys.argv[1:] and sys.argv[1] else None
    ):
        row(name, measured)
    row("peak memory", f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")


if __name__ == "__main__":
    main()
