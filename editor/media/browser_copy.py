"""A copy of a recording that every browser plays, on the time line that its words are on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeAlias

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from numpy.typing import NDArray

from editor.media.decode import sound_blocks
from editor.media.limits import check_length
from editor.media.mix import summed
from editor.media.pcm import replacing
from editor.media.source import SOUND_SUFFIX, moving_picture, open_recording
from editor.media.tracks import sound_track

_PROGRESS_STEP_MS = 5_000


@dataclass(frozen=True)
class _Form:
    """A container for copies: its name, which sound it may keep, and how other sound is encoded."""

    container: str
    keeps: frozenset[str]
    codec: str
    rates_hz: tuple[int, ...]
    options: dict[str, str]


# MP4 has a table of samples, which makes each seek exact in every browser, where a bare MP3 or AAC
# seeks by an estimate; FFmpeg's own encoder is twice as fast with the coder named here, and as good
# for what is said. VP8 plays in WebM only.
_MP4 = _Form("mp4", frozenset({"aac", "mp3"}), "aac", (48_000, 44_100), {"aac_coder": "fast"})
_WEBM = _Form("webm", frozenset({"opus", "vorbis"}), "libopus", (48_000,), {})
_FORMS = {SOUND_SUFFIX: _MP4, ".mp4": _MP4, ".webm": _WEBM}
#: The table of samples and the index stand in front, so that playing begins at once.
_MUXING = {"mp4": {"movflags": "+faststart"}, "webm": {"cues_to_front": "1"}}
_BITS_A_SECOND = {"mono": 80_000, "stereo": 128_000}

#: A packet for the copy, and where it belongs, in s.
_Timed: TypeAlias = "tuple[float, Packet[Stream]]"


def make_browser_copy(
    path: Path,
    out_path: Path,
    *,
    track: int | None = None,
    together: Sequence[int] = (),
    keeps_sound: bool = False,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> None:
    """Write what browsers play of a recording to `out_path`, on the time line of decoding.

    The name's end tells what is kept of it: with `SOUND_SUFFIX` the sound, else the picture, too;
    see `MediaInfo.copy_suffix`. The sound is that of the `track` of this number, or of several
    `together`; with `keeps_sound` the packets of one are taken as they are where they may be; else
    it is encoded anew, with silence where it begins late or is missing. `on_progress` is called
    with the milliseconds written so far; what
    it raises ends the work, no file is left.

    Raises:
        UnreadableMedia: nothing can be heard in the recording.
    """
    form = _FORMS[out_path.suffix]
    with ExitStack() as stack:
        partial = stack.enter_context(replacing(out_path))
        source = stack.enter_context(open_recording(path))
        sound, picture = sound_track(source, path.name, track), moving_picture(source)
        kind = form.container
        out = stack.enter_context(av.open(str(partial), "w", format=kind, options=_MUXING[kind]))
        pictures: Iterator[_Timed] = iter(())
        if picture is not None and out_path.suffix != SOUND_SUFFIX:
            showing = stack.enter_context(open_recording(path))
            pictures = _kept(showing, showing.streams[picture.index], out)
        if keeps_sound and not together and sound.codec_context.codec.canonical_name in form.keeps:
            sounds = _kept(source, sound, out)
        else:
            sounds = _encoded(path, sound, out, form, together or [track])
        _write(out, sounds, pictures, on_progress)


def _write(
    out: OutputContainer,
    sounds: Iterator[_Timed],
    pictures: Iterator[_Timed],
    on_progress: Callable[[int], None],
) -> None:
    """Sound and picture side by side, so that the muxer holds little back."""
    reported_ms = 0
    picture = next(pictures, None)
    for at_s, packet in sounds:
        while picture is not None and picture[0] <= at_s:
            out.mux(picture[1])
            picture = next(pictures, None)
        out.mux(packet)
        if at_s * 1000 >= reported_ms + _PROGRESS_STEP_MS:
            reported_ms = round(at_s * 1000)
            on_progress(reported_ms)
    while picture is not None:
        out.mux(picture[1])
        picture = next(pictures, None)


def _kept(source: InputContainer, stream: Stream, out: OutputContainer) -> Iterator[_Timed]:
    """The packets of a stream as they are, from the beginning of its container on."""
    kept = out.add_stream_from_template(stream)
    start_s = Fraction(source.start_time or 0, av.time_base)

    def packets() -> Iterator[_Timed]:
        for packet in source.demux(stream):
            if packet.size == 0 or packet.dts is None:
                continue
            start = round(start_s / packet.time_base)
            packet.dts -= start
            packet.pts = None if packet.pts is None else packet.pts - start
            packet.stream = kept
            yield float(packet.dts * packet.time_base), packet

    return packets()


def _encoded(
    path: Path,
    sound: AudioStream,
    out: OutputContainer,
    form: _Form,
    tracks: Sequence[int | None],
) -> Iterator[_Timed]:
    """The sound as it is decoded, encoded anew."""
    layout = "mono" if sound.channels == 1 else "stereo"
    rate_hz = sound.rate if sound.rate in form.rates_hz else form.rates_hz[0]
    stream = out.add_stream(form.codec, rate=rate_hz, layout=layout, options=form.options)
    assert isinstance(stream, AudioStream)
    stream.bit_rate = _BITS_A_SECOND[layout]

    def packets() -> Iterator[_Timed]:
        written = 0
        blocks = [
            sound_blocks(path, rate_hz=rate_hz, layout=layout, track=track) for track in tracks
        ]
        for block in blocks[0] if len(blocks) == 1 else summed(blocks):
            frame = _frame(block, layout, rate_hz, written)
            written += len(block)
            check_length(path.name, written * 1000 // rate_hz)
            yield from ((written / rate_hz, packet) for packet in stream.encode(frame))
        yield from ((written / rate_hz, packet) for packet in stream.encode(None))

    return packets()


def _frame(block: NDArray[np.int16], layout: str, rate_hz: int, position: int) -> AudioFrame:
    frame = AudioFrame.from_ndarray(block.reshape(1, -1), format="s16", layout=layout)
    frame.sample_rate = rate_hz
    frame.pts = position
    # With pts alone the muxer reads them in another unit and the duration comes out wrong.
    frame.time_base = Fraction(1, rate_hz)
    return frame
