"""Small recordings made on the spot: a tone that begins and ends at known times."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.audio.stream import AudioStream
from av.container import OutputContainer
from av.stream import Disposition
from av.video.stream import VideoStream
from numpy.typing import NDArray

#: Codec, container format by file suffix.
KINDS = {
    ".wav": ("pcm_s16le", "wav"),
    ".mp3": ("libmp3lame", "mp3"),
    ".m4a": ("aac", "mp4"),
    ".webm": ("libopus", "webm"),
    ".flac": ("flac", "flac"),
    ".opus": ("libopus", "ogg"),
    ".wma": ("wmav2", "asf"),
    ".aiff": ("pcm_s16be", "aiff"),
    ".mkv": ("libopus", "matroska"),
    ".aac": ("aac", "adts"),
    ".ts": ("mp2", "mpegts"),
}


def tone(
    rate_hz: int, duration_s: float, *spans_s: tuple[float, float], channels: int = 1
) -> NDArray[np.int16]:
    """Silence of `duration_s` with a loud 1 kHz tone in each span: int16 (channels, n)."""
    time_s = np.arange(round(rate_hz * duration_s)) / rate_hz
    loud = np.zeros(len(time_s), dtype=bool)
    for start_s, end_s in spans_s:
        loud |= (time_s >= start_s) & (time_s < end_s)
    wave = np.where(loud, 0.6 * np.sin(2 * np.pi * 1000 * time_s), 0.0)
    return np.repeat((wave * 32767).astype(np.int16)[None], channels, axis=0)


def write_sound(
    path: Path,
    samples: NDArray[np.int16],
    rate_hz: int,
    *,
    codec: str | None = None,
    container_format: str | None = None,
    late_s: float = 0.0,
    gaps_s: tuple[tuple[float, float], ...] = (),
    jump_s: float = 0.0,
    video_s: float = 0.0,
    video_codec: str = "libx264",
    codec_options: dict[str, str] | None = None,
    options: dict[str, str] | None = None,
    bits_a_second: int = 128_000,
) -> Path:
    """Encode samples; with `late_s` the audio track starts late, in `gaps_s` packets are lost,
    and half way the clock jumps by `jump_s`.

    `video_s` adds a black video of that length, which begins at zero. `codec_options` are those of
    the encoder, `options` those of the container.
    """
    default_codec, default_format = KINDS.get(path.suffix, ("aac", "mp4"))
    layout = "stereo" if len(samples) == 2 else "mono"
    kind = container_format or default_format
    with av.open(str(path), "w", format=kind, options=options) as container:
        picture = container.add_stream(video_codec, rate=25) if video_s else None
        stream = container.add_stream(
            codec or default_codec, rate=rate_hz, layout=layout, options=codec_options
        )
        assert isinstance(stream, AudioStream)
        stream.bit_rate = bits_a_second
        if picture is not None:
            assert isinstance(picture, VideoStream)
            _write_black(container, picture, video_s)
        for frame in _frames(samples, rate_hz, layout, late_s, jump_s):
            for packet in stream.encode(frame):
                time_s = float((packet.pts or 0) * packet.time_base)
                if not any(start <= time_s < end for start, end in gaps_s):
                    container.mux(packet)
        container.mux(stream.encode(None))
    return path


def write_tracks(
    path: Path,
    *tracks: NDArray[np.int16],
    late_s: tuple[float, ...] = (),
    default: int = 1,
    names: tuple[str, ...] = (),
) -> Path:
    """Several mono audio tracks of 48 kHz, of which the one numbered `default` is marked.

    `late_s` tells how late each begins, `names` what each is called.
    """
    codec, kind = KINDS[path.suffix]
    with av.open(str(path), "w", format=kind) as container:
        frames = []
        for number, samples in enumerate(tracks, start=1):
            stream = container.add_stream(codec, rate=48_000, layout="mono")
            assert isinstance(stream, AudioStream)
            stream.disposition = Disposition.default if number == default else Disposition(0)
            if names:
                stream.metadata.update(language="ger", title=names[number - 1])
            starts_s = late_s[number - 1] if late_s else 0.0
            made = _frames(samples, 48_000, "mono", starts_s, 0.0)
            frames += [(frame.pts or 0, number, stream, frame) for frame in made]
        for _, _, stream, frame in sorted(frames, key=lambda each: each[:2]):
            container.mux(stream.encode(frame))
        for stream in container.streams.audio:
            container.mux(stream.encode(None))
    return path


def write_silent_video(path: Path) -> Path:
    """A black video of one second that has no audio track."""
    with av.open(str(path), "w", format="mp4") as container:
        picture = container.add_stream("libx264", rate=25)
        assert isinstance(picture, VideoStream)
        _write_black(container, picture, 1.0)
    return path


def _write_black(container: OutputContainer, picture: VideoStream, duration_s: float) -> None:
    picture.width, picture.height, picture.pix_fmt = 64, 64, "yuv420p"
    for number in range(round(duration_s * 25)):
        image = av.VideoFrame.from_ndarray(np.zeros((96, 64), np.uint8), format="yuv420p")
        image.pts, image.time_base = number, Fraction(1, 25)
        container.mux(picture.encode(image))
    container.mux(picture.encode(None))


#: What browsers read by another clock: how it is made of a track, and what is told of it.
OffClock = tuple[str, Callable[[Path, NDArray[np.int16]], object], str]


def _damaged(path: Path, samples: NDArray[np.int16]) -> None:
    data = bytearray(write_sound(path, samples, 48_000).read_bytes())
    at = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 3
    data[at : at + 1500] = bytes(at_ % 251 for at_ in range(1500))
    path.write_bytes(data)


def _without_index(path: Path, samples: NDArray[np.int16]) -> None:
    data = write_sound(path, samples, 48_000).read_bytes()
    path.write_bytes(data.replace(b"\x1c\x53\xbb\x6b", b"\x1c\x53\xbb\x6c"))


def _behind_junk(path: Path, samples: NDArray[np.int16]) -> None:
    path.write_bytes(bytes(100_000) + write_sound(path, samples, 48_000).read_bytes())


def _joined(path: Path, samples: NDArray[np.int16], **second: Any) -> None:
    middle = samples.shape[1] // 2
    first = write_sound(path, samples[:, :middle], 48_000).read_bytes()
    path.write_bytes(first + write_sound(path, samples[:, middle:], 48_000, **second).read_bytes())


def _jumping(path: Path, samples: NDArray[np.int16], *starts_s: float) -> None:
    parts = np.array_split(samples, 2, axis=1)
    data = [
        write_sound(path, part, 48_000, late_s=late_s).read_bytes()
        for part, late_s in zip(parts, starts_s, strict=True)
    ]
    path.write_bytes(b"".join(data))


def _lossy(path: Path, samples: NDArray[np.int16]) -> None:
    write_sound(path, samples, 48_000, gaps_s=((2.7, 3.3),))


OFF_CLOCK: tuple[OffClock, ...] = (
    (
        "varying.mp3",
        lambda path, samples: write_sound(path, samples, 48_000, codec_options={"abr": "1"}),
        "its bit rate varies",
    ),
    ("joined.mp3", _joined, "cannot be decoded"),
    (
        "rates.mp3",
        lambda path, samples: _joined(path, samples, bits_a_second=64_000),
        "its bit rate varies",
    ),
    ("junk.mp3", _behind_junk, "something else stands before its sound"),
    ("bare.aac", lambda path, samples: write_sound(path, samples, 48_000), "it has no times"),
    (
        "long.wav",
        lambda path, samples: write_sound(path, samples, 48_000, options={"rf64": "always"}),
        "its header is not read everywhere",
    ),
    ("cueless.webm", _without_index, "it has no index"),
    (
        "late.opus",
        lambda path, samples: write_sound(path, samples, 48_000, late_s=7),
        "its clock begins at 7.0 s",
    ),
    ("lossy.webm", _lossy, "0.6 s are missing"),
    ("lossy.m4a", _lossy, "0.6 s are missing"),
    ("chained.opus", _joined, "its clock jumps"),
    ("damaged.m4a", _damaged, "cannot be decoded"),
    (
        "forward.ts",
        lambda path, samples: _jumping(path, samples, 10, 36_010),
        "its clock jumps",
    ),
    ("back.ts", lambda path, samples: _jumping(path, samples, 50_000, 100), "its clock jumps"),
)


def _frames(
    samples: NDArray[np.int16], rate_hz: int, layout: str, late_s: float, jump_s: float
) -> list[av.AudioFrame]:
    step = rate_hz // 10
    frames = []
    for start in range(0, samples.shape[1], step):
        packed = np.ascontiguousarray(samples[:, start : start + step].T).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(packed, format="s16", layout=layout)
        frame.sample_rate = rate_hz
        jumped_s = jump_s if 2 * start >= samples.shape[1] else 0.0
        frame.pts = start + round((late_s + jumped_s) * rate_hz)
        frame.time_base = Fraction(1, rate_hz)
        frames.append(frame)
    return frames


def first_sound_ms(samples: NDArray[np.float32], rate_hz: int = 16_000) -> float:
    """When the tone begins: where the sound first reaches a third of full scale, less the
    sixteenth of a period a 1 kHz tone needs for that.
    """
    return float(np.argmax(np.abs(samples) > 0.2)) * 1000 / rate_hz - 0.06
