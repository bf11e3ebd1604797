"""The two networks that tell speakers apart, run by ONNX Runtime. Owns it in this room."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.diarization.features import BANDS, mel_bands

SEGMENTATION_FILE, VOICES_FILE = "segmentation.onnx", "voices.onnx"
#: Seconds that the first network looks at, its frames in them, and what lies before a frame's
#: middle, in samples of 16 kHz.
WINDOW_SAMPLES, FRAME_SAMPLES, FIRST_FRAME_SAMPLES = 160_000, 270, 495
WINDOW_FRAMES = 1 + (WINDOW_SAMPLES - 991) // FRAME_SAMPLES
#: Voices in a window that are told apart; and which of them speak in each class it gives.
SLOTS = 3
_SPEAKING = np.array(
    [[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1], [0, 1, 1]], np.float32
)
_WINDOWS_AT_ONCE = 4
VOICE_SIZE = 192
#: Of a telephone line nothing is left outside these bands of 280 to 3,400 Hz; noise there makes all
#: voices of a call alike. Its own band is this much louder (natural logarithm of energy).
_TELEPHONE_BANDS = slice(7, 56)
_ABOVE, _WITHIN = slice(64, 76), slice(30, 55)
_TELEPHONE_FALL = 4.0


class SpeakerNetworks:
    """Tells who speaks within some seconds, and makes a vector of a voice."""

    def __init__(self, folder: Path, *, threads: int = 0) -> None:
        # Slow to import, and needed only where speakers are looked for.
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # Threads that wait by turning would take the cores of what runs beside.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3

        def opened(name: str) -> Any:
            return onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"]
            )

        self._segmentation, self._voices = opened(SEGMENTATION_FILE), opened(VOICES_FILE)

    def activity(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """How likely each of three voices speaks: float32 (windows, 589, 3), in [0, 1].

        `windows`: float32 (windows, 160000), 16 kHz. Which voice is which differs by window.
        """
        parts = [np.empty((0, WINDOW_FRAMES, SLOTS), np.float32)]
        for first in range(0, len(windows), _WINDOWS_AT_ONCE):
            some = windows[first : first + _WINDOWS_AT_ONCE, None, :]
            (classes,) = self._segmentation.run(None, {"sound": some})
            parts.append(np.exp(classes) @ _SPEAKING)
        return np.concatenate(parts)

    def voice(self, bands: NDArray[np.float32]) -> NDArray[np.float32]:
        """The vector of a voice: float32 (192,), of length 1.

        `bands`: float32 (frames, 80) of `mel_bands`, of one voice alone, 10 frames at least.
        """
        centred = bands - bands.mean(axis=0)
        (found,) = self._voices.run(None, {"features": centred[None]})
        vector: NDArray[np.float32] = found[0] / max(1e-9, float(np.linalg.norm(found[0])))
        return vector


def voice_bands(samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], bool]:
    """The bands that voices are told by, and whether the sound came over a telephone.

    `samples`: float32 (n,), mono, 16 kHz, in [-1, 1].
    """
    bands = mel_bands(samples)
    if not len(bands):
        return bands, False
    level = bands.mean(axis=1)
    loud = bands[level >= np.quantile(level, 0.6)].mean(axis=0)
    is_telephone = bool(loud[_WITHIN].mean() - loud[_ABOVE].mean() > _TELEPHONE_FALL)
    if is_telephone:
        kept = np.zeros(BANDS, bool)
        kept[_TELEPHONE_BANDS] = True
        bands[:, ~kept] = 0
    return bands, is_telephone
