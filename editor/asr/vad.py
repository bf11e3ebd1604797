"""Voice activity detection (VAD): where somebody speaks or sings, by faster-whisper's Silero."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.align.place import Interval

SAMPLES_PER_MS = 16
#: Far below what the detector is usually asked for, and still above noise, tones and chords: voices
#: in a mix, far away or like none that it knows are to be found, too.
_VOICE, _NO_VOICE = 0.3, 0.1
#: Shorter pauses belong to what is said around them.
_LONGEST_PAUSE_MS = 5_000
_MARGIN_MS = 1_000
#: It does not know quiet voices; this loud they are no quieter than others.
_LOUD, _LOUDER_AT_MOST = 0.3, 300.0


@dataclass(frozen=True, slots=True)
class VoiceInterval:
    """An interval of sound [start_ms, end_ms), and whether a voice was found in it."""

    start_ms: int
    end_ms: int
    has_voice: bool


def voices_in(samples: NDArray[np.float32]) -> list[Interval]:
    """Where voices are, in ms from the first sample, in order and at least 3 s apart.

    `samples`: float32 (n,), mono, 16 kHz, in [-1, 1].
    """
    # Slow to import, and not needed where nothing is recognised.
    from faster_whisper.vad import VadOptions, get_speech_timestamps

    if not samples.any():
        return []
    options = VadOptions(
        threshold=_VOICE,
        neg_threshold=_NO_VOICE,
        min_silence_duration_ms=_LONGEST_PAUSE_MS,
        speech_pad_ms=_MARGIN_MS,
    )
    found = get_speech_timestamps(_made_loud(samples), options)
    return [(one["start"] // SAMPLES_PER_MS, one["end"] // SAMPLES_PER_MS) for one in found]


def voice_intervals(samples: NDArray[np.float32]) -> list[VoiceInterval]:
    """The sound cut into what has voices and what has none, none of it left out."""
    end_ms = -(-len(samples) // SAMPLES_PER_MS)
    intervals, at_ms = list[VoiceInterval](), 0
    for first, last in voices_in(samples):
        if at_ms < first:
            intervals.append(VoiceInterval(at_ms, first, has_voice=False))
        intervals.append(VoiceInterval(first, last, has_voice=True))
        at_ms = last
    if at_ms < end_ms:
        intervals.append(VoiceInterval(at_ms, end_ms, has_voice=False))
    return intervals


def _made_loud(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    level = float(np.percentile(np.abs(samples), 99))
    factor = min(_LOUDER_AT_MOST, _LOUD / level) if level > 0 else 1.0
    loud: NDArray[np.float32] = np.clip(samples * np.float32(factor), -1, 1)
    return loud
