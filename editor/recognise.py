"""Samples -> heard words. Owns faster-whisper; the model is loaded when it is first needed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.document import MIN_WORD_MS, HeardWord

#: More than anyone says in one piece; ids of a piece begin at its number times this.
MAX_PIECE_WORDS = 10_000


class Recogniser:
    """A loaded model. `device` is "auto", "cpu" or "cuda"; `threads` 0 means all cores."""

    def __init__(self, model_dir: Path, *, device: str = "auto", threads: int = 0) -> None:
        # Slow to import, and not needed where nothing is recognised.
        from faster_whisper import WhisperModel

        self._model: Any = WhisperModel(
            str(model_dir),
            device=device,
            compute_type="int8" if device == "cpu" else "auto",
            cpu_threads=threads or os.cpu_count() or 1,
        )

    def language_of(self, samples: NDArray[np.float32]) -> str:
        """The language code (ISO 639-1) of speech: float32 (n,), mono, 16 kHz, in [-1, 1]."""
        if not self._model.model.is_multilingual:
            return "en"
        language, _, _ = self._model.detect_language(samples)
        return str(language)

    def hear(
        self, samples: NDArray[np.float32], *, language: str, start_ms: int, piece: int
    ) -> Iterator[HeardWord]:
        """Recognise one piece that begins at `start_ms` of the media; words as they are heard.

        `samples`: float32 (n,), mono, 16 kHz, in [-1, 1]. Ids rise from piece to piece.
        """
        segments, _ = self._model.transcribe(
            samples,
            language=language,
            beam_size=1,
            word_timestamps=True,
            condition_on_previous_text=False,
            vad_filter=False,
        )
        count, last_start = piece * MAX_PIECE_WORDS, start_ms
        for segment in segments:
            for word in segment.words or ():
                start = max(last_start, start_ms + round(word.start * 1000))
                end = max(start + MIN_WORD_MS, start_ms + round(word.end * 1000))
                text = word.word.strip()
                if text:
                    yield HeardWord(count, text, start, end, round(word.probability, 3), piece)
                    count, last_start = count + 1, start
