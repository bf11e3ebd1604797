"""Decoding with honest times: a sample's place is where a browser's player shows it.

Decoders hand out sound without regard to time; a late audio track or lost packets would shift all
that follows. Here silence is put where the timestamps leave room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.packet import Packet
from av.stream import Stream
from numpy.typing import NDArray

from editor.media.clock import Picture, Seen, reasons
from editor.media.limits import MOST_MS, check_length
from editor.media.pcm import HEADER_BYTES, SAMPLE_RATE_HZ, SAMPLES_PER_MS, replacing, write_header
from editor.media.source import moving_picture, not_a_recording, open_recording
from editor.media.time_line import TimeLine
from editor.media.tracks import TrackFollower, number_of, sound_track

_PROGRESS_STEP_MS = 5_000
#: So long before a place decoders begin, to be in full swing there.
_RUN_IN_MS = 1_500
_DAMAGE_LIMIT = 50
#: A track is silent that is louder than this (of 32768) for less than a tenth of a second.
_SILENT, _LOUD_SAMPLES = 32, SAMPLE_RATE_HZ // 10


@dataclass(frozen=True, slots=True)
class Decoded:
    """What came of decoding a recording.

    `off_clock` says why the clock of a browser that plays the file cannot be trusted, nothing where
    it can. A copy for it may keep the sound as it is where `keeps_sound`: one packet after another,
    as decoded here; and the film where `keeps_film`: by a clock that was never set anew. `track` is
    the number of the audio track that was decoded, `is_silent` where it has no sound at all;
    `silent_tracks` are those that were passed over for that, and `went_on_in` those in which the
    sound went on where a track ended.
    """

    duration_ms: int
    off_clock: tuple[str, ...] = ()
    keeps_sound: bool = True
    keeps_film: bool = True
    track: int = 1
    is_silent: bool = False
    silent_tracks: tuple[int, ...] = ()
    went_on_in: tuple[int, ...] = ()


def decode_to_pcm(
    path: Path,
    pcm_path: Path,
    *,
    track: int | None = None,
    until_ms: int = MOST_MS,
    on_progress: Callable[[int], None] = lambda decoded_ms: None,
) -> Decoded:
    """Write the sound of a recording, up to about `until_ms`, to a PCM file.

    Where no `track` is chosen and the usual one is silent throughout, it is the first with sound.
    `on_progress` is called with the milliseconds written so far; what it raises ends the work and
    leaves no file. Of a damaged recording all that can be read is written.

    Raises:
        UnreadableMedia: nothing can be heard in it; see `probe`.
    """
    decoded = _decoded(path, pcm_path, track, until_ms, on_progress)
    if track is not None or not decoded.is_silent or decoded.duration_ms >= until_ms:
        return decoded
    silent = [decoded.track]
    for other in _others(path, decoded.track):
        if _has_sound(path, other):
            decoded = _decoded(path, pcm_path, other, until_ms, on_progress)
            return replace(decoded, silent_tracks=tuple(silent))
        silent.append(other)
    return decoded


def _decoded(
    path: Path,
    pcm_path: Path,
    number: int | None,
    until_ms: int,
    on_progress: Callable[[int], None],
) -> Decoded:
    count = loud = reported_ms = 0
    off_clock: list[str] = []
    seen = Seen()
    with replacing(pcm_path) as partial, partial.open("wb") as file:
        file.write(bytes(HEADER_BYTES))
        blocks = sound_blocks(
            path, rate_hz=SAMPLE_RATE_HZ, layout="mono", track=number, seen=seen, off=off_clock
        )
        for block in blocks:
            file.write(block.tobytes())
            count += len(block)
            loud += _loud_samples(block) if loud < _LOUD_SAMPLES else 0
            check_length(path.name, count // SAMPLES_PER_MS)
            if count // SAMPLES_PER_MS >= reported_ms + _PROGRESS_STEP_MS:
                reported_ms = count // SAMPLES_PER_MS
                on_progress(reported_ms)
            if count // SAMPLES_PER_MS >= until_ms:
                break
        write_header(file, count)
    duration_ms = count // SAMPLES_PER_MS
    on_progress(duration_ms)
    return Decoded(
        duration_ms,
        tuple(off_clock),
        seen.is_sound_whole,
        not seen.jumps,
        track=seen.track,
        is_silent=loud < _LOUD_SAMPLES,
        went_on_in=tuple(seen.went_on_in),
    )


def _loud_samples(block: NDArray[np.int16]) -> int:
    return int(np.count_nonzero((block > _SILENT) | (block < -_SILENT)))


def _others(path: Path, number: int) -> list[int]:
    """The numbers of the other tracks that can be decoded."""
    with open_recording(path) as container:
        tracks = enumerate(container.streams.audio, start=1)
        return [at for at, one in tracks if at != number and one.codec_context is not None]


def _has_sound(path: Path, number: int) -> bool:
    loud = 0
    for block in sound_blocks(path, rate_hz=SAMPLE_RATE_HZ, layout="mono", track=number):
        loud += _loud_samples(block)
        if loud >= _LOUD_SAMPLES:
            return True
    return False


def sound_blocks(
    path: Path,
    *,
    rate_hz: int,
    layout: str,
    track: int | None = None,
    seen: Seen | None = None,
    off: list[str] | None = None,
) -> Iterator[NDArray[np.int16]]:
    """The sound of a recording on its own time line, in blocks of int16 (n, channels).

    At the end `seen` tells what was met, and `off` why a browser's clock cannot be trusted.

    Raises:
        UnreadableMedia: see `decode_to_pcm`.
    """
    seen = seen or Seen()
    with open_recording(path) as container:
        sound = sound_track(container, path.name, track)
        seen.track = number_of(container, sound)
        line = TimeLine(container, path, seen, rate_hz=rate_hz, layout=layout)
        yield from _placed(line, _frames(container, sound, line.picture, seen))
        if line.is_empty:
            raise not_a_recording(path)
        seen.length_s = line.length_s
        if off is not None:
            off += reasons(container, path, sound, seen)


def sound_blocks_from(
    path: Path, start_ms: int, *, rate_hz: int, layout: str, track: int | None = None
) -> Iterator[NDArray[np.int16]]:
    """The sound of a recording from a moment on, in blocks of int16 (n, channels).

    It is looked for by the file's own times, as browsers do, so these have to be right. Nothing is
    given behind the end.

    Raises:
        UnreadableMedia: see `decode_to_pcm`.
    """
    seen = Seen()
    with open_recording(path) as container:
        sound = sound_track(container, path.name, track)
        line = TimeLine(container, path, seen, rate_hz=rate_hz, layout=layout)
        run_in_s = max(0, start_ms - _RUN_IN_MS) / 1000
        container.seek(round((run_in_s + line.start_s) * av.time_base))
        frames = _frames(container, sound, line.picture, seen)
        first = next(frames, None)
        if first is None or first.time is None:
            return
        line.begin_at(first.time)
        skip = round((start_ms / 1000 - (first.time - line.start_s)) * rate_hz)
        for block in _placed(line, chain([first], frames)):
            yield block[max(0, skip) :]
            skip -= len(block)


def _placed(line: TimeLine, frames: Iterable[AudioFrame]) -> Iterator[NDArray[np.int16]]:
    for frame in frames:
        yield from line.place(frame)
    yield from line.flush()


def _frames(
    container: InputContainer, sound: AudioStream, picture: Picture, seen: Seen
) -> Iterator[AudioFrame]:
    """All frames that can be decoded; what cannot is left out, and time goes on."""
    is_mp3 = container.format.name == "mp3"
    for packet in _sound_packets(container, sound, picture, seen):
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


def _sound_packets(
    container: InputContainer, sound: AudioStream, picture: Picture, seen: Seen
) -> Iterator[Packet[Stream]]:
    """The packets that are decoded; those of the picture tell where it is shown."""
    film = moving_picture(container)
    follower = TrackFollower(container, sound, seen.went_on_in)
    films: list[Stream] = [] if film is None else [film]
    for packet in _packets(container, [*container.streams.audio, *films]):
        if packet.stream is film:
            picture.shown(packet)
        else:
            yield from follower.packets_of(packet)


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
