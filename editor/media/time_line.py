"""Decoded frames on the time line of their recording: what is missing becomes silence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.container import InputContainer
from numpy.typing import NDArray

from editor.media.clock import LATEST_START_S, TOLERANCE_S, Picture, Seen
from editor.media.mix import ChannelMix

# A damaged clock must not fill the disk with silence: no codec for speech takes less than this.
_THINNEST_BYTES_A_SECOND = 250
#: Where the clock goes on by more than this, and no picture is shown meanwhile, it was set anew.
#: That of a broadcast is, at every cut.
_LONGEST_GAP_S, _LONGEST_BROADCAST_GAP_S = 3600.0, 10.0
_BROADCAST = ("mpegts", "mpeg")
_SILENCE_BLOCK_S = 10


class TimeLine:
    """Puts frames on a time line that begins where the container's does.

    Invariant: what was given out, plus what the resampler still holds, ends at `_expected_s`.
    """

    def __init__(
        self,
        container: InputContainer,
        path: Path,
        seen: Seen,
        *,
        rate_hz: int,
        layout: str,
    ) -> None:
        start_s = (container.start_time or 0) / av.time_base
        # Before zero lies what decoders need to begin, or else sound that is heard.
        self.start_s = 0.0 if -LATEST_START_S <= start_s < 0 else start_s
        self._begin_s = self.start_s
        self._believable_s = path.stat().st_size / _THINNEST_BYTES_A_SECOND + _LONGEST_GAP_S
        self._seen = seen
        is_broadcast = container.format.name in _BROADCAST
        self._longest_gap_s = _LONGEST_BROADCAST_GAP_S if is_broadcast else _LONGEST_GAP_S
        self.picture = Picture(self._longest_gap_s)
        self._rate_hz, self._layout = rate_hz, layout
        self._channels = av.AudioLayout(layout).nb_channels
        self._mix = ChannelMix(layout)
        self._resampler: AudioResampler | None = None
        self._format: tuple[str, str, int] | None = None
        self._written = 0
        self._run_start_s = self._run_s = 0.0
        self._shift_s = 0.0

    def begin_at(self, time_s: float) -> None:
        """Begin with a frame of this time, not with the recording; before anything is placed."""
        self._begin_s = time_s

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given out yet."""
        return self._written == 0

    @property
    def length_s(self) -> float:
        """How much was given out."""
        return self._written / self._rate_hz

    @property
    def _expected_s(self) -> float:
        return self._run_start_s + self._run_s

    def place(self, frame: AudioFrame) -> Iterator[NDArray[np.int16]]:
        """Give out what is ready after this frame, silence before it included."""
        frame = self._mix.mixed(frame)
        gap_s = self._gap_s(frame)
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._format or gap_s:
            yield from self.flush()
            self._format = form
        if gap_s > 0:
            self._seen.filled_s += gap_s
            yield from self._silence(gap_s)
        kept = frame.samples / frame.sample_rate
        self._seen.cut_s += max(0.0, min(kept, -gap_s))
        if gap_s < 0 and -gap_s >= kept:
            return
        yield from self._resampled(frame, skip=max(0.0, -gap_s))

    def flush(self) -> Iterator[NDArray[np.int16]]:
        """Give out what the resampler still holds and begin a new run."""
        if self._resampler is not None:
            # A resampler with nothing to do gives back the None it was given.
            left = [frame for frame in self._resampler.resample(None) if frame is not None]
            yield from self._given(left)
            self._resampler = None
        self._run_start_s, self._run_s = self._written / self._rate_hz, 0.0

    def _gap_s(self, frame: AudioFrame) -> float:
        """How far the frame begins after (below 0: before) the end of what came; 0 if it fits."""
        if frame.time is None:
            return 0.0
        gap_s = frame.time - self._begin_s - self._shift_s - self._expected_s
        if abs(gap_s) <= TOLERANCE_S:
            return 0.0
        if gap_s < -1 or self._is_jump(gap_s):
            self._shift_s += gap_s
            self._seen.jumps += 1
            return 0.0
        return gap_s

    def _is_jump(self, gap_s: float) -> bool:
        """Whether a clock that goes on by so much was set anew."""
        if self._expected_s + gap_s > self._believable_s:
            return True
        from_s = self._expected_s + self._begin_s + self._shift_s
        return gap_s > self._longest_gap_s and not self.picture.covers(from_s, from_s + gap_s)

    def _silence(self, seconds: float) -> Iterator[NDArray[np.int16]]:
        left = round(seconds * self._rate_hz)
        while left > 0:
            count = min(left, _SILENCE_BLOCK_S * self._rate_hz)
            left -= count
            self._written += count
            yield np.zeros((count, self._channels), dtype=np.int16)
        self._run_start_s = self._written / self._rate_hz

    def _resampled(self, frame: AudioFrame, *, skip: float) -> Iterator[NDArray[np.int16]]:
        if self._resampler is None:
            self._resampler = AudioResampler("s16", self._layout, self._rate_hz)
        # Time is kept here; with timestamps the resampler would keep one of its own.
        frame.pts = None
        try:
            frames = self._resampler.resample(frame)
        except (av.FFmpegError, ValueError):
            # A damaged frame that claims an impossible rate or layout.
            self._resampler = None
            return
        self._run_s += frame.samples / frame.sample_rate - skip
        yield from self._given(frames, drop=round(skip * self._rate_hz))

    def _given(self, frames: list[AudioFrame], *, drop: int = 0) -> Iterator[NDArray[np.int16]]:
        for frame in frames:
            samples = frame.to_ndarray().astype(np.int16, copy=False)
            block = samples.reshape(-1, self._channels)[drop:]
            drop = max(0, drop - frame.samples)
            if len(block):
                self._written += len(block)
                yield block
