"""The text is followed where recognition lost its way for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from editor import media
from editor.asr import Prepared, recognise_chunks
from editor.asr.forced import AlignedWord
from editor.document import RecognisedWord
from tests.bench.listening import Quiet

WORD_MS = 500
PIECES = [(0, 40_000), (40_000, 60_000)]
TEXTS = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(120)]
#: Recognition hears these as something else; they reach from one chunk into the next.
LOST = range(20, 90)


class StubRecogniser:
    """Says the words of the text one each half second; listening finds them where they are."""

    workers = 1

    def __init__(self, log_probability: float) -> None:
        self._log_probability = log_probability

    def recognise(
        self, samples: Any, *, language: str, start_ms: int, chunk: int, **_: object
    ) -> Iterator[RecognisedWord]:
        for at_ms in range(start_ms, start_ms + len(samples) // 16, WORD_MS):
            n = at_ms // WORD_MS
            text, sure = ("mumble", 0.3) if n in LOST else (TEXTS[n], 0.9)
            yield RecognisedWord(0, text, at_ms, at_ms + WORD_MS, sure, chunk)

    def voices_in(self, samples: Any) -> list[tuple[int, int]]:
        return [(0, len(samples) // 16)]

    def refine_times(
        self, samples: Any, recognised: list[RecognisedWord], **_: object
    ) -> list[RecognisedWord]:
        return recognised

    def forced_aligner(
        self, samples: Any, *, language: str
    ) -> Callable[[Sequence[str]], list[AlignedWord]]:
        start_ms, length_ms = int(samples[0]), len(samples) // 16

        def force_align(words: Sequence[str]) -> list[AlignedWord]:
            aligned = []
            for word in words:
                at_ms = TEXTS.index(word) * WORD_MS - start_ms if word in TEXTS else -1
                is_there = 0 <= at_ms < length_ms
                at_ms = min(max(0, at_ms), length_ms)
                end_ms = min(at_ms + WORD_MS, length_ms)
                aligned.append(
                    AlignedWord(at_ms, end_ms, self._log_probability if is_there else -12.0)
                )
            return aligned

        return force_align


def recognised_by(
    recogniser_stub: StubRecogniser, monkeypatch: pytest.MonkeyPatch
) -> list[RecognisedWord]:
    def read_samples(_: Path, start_ms: int, end_ms: int) -> Any:
        return np.full((end_ms - start_ms) * 16, start_ms, np.float32)

    monkeypatch.setattr(media, "read_samples", read_samples)
    recogniser: Any = recogniser_stub
    chunks = recognise_chunks(
        Prepared(Path("work"), PIECES[-1][1], [], PIECES),
        recogniser,
        language="en",
        is_named=True,
        done={},
        written=lambda: (TEXTS, [True] * len(TEXTS)),
        progress=Quiet(),
    )
    return [word for chunk in chunks for word in chunk.words]


def test_the_text_is_aligned_through_a_long_span_and_into_the_next_chunk(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    recognised = recognised_by(StubRecogniser(-1.0), monkeypatch)
    assert [word.text for word in recognised] == TEXTS
    assert [word.start_ms for word in recognised] == [n * WORD_MS for n in range(len(TEXTS))]


def test_what_is_hardly_likely_is_not_put_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    recognised = recognised_by(StubRecogniser(-7.2), monkeypatch)
    assert [word.text for word in recognised].count("mumble") == len(LOST)
