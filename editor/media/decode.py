"""Decoding with honest times: a sample's place is where a browser's player shows it.

Decoders hand out sound without regard to time; a late sound track or lost packets would shift all
that follows. Here silence is put where the timestamps leave room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from numpy.typing import NDArray

from editor.media.limits import check_length
from editor.media.source import not_a_recording, open_recording, sound_track
from editor.media.work_file import (
    HEADER_BYTES,
    SAMPLE_RATE_HZ,
    SAMPLES_PER_MS,
    replacing,
    write_header,
)

#: Sound further off its timestamp than this is moved; less is rounding in the container.
TOLERANCE_S = 0.05
# A damaged clock must not fill the disk with silence: no codec for speech takes less than this,
# and no gap beyond that is longer.
_THINNEST_BYTES_A_SECOND = 250
_LONGEST_GAP_S = 3600.0
_SILENCE_BLOCK_S = 10
_PROGRESS_STEP_MS = 5_000
_DAMAGE_LIMIT = 50


def decode_to_work_file(
    path: Path, work_path: Path, *, on_progress: Callable[[int], None] = lambda decoded_ms: None
) -> int:
    """Write the sound of a recording to a work file and return its duration in ms.

    `on_progress` is called with the milliseconds written so far; what it raises ends the work and
    leaves no file. Of a damaged recording all that can be read is written.

    Raises:
        UnreadableMedia: nothing can be heard in it; see `probe`.
    """
    count = reported_ms = 0
    with replacing(work_path) as partial, partial.open("wb") as file:
        file.write(bytes(HEADER_BYTES))
        for block in sound_blocks(path, rate_hz=SAMPLE_RATE_HZ, layout="mono"):
            file.write(block.tobytes())
            count += len(block)
            check_length(path.name, count // SAMPLES_PER_MS)
            if count // SAMPLES_PER_MS >= reported_ms + _PROGRESS_STEP_MS:
                reported_ms = count // SAMPLES_PER_MS
                on_progress(reported_ms)
        write_header(file, count)
    duration_ms = count // SAMPLES_PER_MS
    on_progress(duration_ms)
    return duration_ms


def sound_blocks(path: Path, *, rate_hz: int, layout: str) -> Iterator[NDArray[np.int16]]:
    """The sound of a recording on its own time line, in blocks of int16 (n, channels).

    Raises:
        UnreadableMedia: see `decode_to_work_file`.
    """
    with open_recording(path) as container:
        believable_s = path.stat().st_size / _THINNEST_BYTES_A_SECOND + _LONGEST_GAP_S
        track = _Track(container, believable_s, rate_hz=rate_hz, layout=layout)
        for frame in _frames(container, sound_track(container, path)):
            yield from track.place(frame)
        yield from track.flush()
        if track.is_empty:
            raise not_a_recording(path)


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """All frames that can be decoded; what cannot is left out, and time goes on."""
    for packet in _packets(container, stream):
        try:
            frames = packet.decode()
        except (av.FFmpegError, ValueError):
            continue
        yield from (frame for frame in frames if frame.sample_rate and frame.samples)


def _packets(container: InputContainer, stream: AudioStream) -> Iterator[Packet[AudioStream]]:
    failures = 0
    while failures < _DAMAGE_LIMIT:
        try:
            for packet in container.demux(stream):
                failures = 0
                yield packet
            return
        except av.FFmpegError:
            # Reading goes on behind the damaged place.
            failures += 1


class _Track:
    """Puts frames on a time line that begins where the container's does.

    Invariant: what was given out, plus what the resampler still holds, ends at `_expected_s`.
    """

    def __init__(
        self, container: InputContainer, believable_s: float, *, rate_hz: int, layout: str
    ) -> None:
        self._start_s = max(0, container.start_time or 0) / av.time_base
        duration_s = (container.duration or 0) / av.time_base
        self._latest_s = min(duration_s or believable_s, believable_s)
        self._rate_hz, self._layout = rate_hz, layout
        self._channels = av.AudioLayout(layout).nb_channels
        self._resampler: AudioResampler | None = None
        self._format: tuple[str, str, int] | None = None
        self._written = 0
        self._run_start_s = self._run_s = 0.0
        self._shift_s = 0.0

    @property
    def is_empty(self) -> bool:
        """Whether nothing was given out yet."""
        return self._written == 0

    @property
    def _expected_s(self) -> float:
        return self._run_start_s + self._run_s

    def place(self, frame: AudioFrame) -> Iterator[NDArray[np.int16]]:
        """Give out what is ready after this frame, silence before it included."""
        gap_s = self._gap_s(frame)
        form = (frame.format.name, frame.layout.name, frame.sample_rate)
        if form != self._format or gap_s:
            yield from self.flush()
            self._format = form
        if gap_s > 0:
            yield from self._silence(gap_s)
        kept = frame.samples / frame.sample_rate
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
        gap_s = frame.time - self._start_s - self._shift_s - self._expected_s
        if abs(gap_s) <= TOLERANCE_S:
            return 0.0
        # A clock that jumps back by much, or beyond the end of the recording, was set anew.
        if gap_s < -1 or self._expected_s + gap_s > self._latest_s + 1:
            self._shift_s += gap_s
            return 0.0
        return gap_s

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
