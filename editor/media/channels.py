"""How loud the two channels of a recording are, all through it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.media.decode import sound_blocks
from editor.media.limits import check_length
from editor.media.pcm import SAMPLE_RATE_HZ, SAMPLES_PER_MS, replacing
from editor.media.source import open_recording
from editor.media.tracks import sound_track

#: So long is a frame whose level is told.
LEVEL_FRAME_MS = 20
#: The level of digital silence; full scale is 0 dB.
FLOOR_DB = -96.0
_FRAME = LEVEL_FRAME_MS * SAMPLES_PER_MS
#: A level is saved as one byte, in steps of half a decibel above the floor.
_STEPS_A_DB = 2
_PROGRESS_STEP_MS = 5_000


def write_levels(
    path: Path,
    levels_path: Path,
    *,
    track: int | None = None,
    on_progress: Callable[[int], None] = lambda heard_ms: None,
) -> bool:
    """Write the levels of both channels to a file for `read_levels`; False, and no file, where the
    sound has not two channels.

    Raises:
        UnreadableMedia: nothing can be heard in the recording; see `probe`.
    """
    with open_recording(path) as container:
        if sound_track(container, path.name, track).channels != 2:
            return False
    left, count, reported_ms = np.empty((0, 2), np.int16), 0, 0
    with replacing(levels_path) as partial, partial.open("wb") as file:
        for block in sound_blocks(path, rate_hz=SAMPLE_RATE_HZ, layout="stereo", track=track):
            samples = np.concatenate([left, block])
            whole = len(samples) // _FRAME
            file.write(_levels(samples[: whole * _FRAME]).tobytes())
            left, count = samples[whole * _FRAME :], count + whole
            check_length(path.name, count * LEVEL_FRAME_MS)
            if count * LEVEL_FRAME_MS >= reported_ms + _PROGRESS_STEP_MS:
                reported_ms = count * LEVEL_FRAME_MS
                on_progress(reported_ms)
    return True


def read_levels(levels_path: Path) -> NDArray[np.float32]:
    """The levels of left and right: float32 (frames, 2), in dB, full scale is 0."""
    steps = np.fromfile(levels_path, np.uint8).reshape(-1, 2)
    return steps.astype(np.float32) / np.float32(_STEPS_A_DB) + np.float32(FLOOR_DB)


def _levels(samples: NDArray[np.int16]) -> NDArray[np.uint8]:
    frames = samples.reshape(-1, _FRAME, 2).astype(np.float32) / np.float32(32768)
    power = np.square(frames).mean(axis=1)
    above_db = 10 * np.log10(np.maximum(power, 1e-12)) - FLOOR_DB
    steps: NDArray[np.uint8] = np.round(above_db.clip(0, -FLOOR_DB) * _STEPS_A_DB).astype(np.uint8)
    return steps
