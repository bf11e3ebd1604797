"""Which channels of a recording are heard: all where nothing is known of them, and never none.

Of a layout that is named, FFmpeg knows how it becomes fewer channels. Where none is, it guesses one
and leaves channels out; and two that are each other's opposite cancel out in their sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.layout import AudioLayout
from numpy.typing import NDArray

#: So much quieter than the louder channel (as power) their mean is only where they are opposed.
_OPPOSED = 0.02
#: What is quieter (as power, full scale is 1) tells nothing.
_SILENT = 1e-8
#: Each of the first frames is looked at, later one of so many; a look counts so much less than the
#: next one does.
_FIRST_FRAMES, _LOOK_EVERY, _FADING = 50, 16, 0.9
_UNNAMED = " channels"


def is_unnamed(layout: AudioLayout) -> bool:
    """Whether nothing tells which channel is which; of one and two one knows."""
    return layout.nb_channels > 2 and layout.name.endswith(_UNNAMED)


class ChannelMix:
    """Makes of each frame one that can be resampled to `layout` as it is.

    Where that has more than two channels, all stay what they are.
    """

    def __init__(self, layout: str) -> None:
        self._is_mono = layout == "mono"
        self._is_fewer = layout in ("mono", "stereo")
        self._frames = 0
        self._is_changed = False
        # Left, right, and their mean.
        self._powers = np.zeros(3)

    def mixed(self, frame: AudioFrame) -> AudioFrame:
        """The frame, or one of a single channel that has the mean of all, or the louder of two."""
        if not self._is_fewer:
            return frame
        self._frames += 1
        is_looked_at = self._frames <= _FIRST_FRAMES or self._frames % _LOOK_EVERY == 0
        if not (is_looked_at or self._is_changed):
            return frame
        count = frame.layout.nb_channels
        is_for_all = is_unnamed(frame.layout)
        is_pair = count == 2 and self._is_mono
        if not (is_for_all or is_pair):
            self._is_changed = False
            return frame
        channels = _channels(frame)
        if is_pair and is_looked_at:
            all_three = np.vstack([channels, channels.mean(axis=0)])
            self._powers = self._powers * _FADING + np.square(all_three).mean(axis=1)
        self._is_changed = is_for_all or self._is_opposed()
        if not self._is_changed:
            return frame
        louder = int(self._powers[1] > self._powers[0])
        return _single(frame, channels.mean(axis=0) if is_for_all else channels[louder])

    def _is_opposed(self) -> bool:
        loudest = self._powers[:2].max()
        return bool(loudest > _SILENT and self._powers[2] < _OPPOSED * loudest)


def summed(sounds: Sequence[Iterator[NDArray[np.int16]]]) -> Iterator[NDArray[np.int16]]:
    """What sounds are together, each in blocks of int16 (n, channels), as long as the longest."""
    held = [np.empty((0, 0), np.int16) for _ in sounds]
    going = set(range(len(sounds)))
    while True:
        for at in sorted(going):
            while not len(held[at]) and at in going:
                block = next(sounds[at], None)
                if block is None:
                    going.discard(at)
                else:
                    held[at] = block
        ready = [len(one) for one in held if len(one)]
        if not ready:
            return
        together = sum(one[: min(ready)].astype(np.int32) for one in held if len(one))
        held = [one[min(ready) :] for one in held]
        yield np.clip(together, -32768, 32767).astype(np.int16)


def _channels(frame: AudioFrame) -> NDArray[np.float64]:
    """The samples of each channel, from -1 to 1."""
    samples = frame.to_ndarray()
    if not frame.format.is_planar:
        samples = samples.reshape(-1, frame.layout.nb_channels).T
    if samples.dtype.kind == "f":
        return samples.astype(np.float64)
    half = float(2 ** (8 * samples.dtype.itemsize - 1))
    middle = half if samples.dtype.kind == "u" else 0.0
    return (samples.astype(np.float64) - middle) / half


def _single(frame: AudioFrame, samples: NDArray[np.float64]) -> AudioFrame:
    """A frame of one channel at the time of another."""
    single = AudioFrame.from_ndarray(
        samples[np.newaxis].astype(np.float32), format="fltp", layout="mono"
    )
    single.sample_rate = frame.sample_rate
    single.pts, single.time_base = frame.pts, frame.time_base
    return single
