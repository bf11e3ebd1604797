"""Sound as a file of its own, MP3 or WAV by the end of its name, block by block."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from numpy.typing import NDArray

#: The endings of such files, and what each is.
SOUND_TYPES = {".mp3": "audio/mpeg", ".wav": "audio/wav"}
#: The rates that both take.
RATES_HZ = (48_000, 44_100, 32_000, 24_000, 22_050, 16_000)
_BITS_A_SECOND = {"mono": 96_000, "stereo": 160_000}
#: A WAV of more than 4 GB, some six hours, needs another head.
_OPTIONS = {"wav": {"rf64": "auto"}, "mp3": {}}


def shape_of(sound: AudioStream) -> tuple[int, str]:
    """The rate and the layout in which a track is written: its own as far as both kinds take it."""
    rate_hz = sound.rate if sound.rate in RATES_HZ else RATES_HZ[0]
    return rate_hz, "mono" if sound.channels == 1 else "stereo"


def write_sound(
    out_path: Path,
    blocks: Iterable[NDArray[np.int16]],
    *,
    suffix: str,
    rate_hz: int,
    layout: str,
) -> int:
    """Write blocks of int16 (n, channels), and give their length in ms.

    `suffix` is one of `SOUND_TYPES`, `layout` mono or stereo.
    """
    kind = suffix.removeprefix(".")
    codec = "libmp3lame" if kind == "mp3" else "pcm_s16le"
    position = 0
    with av.open(str(out_path), "w", format=kind, options=_OPTIONS[kind]) as out:
        stream = out.add_stream(codec, rate=rate_hz, layout=layout)
        assert isinstance(stream, AudioStream)
        if kind == "mp3":
            stream.bit_rate = _BITS_A_SECOND[layout]
        for block in blocks:
            frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout=layout)
            frame.sample_rate, frame.pts = rate_hz, position
            frame.time_base = Fraction(1, rate_hz)
            position += len(block)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return position * 1000 // rate_hz
