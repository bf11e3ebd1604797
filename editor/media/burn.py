"""A copy of a film with captions drawn into its picture; its sound is copied as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.container import InputContainer, OutputContainer
from av.filter import Graph
from av.packet import Packet
from av.video.format import VideoFormat
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from editor.errors import UnreadableMedia
from editor.media.drawn_text import Line, check_letters, drawn
from editor.media.pcm import replacing
from editor.media.source import moving_picture, open_recording

#: Of each caption: start and end in ms, and its lines; none overlaps another.
Shown = tuple[int, int, Sequence[Line]]
_PROGRESS_STEP_MS = 1_000
_H264 = "libx264"
#: The muxer and the encoder of each ending.
_FORMS = {
    ".mp4": ("mp4", _H264),
    ".m4v": ("mp4", _H264),
    ".mov": ("mov", _H264),
    ".mkv": ("matroska", _H264),
    ".webm": ("webm", "libvpx-vp9"),
}
#: The endings of copies into whose picture captions can be drawn.
WITH_PICTURE = tuple(_FORMS)
#: Hardly to be told from the original, and fast.
_QUALITY = {
    _H264: {"crf": "18", "preset": "veryfast"},
    "libvpx-vp9": {"crf": "28", "b": "0", "deadline": "good", "cpu-used": "5", "row-mt": "1"},
}
#: What sets a picture upright that a telephone took lying, by its degrees against the clock.
_TURNS = {
    90: (("transpose", "cclock"),),
    -90: (("transpose", "clock"),),
    180: (("hflip", ""), ("vflip", "")),
    -180: (("hflip", ""), ("vflip", "")),
}
_CLEAR = VideoFormat("yuva420p")
#: Transfer functions of HDR (ITU-T H.273): PQ and HLG.
_HDR = (16, 18)


def burn(
    path: Path,
    out_path: Path,
    captions: Sequence[Shown],
    *,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> list[str]:
    """Write a copy of a film in the container that the name's end tells, and say what it lacks.

    The picture is encoded anew (H.264, or VP9 in WebM), its sound is copied. `on_progress` is
    called with the milliseconds that are written.

    Raises:
        InvalidValue: no font of this computer has letters of the captions.
        UnreadableMedia: it has no picture, or the container does not take its sound.
    """
    check_letters(text for *_, lines in captions for text, _ in lines)
    muxer, encoder = _FORMS[out_path.suffix.lower()]
    if encoder not in av.codecs_available:
        advice = "Name the copy *.webm."
        raise UnreadableMedia(path.name, "PyAV has no encoder of H.264 here.", advice)
    with ExitStack() as stack:
        partial = stack.enter_context(replacing(out_path))
        source = stack.enter_context(open_recording(path))
        first = _first_frame(path)
        picture = moving_picture(source)
        if picture is None or first is None:
            raise UnreadableMedia(path.name, "it has no picture.", "Choose a film.")
        lacks = _lacks(source, picture)
        try:
            out = stack.enter_context(av.open(str(partial), "w", format=muxer))
            out.metadata.update(source.metadata)
            into = _Picture.like(first, picture, out, encoder)
            reported_ms = 0
            for at_ms in _written(source, picture, out, into, captions):
                if at_ms >= reported_ms + _PROGRESS_STEP_MS:
                    reported_ms = at_ms
                    on_progress(at_ms)
            out.close()
        except (av.FFmpegError, ValueError) as error:
            reason = f"its picture or sound cannot stand in a {out_path.suffix} file."
            advice = "Name the copy *.mkv."
            if out_path.suffix.lower() == ".mkv":
                # It takes all kinds: times that go back, as in files that were joined, it does not.
                reason = "its picture or its times change on the way."
                advice = "Save the film anew in another program, and use that."
            raise UnreadableMedia(path.name, reason, advice) from error
    return lacks


def _lacks(source: InputContainer, picture: VideoStream) -> list[str]:
    """In sentences, what the copy has not."""
    others = [
        s for s in source.streams if s.type == "subtitle" or (s.type == "video" and s != picture)
    ]
    lacks = [f"track {one.index + 1} ({one.type}) is left out of the copy" for one in others]
    if picture.codec_context.color_trc in _HDR:
        lacks.append(
            "the picture is HDR: the copy has 8 bits a colour, and its captions are bright"
        )
    return lacks


def _first_frame(path: Path) -> VideoFrame | None:
    with open_recording(path) as source:
        picture = moving_picture(source)
        return None if picture is None else next(source.decode(picture), None)


@dataclass(frozen=True, slots=True)
class _Picture:
    """The picture of the copy, and the filters that draw on frames and set them upright."""

    stream: VideoStream
    graph: Graph
    time_base: Fraction
    pixel_aspect: float

    @classmethod
    def like(
        cls, first: VideoFrame, picture: VideoStream, out: OutputContainer, encoder: str
    ) -> _Picture:
        turns = _TURNS.get(round(first.rotation), ())
        size = (first.width, first.height)
        aspect = picture.sample_aspect_ratio or Fraction(1)
        if any(name == "transpose" for name, _ in turns):
            size, aspect = size[::-1], 1 / aspect
        # H.264 counts pixels in pairs.
        width, height = (side - side % 2 for side in size)
        time_base = picture.time_base or Fraction(1, 90_000)
        stream = out.add_stream(encoder, rate=picture.average_rate or 25, options=_QUALITY[encoder])
        assert isinstance(stream, VideoStream)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        codec, of = stream.codec_context, picture.codec_context
        codec.time_base, codec.sample_aspect_ratio = time_base, aspect
        for name in ("color_range", "colorspace", "color_primaries", "color_trc"):
            setattr(codec, name, getattr(of, name))
        graph = Graph()
        lower = [
            graph.add_buffer(
                width=first.width, height=first.height, format=first.format, time_base=time_base
            )
        ]
        lower += [graph.add(name, told) for name, told in turns]
        lower.append(graph.add("crop", f"{width}:{height}:0:0"))
        strip = graph.add_buffer(
            width=width, height=_strip(height), format=_CLEAR, time_base=time_base
        )
        over = graph.add("overlay", "x=0:y=H-h")
        graph.link_nodes(*lower, over)
        strip.link_to(over, 0, 1)
        graph.link_nodes(over, graph.add("format", "yuv420p"), graph.add("buffersink")).configure()
        return cls(stream, graph, time_base, float(aspect))

    def drawn(self, lines: Sequence[Line]) -> VideoFrame:
        """The lower half of the picture with some lines on it; clear without any."""
        size = self.stream.width, _strip(self.stream.height)
        return drawn(lines, *size, pixel_aspect=self.pixel_aspect)

    def packets(self, frame: VideoFrame, over: VideoFrame) -> list[Packet[VideoStream]]:
        """A frame of the film with another on it, encoded."""
        frame.time_base = over.time_base = self.time_base
        over.pts = frame.pts
        self.graph.vpush(frame, 0)
        self.graph.vpush(over, 1)
        together = self.graph.vpull()
        together.pict_type = 0
        return self.stream.encode(together)


def _strip(height: int) -> int:
    return height // 4 * 2


def _written(
    source: InputContainer,
    picture: VideoStream,
    out: OutputContainer,
    into: _Picture,
    captions: Sequence[Shown],
) -> Iterator[int]:
    """Write the whole copy; gives after each packet how far it is, in ms."""
    sounds = {one.index: out.add_stream_from_template(one) for one in source.streams.audio}
    late_ms = max(0, source.start_time or 0) // 1000
    waiting = [(start + late_ms, end + late_ms, lines) for start, end, lines in captions][::-1]
    clear = over = into.drawn(())
    until_ms, picture.thread_type = 0, "AUTO"
    for packet in source.demux([picture, *source.streams.audio]):
        if packet.stream.index in sounds:
            if packet.dts is not None:
                packet.stream = sounds[packet.stream.index]
                out.mux(packet)
            continue
        for frame in _decoded(packet):
            if frame.pts is None:
                continue
            at_ms = round(1000 * frame.pts * into.time_base)
            while waiting and waiting[-1][0] <= at_ms:
                _, until_ms, lines = waiting.pop()
                over = into.drawn(lines) if until_ms > at_ms else clear
            over = over if at_ms < until_ms else clear
            out.mux(into.packets(frame, over))
            yield at_ms - late_ms
    out.mux(into.stream.encode(None))


def _decoded(packet: Packet[Any]) -> list[VideoFrame]:
    """The frames of a packet; none of one that is damaged."""
    try:
        frames: list[VideoFrame] = packet.decode()
    except av.error.InvalidDataError:
        return []
    return frames
