"""Which language a passage is recognised in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from editor import media
from editor.asr import Prepared, recognise_chunks
from editor.asr.language import language_from
from editor.document import RecognisedWord
from tests.bench.listening import Quiet

PIECE_MS = 40_000
SILENCES = [(at, at + 400) for at in range(3_800, PIECE_MS, 4_000)]
#: From the middle of one silence to that of another.
FOREIGN = range(16_000, 32_000)


class StubRecogniser:
    """Is sure of German where it is spoken, and of English elsewhere; a word each half second."""

    workers = 1

    def __init__(self) -> None:
        self.asked = 0

    def likely_language(self, samples: Any) -> tuple[str, float]:
        self.asked += 1
        return "de", 0.95

    def recognise(
        self, samples: Any, *, language: str, start_ms: int, **_: object
    ) -> Iterator[RecognisedWord]:
        for at_ms in range(start_ms, start_ms + len(samples) // 16, 500):
            is_right = (at_ms in FOREIGN) == (language == "de")
            probability = 0.9 if is_right else 0.4
            yield RecognisedWord(0, f"{language}{at_ms}", at_ms, at_ms + 400, probability)

    def voices_in(self, samples: Any) -> list[tuple[int, int]]:
        return [(0, len(samples) // 16)]

    def refine_times(
        self, samples: Any, recognised: list[RecognisedWord], **_: object
    ) -> list[RecognisedWord]:
        return recognised


def recognised_by(
    recogniser_stub: StubRecogniser, monkeypatch: pytest.MonkeyPatch, **how: Any
) -> list[RecognisedWord]:
    monkeypatch.setattr(media, "read_samples", lambda _, a, b: np.zeros((b - a) * 16, np.float32))
    prepared = Prepared(Path("work"), PIECE_MS, SILENCES, [(0, PIECE_MS)])
    recogniser: Any = recogniser_stub
    (chunk,) = recognise_chunks(
        prepared,
        recogniser,
        language="en",
        done={},
        written=lambda: ([], []),
        progress=Quiet(),
        **how,
    )
    return chunk.words


def test_a_span_is_recognised_in_its_own_language(monkeypatch: pytest.MonkeyPatch) -> None:
    recognised = recognised_by(StubRecogniser(), monkeypatch)
    assert all(word.text[:2] == (word.language or "en") for word in recognised)
    german = [word.start_ms for word in recognised if word.language == "de"]
    assert german == list(FOREIGN[::500])
    assert len({word.id for word in recognised}) == len(recognised)
    assert [word.start_ms for word in recognised] == sorted(word.start_ms for word in recognised)


def test_a_language_that_somebody_named_holds_for_all(monkeypatch: pytest.MonkeyPatch) -> None:
    recogniser_stub = StubRecogniser()
    assert {
        word.language for word in recognised_by(recogniser_stub, monkeypatch, is_named=True)
    } == {""}
    assert recogniser_stub.asked == 0


def test_what_comes_before_speech_does_not_decide_the_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The sound says by its values when it is, in s; somebody speaks from 70 s on."""

    class Late(StubRecogniser):
        def voices_in(self, samples: Any) -> list[tuple[int, int]]:
            first_ms = max(0, 70_000 - int(samples[0]))
            return [(first_ms, len(samples) // 16)] if first_ms < len(samples) // 16 else []

        def language_of(self, samples: Any) -> str:
            return f"from {int(samples[0])}"

    monkeypatch.setattr(media, "read_samples", lambda _, a, b: np.full((b - a) * 16, a, np.float32))
    recogniser_stub: Any = Late()

    def aligned(duration_ms: int) -> str:
        prepared = Prepared(Path("work"), duration_ms, [], [(0, duration_ms)])
        return language_from(0, prepared=prepared, recogniser=recogniser_stub, progress=Quiet())

    assert aligned(200_000) == "from 70000"
    assert aligned(72_000) == "from 70000"
    assert aligned(69_000) == "en"
