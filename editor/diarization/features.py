"""Mel bands of sound as Kaldi computes them, which the network of voices was trained on."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000
FRAME_MS = 10
BANDS = 80
_HOP = SAMPLE_RATE_HZ * FRAME_MS // 1000
_WINDOW = 400
_FFT = 512
_PREEMPHASIS = np.float32(0.97)
_LOWEST_HZ = 20.0
_FLOOR = np.float32(np.finfo(np.float32).eps)
#: Frames that are transformed at once: 10 MB of spectra.
_BLOCK = 4_000


def mel_bands(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Logarithms of the energy in 80 mel bands each 10 ms: float32 (frames, 80).

    `samples`: float32 (n,), mono, 16 kHz, in [-1, 1]. A frame is 25 ms long; frame f begins at
    sample 160 f, and those that would reach past the end are left out.
    """
    count = max(0, 1 + (len(samples) - _WINDOW) // _HOP)
    blocks = [np.empty((0, BANDS), np.float32)]
    for first in range(0, count, _BLOCK):
        last = min(count, first + _BLOCK)
        blocks.append(_bands_of(samples[first * _HOP : (last - 1) * _HOP + _WINDOW]))
    return np.concatenate(blocks)


def _bands_of(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    frames = np.lib.stride_tricks.sliding_window_view(samples, _WINDOW)[::_HOP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    frames = (frames - _PREEMPHASIS * before) * _povey_window()
    spectrum = np.fft.rfft(frames, _FFT, axis=1)[:, : _FFT // 2]
    power = (spectrum.real**2 + spectrum.imag**2).astype(np.float32)
    bands: NDArray[np.float32] = np.log(np.maximum(power @ _mel_filters(), _FLOOR))
    return bands


@cache
def _povey_window() -> NDArray[np.float32]:
    at = np.arange(_WINDOW) / (_WINDOW - 1)
    return ((0.5 - 0.5 * np.cos(2 * np.pi * at)) ** 0.85).astype(np.float32)


@cache
def _mel_filters() -> NDArray[np.float32]:
    """Triangles that are even in mel: float32 (256, 80)."""
    edges = np.linspace(_mel(_LOWEST_HZ), _mel(SAMPLE_RATE_HZ / 2), BANDS + 2)
    left, centre, right = edges[:-2], edges[1:-1], edges[2:]
    at = _mel(np.arange(_FFT // 2) * SAMPLE_RATE_HZ / _FFT)[:, None]
    rising, falling = (at - left) / (centre - left), (right - at) / (right - centre)
    return np.maximum(0, np.minimum(rising, falling)).astype(np.float32)


def _mel(hz: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return 1127.0 * np.log(1 + np.asarray(hz) / 700)
