"""Decoding with honest times: a sample's place is where a browser's player shows it.

Decoders hand out sound without regard to time; a late sound track or lost packets would shift all
that follows. Here silence is put where the timestamps leave room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from numpy.typing import NDArray

from editor.media.clock import LATEST_START_S, TOLERANCE_S, Picture, Seen, reasons
from editor.media.limits import MOST_MS, check_length
from editor.media.mix import ChannelMix
from editor.media.source import moving_picture, not_a_recording, open_recording, sound_track
from editor.media.work_file import (
    HEADER_BYTES,
    SAMPLE_RATE_HZ,
    SAMPLES_PER_MS,
    replacing,
    write_header,
)

# A damaged clock must not fill the disk with silence: no codec for speech takes less than this.
_THINNEST_BYTES_A_SECOND = 250
#: Where the clock goes on by more than this, and no picture is shown meanwhile, it was set anew.
#: That of a broadcast is, at every cut.
_LONGEST_GAP_S, _LONGEST_BROADCAST_GAP_S = 3600.0, 10.0
_BROADCAST = ("mpegts", "mpeg")
_SILENCE_BLOCK_S = 10
_PROGRESS_STEP_MS = 5_000
_DAMAGE_LIMIT = 50


@dataclass(frozen=True, slots=True)
class Decoded:
    """What came of decoding a recording.

    `off_clock` says why the clock of a browser that plays the file cannot be trusted, nothing where
    it can. A copy for it may keep the sound as it is where `keeps_sound`: one packet after another,
    as heard here; and the film where `keeps_film`: by a clock that was never set anew.
    """

    duration_ms: int
    off_clock: tuple[str, ...] = ()
    keeps_sound: bool = True
    keeps_film: bool = True


def decode_to_work_file(
    path: Path,
    work_path: Path,
    *,
    until_ms: int = MOST_MS,
    on_progress: Callable[[int], None] = lambda decoded_ms: None,
) -> Decoded:
    """Write the sound of a recording, up to about `until_ms`, to a work file.

    `on_progress` is called with the milliseconds written so far; what it raises ends the work and
    leaves no file. Of a damaged recording all that can be read is written.

    Raises:
        UnreadableMedia: nothing can be heard in it; see `probe`.
    """
    count = reported_ms = 0
    off_clock: list[str] = []
    seen = Seen()
    with replacing(work_path) as partial, partial.open("wb") as file:
        file.write(bytes(HEADER_BYTES))
        blocks = sound_blocks(path, rate_hz=SAMPLE_RATE_HZ, layout="mono", seen=seen, off=off_clock)
        for block in blocks:
            file.write(block.tobytes())
            count += len(block)
            check_length(path.name, count // SAMPLES_PER_MS)
            if count // SAMPLES_PER_MS >= reported_ms + _PROGRESS_STEP_MS:
                reported_ms = count // SAMPLES_PER_MS
                on_progress(reported_ms)
            if count // SAMPLES_PER_MS >= until_ms:
                break
        write_header(file, count)
    duration_ms = count // SAMPLES_PER_MS
    on_progress(duration_ms)
    return Decoded(duration_ms, tuple(off_clock), seen.is_sound_whole, not seen.jumps)


def sound_blocks(
    path: Path,
    *,
    rate_hz: int,
    layout: str,
    seen: Seen | None = None,
    off: list[str] | None = None,
) -> Iterator[NDArray[np.int16]]:
    """The sound of a recording on its own time line, in blocks of int16 (n, channels).

    At the end `seen` tells what was met, and `off` why a browser's clock cannot be trusted.

    Raises:
        UnreadableMedia: see `decode_to_work_file`.
    """
    seen = seen or Seen()
    with open_recording(path) as container:
        believable_s = path.stat().st_size / _THINNEST_BYTES_A_SECOND + _LONGEST_GAP_S
        sound = sound_track(container, path)
        track = _Track(container, believable_s, seen, rate_hz=rate_hz, layout=layout)
        for frame in _frames(container, sound, track.picture, seen):
            yield from track.place(frame)
        yield from track.flush()
        if track.is_empty:
            raise not_a_recording(path)
        seen.length_s = track.length_s
        if off is not None:
            off += reasons(container, path, sound, seen)


def _frames(
    container: InputContainer, sound: AudioStream, picture: Picture, seen: Seen
) -> Iterator[AudioFrame]:
    """All frames that can be decoded; what cannot is left out, and time goes on."""
    is_mp3 = container.format.name == "mp3"
    film = moving_picture(container)
    for packet in _packets(container, [sound] if film is None else [sound, film]):
        if packet.stream is film:
            picture.shown(packet)
            continue
        seen.packet(packet, is_mp3=is_mp3)
        try:
            frames = packet.decode()
        except (av.FFmpegError, ValueError):
            seen.refused += 1
            continue
        for frame in frames:
            if isinstance(frame, AudioFrame) and frame.sample_rate and frame.samples:
                seen.frame(frame)
                yield frame


def _packets(container: InputContainer, streams: list[Stream]) -> Iterator[Packet[Stream]]:
    failures = 0
    while failures < _DAMAGE_LIMIT:
        try:
            for packet in container.demux(streams):
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
        self,
        container: InputContainer,
        believable_s: float,
        seen: Seen,
        *,
        rate_hz: int,
        layout: str,
    ) -> None:
        start_s = (container.start_time or 0) / av.time_base
        # Before zero lies what decoders need to begin, or else sound that is heard.
        self._start_s = 0.0 if -LATEST_START_S <= start_s < 0 else start_s
        self._believable_s, self._seen = believable_s, seen
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
        gap_s = frame.time - self._start_s - self._shift_s - self._expected_s
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
        from_s = self._expected_s + self._start_s + self._shift_s
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
