"""The text is followed where recognition lost its way for long."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from editor import media
from editor.asr import Prepared, hear_pieces
from editor.asr.forced import ToldWord
from editor.document import HeardWord
from tests.bench.listening import Quiet

WORD_MS = 500
PIECES = [(0, 40_000), (40_000, 60_000)]
TEXTS = [f"word{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(120)]
#: Recognition hears these as something else; they reach from one piece into the next.
LOST = range(20, 90)


class Ear:
    """Says the words of the text one each half second; listening finds them where they are."""

    workers = 1

    def __init__(self, log_probability: float) -> None:
        self._log_probability = log_probability

    def hear(
        self, samples: Any, *, language: str, start_ms: int, piece: int, **_: object
    ) -> Iterator[HeardWord]:
        for at_ms in range(start_ms, start_ms + len(samples) // 16, WORD_MS):
            n = at_ms // WORD_MS
            text, sure = ("mumble", 0.3) if n in LOST else (TEXTS[n], 0.9)
            yield HeardWord(0, text, at_ms, at_ms + WORD_MS, sure, piece)

    def voices_in(self, samples: Any) -> list[tuple[int, int]]:
        return [(0, len(samples) // 16)]

    def hear_again(self, samples: Any, heard: list[HeardWord], **_: object) -> list[HeardWord]:
        return heard

    def listen(self, samples: Any, *, language: str) -> Callable[[Sequence[str]], list[ToldWord]]:
        start_ms, length_ms = int(samples[0]), len(samples) // 16

        def tell(words: Sequence[str]) -> list[ToldWord]:
            told = []
            for word in words:
                at_ms = TEXTS.index(word) * WORD_MS - start_ms if word in TEXTS else -1
                is_there = 0 <= at_ms < length_ms
                at_ms = min(max(0, at_ms), length_ms)
                end_ms = min(at_ms + WORD_MS, length_ms)
                told.append(ToldWord(at_ms, end_ms, self._log_probability if is_there else -12.0))
            return told

        return tell


def heard_by(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> list[HeardWord]:
    def read_samples(_: Path, start_ms: int, end_ms: int) -> Any:
        return np.full((end_ms - start_ms) * 16, start_ms, np.float32)

    monkeypatch.setattr(media, "read_samples", read_samples)
    recogniser: Any = ear
    pieces = hear_pieces(
        Prepared(Path("work"), PIECES[-1][1], [], PIECES),
        recogniser,
        language="en",
        is_named=True,
        done={},
        written=lambda: (TEXTS, [True] * len(TEXTS)),
        progress=Quiet(),
    )
    return [word for piece in pieces for word in piece.heard]


def test_the_text_is_followed_through_a_long_stretch_and_into_the_next_piece(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard = heard_by(Ear(-1.0), monkeypatch)
    assert [word.text for word in heard] == TEXTS
    assert [word.start_ms for word in heard] == [n * WORD_MS for n in range(len(TEXTS))]


def test_what_is_hardly_likely_is_not_put_in_its_place(monkeypatch: pytest.MonkeyPatch) -> None:
    heard = heard_by(Ear(-5.2), monkeypatch)
    assert [word.text for word in heard].count("mumble") == len(LOST)
