"""Which language is spoken in a recording, by sound with speech in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from editor import media
from editor.asr.prepare import Prepared, Progress
from editor.asr.recogniser import Recogniser

#: So much sound shows a language ...
_WINDOW_MS = 30_000
#: ... if so much of it is speech.
_LEAST_SPEECH_MS = 5_000
#: Where nobody speaks no language is spoken; recognition wants one all the same.
_NONE = "en"


def language_from(
    start_ms: int, *, prepared: Prepared, recogniser: Recogniser, progress: Progress
) -> str:
    """The language (ISO 639-1) of the first speech from a place on, whatever sounds before it."""
    best_ms, spoken = 0, None
    at_ms = start_ms
    while at_ms < prepared.duration_ms:
        progress.checkpoint()
        samples = _sound(prepared, at_ms)
        found = recogniser.voices_in(samples)
        if found and found[0][0] > 0:
            samples = _sound(prepared, at_ms + found[0][0])
            found = recogniser.voices_in(samples)
        speech_ms = sum(end - start for start, end in found)
        if speech_ms > best_ms:
            best_ms, spoken = speech_ms, samples
        if best_ms >= _LEAST_SPEECH_MS:
            break
        at_ms += _WINDOW_MS
    return _NONE if spoken is None else recogniser.language_of(spoken)


def _sound(prepared: Prepared, at_ms: int) -> NDArray[np.float32]:
    end_ms = min(at_ms + _WINDOW_MS, prepared.duration_ms)
    return media.read_samples(prepared.pcm_path, at_ms, end_ms)
