"""When voices speak in a stretch of sound, and its spans, each of one voice. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise, permutations

import numpy as np
from numpy.typing import NDArray

from editor.diarization.networks import (
    FIRST_FRAME_SAMPLES,
    FRAME_SAMPLES,
    SLOTS,
    WINDOW_FRAMES,
    WINDOW_SAMPLES,
)

Frames = tuple[int, int]

#: Each second is looked at in five windows.
HOP_FRAMES = 118
_HOP_SAMPLES = HOP_FRAMES * FRAME_SAMPLES
_ORDERS = np.array(list(permutations(range(SLOTS))))
_SPEAKS = 0.5
_FRAMES_PER_S = 16_000 / FRAME_SAMPLES
#: Shorter pauses are none, shorter sounds are no speech, in frames of 17 ms.
_SHORTEST_PAUSE, _SHORTEST_SPEECH = 6, 6
#: A longer run is cut: the network may take two voices that never meet for one.
_LONGEST_SPAN = 2.0 * _FRAMES_PER_S


def windows_of(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Windows of 10 s that overlap: float32 (windows, 160000); silence behind the end.

    `samples`: float32 (n,), mono, 16 kHz.
    """
    count = 1 + max(0, -(-(len(samples) - WINDOW_SAMPLES) // _HOP_SAMPLES))
    padded = np.zeros((count - 1) * _HOP_SAMPLES + WINDOW_SAMPLES, np.float32)
    padded[: len(samples)] = samples
    return np.lib.stride_tricks.sliding_window_view(padded, WINDOW_SAMPLES)[::_HOP_SAMPLES]


def joined_activity(activity: NDArray[np.float32], sample_count: int) -> NDArray[np.float32]:
    """What windows say, as one: float32 (frames, 3), how likely each of three voices speaks.

    `activity`: float32 (windows, 589, 3). The voices of each window are put in the order in which
    they agree best with those before, so a voice is one column for some seconds, not for good.
    """
    total = (len(activity) - 1) * HOP_FRAMES + WINDOW_FRAMES
    summed, weights = np.zeros((total, SLOTS), np.float32), np.zeros((total, 1), np.float32)
    # Best in the middle, where the network knows what comes before and behind.
    trust = (np.hamming(WINDOW_FRAMES) + 1e-3).astype(np.float32)[:, None]
    for number, window in enumerate(activity):
        at = slice(number * HOP_FRAMES, number * HOP_FRAMES + WINDOW_FRAMES)
        known = weights[at, 0] > 0
        before = summed[at][known] / weights[at][known]
        window = window[:, _best_order(before, window[known])]
        summed[at] += window * trust
        weights[at] += trust
    count = max(0, 1 + (sample_count - 2 * FIRST_FRAME_SAMPLES) // FRAME_SAMPLES)
    joined: NDArray[np.float32] = (summed / weights)[:count]
    return joined


def _best_order(before: NDArray[np.float32], window: NDArray[np.float32]) -> NDArray[np.int64]:
    both, one = before.T @ window, before.T @ (1 - window) + (1 - before).T @ window
    agreement = both - one / 2
    scores = agreement[np.arange(SLOTS), _ORDERS].sum(axis=1)
    best: NDArray[np.int64] = _ORDERS[int(scores.argmax())]
    return best


def speaking(activity: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Whether each of the voices speaks, by frame: bool (frames, 3)."""
    speaks = activity > _SPEAKS
    for column in speaks.T:
        for first, end in runs(~column):
            if first > 0 and end < len(column) and end - first < _SHORTEST_PAUSE:
                column[first:end] = True
        for first, end in runs(column):
            if end - first < _SHORTEST_SPEECH:
                column[first:end] = False
    return speaks


def spans_of(speaks: NDArray[np.bool_]) -> list[tuple[int, Frames]]:
    """Spans of at most 2 s in which one voice speaks, in order: (column, (first, end) frame)."""
    found = [
        (column, span)
        for column in range(SLOTS)
        for run in runs(speaks[:, column])
        for span in _cut(run)
    ]
    return sorted(found, key=lambda span: (span[1], span[0]))


def _cut(run: Frames) -> Iterator[Frames]:
    first, end = run
    count = max(1, int(np.ceil((end - first) / _LONGEST_SPAN)))
    cuts = np.round(np.linspace(first, end, count + 1)).astype(int).tolist()
    yield from pairwise(cuts)


def runs(flags: NDArray[np.bool_]) -> list[Frames]:
    """The runs [first, end) of frames in which all flags are set.

    >>> runs(np.array([False, True, True, False, True]))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(flags, prepend=False, append=False)).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def frame_ms(frame: int) -> int:
    """When a frame begins, in ms from the first sample."""
    return round((frame * FRAME_SAMPLES + FIRST_FRAME_SAMPLES - FRAME_SAMPLES / 2) / 16)
