"""Misheard words get the times of what is said, where the text says that."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from editor.asr import prepare
from editor.asr.chunk import Chunk
from editor.asr.forced.phones import phone_network
from editor.asr.misheard import with_misheard_timed
from editor.document import RecognisedWord
from tests.asr.test_trusted_phones import Quiet
from tests.support.speech import speak, write_wav

pytestmark = pytest.mark.skipif(phone_network() is None, reason="the extra phones is not installed")

LINE = "My sister kept the books of the company for nearly thirty years."
#: What was recognised instead of two words in the middle.
WRONG = {"books": "shook", "of": "have"}


def test_a_text_that_fits_better_gives_the_times(tmp_path: Path) -> None:
    said = speak(LINE)
    prepared = prepare(write_wav(said, tmp_path / "said.wav"), tmp_path, said.duration_ms, Quiet())
    truth = [start for _, start, _ in said.words]
    recognised = [
        RecognisedWord(n, WRONG.get(text, text), start, end, 0.9)
        for n, (text, start, end) in enumerate(said.words)
    ]
    late = [replace(w, start_ms=w.start_ms + 110, end_ms=w.end_ms + 110) for w in recognised[4:6]]
    chunk = Chunk(0, 0, said.duration_ms, "en", [*recognised[:4], *late, *recognised[6:]])

    texts = [text for text, _, _ in said.words]
    right = with_misheard_timed(chunk, texts, prepared)
    assert [word.text for word in right] == [word.text for word in recognised]
    assert max(abs(word.start_ms - at) for word, at in zip(right, truth, strict=True)) < 90
    other = [*texts[:4], "zebra", "umbrellas", *texts[6:]]
    assert with_misheard_timed(chunk, other, prepared) == chunk.words
