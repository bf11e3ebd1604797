"""The spans of a recording in which one voice speaks, each with the vector of that voice."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.diarization.features import FRAME_MS
from editor.diarization.networks import (
    FIRST_FRAME_SAMPLES,
    FRAME_SAMPLES,
    VOICE_SIZE,
    SpeakerNetworks,
    voice_bands,
)
from editor.diarization.segmentation import (
    Frames,
    frame_ms,
    joined_activity,
    spans_of,
    speaking,
    windows_of,
)

#: Sound that is heard before and behind a chunk, so that its edges are known as well as the rest.
MARGIN_MS = 5_000
_FEWEST_ALONE, _FEWEST = 25, 10
#: Where a window of the mel bands has its middle, in samples.
_MIDDLE = 200


@dataclass(frozen=True, slots=True)
class VoiceSpan:
    """A voice speaks in [start_ms, end_ms), for `alone_ms` of it with nobody else.

    `slot` tells voices apart that speak within the same chunk at the same time. `voice`: float32
    (192,), of length 1, or all 0 where there is too little to tell.
    """

    start_ms: int
    end_ms: int
    slot: int
    alone_ms: int
    voice: NDArray[np.float32]
    is_telephone: bool = False


def voice_spans_in(
    samples: NDArray[np.float32], networks: SpeakerNetworks, *, offset_ms: int, chunk: Frames
) -> list[VoiceSpan]:
    """The spans in a chunk of a recording, in order.

    `samples`: float32 (n,), mono, 16 kHz, from `offset_ms` on: the chunk (start_ms, end_ms) with
    `MARGIN_MS` around it, as far as the recording reaches. A span is cut at the chunk's ends.
    """
    if not len(samples):
        return []
    speaks = speaking(joined_activity(networks.activity(windows_of(samples)), len(samples)))
    # What lies in the margins is heard with the chunks before and behind.
    inside = [
        index for index in range(len(speaks)) if chunk[0] <= offset_ms + frame_ms(index) < chunk[1]
    ]
    outside = np.ones(len(speaks), bool)
    outside[inside] = False
    speaks[outside] = False
    bands, is_telephone = voice_bands(samples)
    is_alone = _by_bands(speaks.sum(axis=1) == 1, len(bands))
    found = []
    for slot, (first, end) in spans_of(speaks):
        at = slice(_band_frame(first), max(_band_frame(first) + 1, _band_frame(end)))
        alone = bands[at][is_alone[at]]
        heard = alone if len(alone) >= _FEWEST_ALONE else bands[at]
        voice = networks.voice(heard) if len(heard) >= _FEWEST else np.zeros(VOICE_SIZE, np.float32)
        start_ms, end_ms = offset_ms + frame_ms(first), offset_ms + frame_ms(end)
        found.append(VoiceSpan(start_ms, end_ms, slot, FRAME_MS * len(alone), voice, is_telephone))
    return found


def _band_frame(frame: int) -> int:
    middle = frame * FRAME_SAMPLES + FIRST_FRAME_SAMPLES - FRAME_SAMPLES // 2
    return max(0, (middle - _MIDDLE) // (16 * FRAME_MS))


def _by_bands(flags: NDArray[np.bool_], count: int) -> NDArray[np.bool_]:
    """The flags of frames of the activity, by frames of the bands."""
    middles = np.arange(count) * 16 * FRAME_MS + _MIDDLE
    frames = np.round((middles - FIRST_FRAME_SAMPLES) / FRAME_SAMPLES).astype(int)
    if not len(flags):
        return np.zeros(count, bool)
    given: NDArray[np.bool_] = flags[np.clip(frames, 0, len(flags) - 1)]
    return given
