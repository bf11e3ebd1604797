"""The program as it is, except that it hears a word every 400 ms without listening.

Run as `python -m tests.faults.program serve` or `worker`. The worker leaves its process id in the
data folder, for those who want to kill it.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.asr import model_cache
from editor.asr.forced import ForcedAligner
from editor.cli import main as run_program
from editor.cli import serving
from editor.document import RecognisedWord
from tests.support.stand_in import STEP_MS, WORD_MS

RATE_HZ = 16_000
#: So long a piece is heard, at least: long enough to be killed in.
PIECE_S = 0.15


class QuickRecogniser:
    """Hears a word in each tone of a recording."""

    workers = 2

    def language_of(self, samples: NDArray[np.float32]) -> str:
        return "en"

    def recognise(
        self,
        samples: NDArray[np.float32],
        *,
        start_ms: int,
        chunk: int,
        **options: object,
    ) -> Iterator[RecognisedWord]:
        time.sleep(PIECE_S)
        duration_ms = len(samples) * 1000 // RATE_HZ
        for number, at_ms in enumerate(range(0, duration_ms - STEP_MS, STEP_MS)):
            start = start_ms + at_ms
            yield RecognisedWord(0, f"word{number % 40}", start, start + WORD_MS, 0.9, chunk)

    def voices_in(self, samples: NDArray[np.float32]) -> list[tuple[int, int]]:
        return [(0, len(samples) * 1000 // RATE_HZ)]

    def forced_aligner(self, samples: NDArray[np.float32], *, language: str) -> ForcedAligner:
        return lambda words: []

    def refine_times(
        self, samples: NDArray[np.float32], heard: Sequence[RecognisedWord], **options: object
    ) -> list[RecognisedWord]:
        return list(heard)


def main() -> None:
    vars(model_cache)["load_recogniser"] = lambda settings, model, progress: QuickRecogniser()
    serving.WORKER[:] = [sys.executable, "-m", __spec__.name, "worker"]
    if sys.argv[1:] == ["worker"]:
        pid_file = Path(os.environ["TRANSCRIPT_EDITOR_DATA"]) / "worker.pid"
        pid_file.write_text(str(os.getpid()), "ascii")
    run_program()


if __name__ == "__main__":
    main()
