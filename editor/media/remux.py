"""A copy of a recording or film with captions as a track in it, or chapters; nothing is re-encoded.

Each packet of sound and picture is copied as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import av
from av.container import InputContainer, OutputContainer
from av.packet import Packet
from av.stream import Stream
from av.subtitles.codeccontext import SubtitleCodecContext

from editor.errors import UnreadableMedia
from editor.media.pcm import replacing
from editor.media.source import open_recording

_T = TypeVar("_T")
_PROGRESS_STEP_MS = 5_000
_MS = Fraction(1, 1000)
#: What an encoder of captions wants to know of their look before it opens.
_LOOK = (
    b"[Script Info]\nScriptType: v4.00+\n\n[V4+ Styles]\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour,"
    b" Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline,"
    b" Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n"
    b"Style: Default,Arial,16,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,0\n\n"
    b"[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n"
)


@dataclass(frozen=True, slots=True)
class _Form:
    """A container: its muxer, and the codec of captions in it, if it holds any."""

    muxer: str
    captions: str = ""


_FORMS = {
    ".mp4": _Form("mp4", "mov_text"),
    ".m4v": _Form("mp4", "mov_text"),
    ".mov": _Form("mov", "mov_text"),
    ".mkv": _Form("matroska", "subrip"),
    ".mka": _Form("matroska", "subrip"),
    ".webm": _Form("webm", "webvtt"),
    ".m4a": _Form("ipod"),
    ".m4b": _Form("ipod"),
    ".mp3": _Form("mp3"),
}
#: The endings of copies that can hold captions, and those that can hold chapters.
WITH_CAPTIONS = tuple(suffix for suffix, form in _FORMS.items() if form.captions)
WITH_CHAPTERS = tuple(_FORMS)


@dataclass(frozen=True, slots=True)
class Additions:
    """What a copy gets: captions (start_ms, end_ms, text), chapters (start_ms, title).

    `language` of the captions is a code of three letters (ISO 639-2), `name` what a player calls
    their track.
    """

    captions: Sequence[tuple[int, int, str]] = ()
    chapters: Sequence[tuple[int, str]] = ()
    language: str = "und"
    name: str = ""


def remux(
    path: Path,
    out_path: Path,
    additions: Additions,
    *,
    on_progress: Callable[[int], None] = lambda written_ms: None,
) -> list[str]:
    """Write a copy in the container that the name's end tells, and say what is left out of it.

    Raises:
        UnreadableMedia: it is no recording, or the container does not take its streams.
    """
    form = _FORMS[out_path.suffix.lower()]
    with ExitStack() as stack:
        partial = stack.enter_context(replacing(out_path))
        source = stack.enter_context(open_recording(path))
        try:
            out = stack.enter_context(av.open(str(partial), "w", format=form.muxer))
            copied, left_out = _streams(source, out)
            out.metadata.update(source.metadata)
            if additions.chapters:
                out.set_chapters(_chapters(additions.chapters, source))
            captions: Iterator[Packet[Stream]] = iter(())
            if additions.captions:
                captions = _captions(additions, out, form, source)
            _write(source, out, copied, captions, on_progress)
            # Whatever the muxer refuses, it may refuse at the end.
            out.close()
        except (av.FFmpegError, ValueError) as error:
            reason = f"its sound or picture cannot stand in a {out_path.suffix} file."
            raise UnreadableMedia(path.name, reason, "Name the copy *.mkv.") from error
    return left_out


def _streams(source: InputContainer, out: OutputContainer) -> tuple[dict[int, Stream], list[str]]:
    """The streams of a copy by the number of those they are copied from."""
    copied, left_out = dict[int, Stream](), list[str]()
    for stream in source.streams:
        if stream.type in ("audio", "video", "subtitle"):
            try:
                kept = out.add_stream_from_template(stream)
            except (av.FFmpegError, ValueError):
                if stream.type != "subtitle":
                    raise
                left_out.append(f"track {stream.index + 1} ({stream.type})")
                continue
            kept.disposition = stream.disposition
            copied[stream.index] = kept
    return copied, left_out


def _chapters(
    chapters: Sequence[tuple[int, str]], source: InputContainer
) -> list[av.container.Chapter]:
    last_ms = max(chapters[-1][0] + 1, (source.duration or 0) // 1000)
    ends = [*(start_ms for start_ms, _ in chapters[1:]), last_ms]
    return [
        {
            "id": number,
            "start": start_ms,
            "end": end_ms,
            "time_base": _MS,
            "metadata": {"title": title},
        }
        for number, ((start_ms, title), end_ms) in enumerate(zip(chapters, ends, strict=True), 1)
    ]


def _captions(
    additions: Additions, out: OutputContainer, form: _Form, source: InputContainer
) -> Iterator[Packet[Stream]]:
    """The packets of the captions' track, which is made at once."""
    stream = out.add_stream(form.captions)
    assert isinstance(stream.codec_context, SubtitleCodecContext)
    stream.codec_context.subtitle_header = _LOOK
    stream.time_base = _MS
    stream.metadata["language"] = additions.language
    if additions.name:
        stream.metadata["title"] = additions.name
    # Times count from where the recording begins.
    late_ms = max(0, source.start_time or 0) // 1000
    shown = list(additions.captions)
    if form.captions == "mov_text":
        shown = one_by_one(shown)

    def packets() -> Iterator[Packet[Stream]]:
        for start_ms, end_ms, text in shown:
            data = text.encode()
            if form.captions == "mov_text":
                data = len(data).to_bytes(2, "big") + data
            packet: Packet[Stream] = Packet(data)
            packet.stream = stream
            packet.time_base = _MS
            packet.pts = packet.dts = start_ms + late_ms
            packet.duration = end_ms - start_ms
            yield packet

    return packets()


def one_by_one(captions: Sequence[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Captions of which none overlaps the next: where several are shown, one shows all of them.

    >>> one_by_one([(0, 10, "a"), (5, 20, "b")])
    [(0, 5, 'a'), (5, 10, 'a\\nb'), (10, 20, 'b')]
    """
    return [(start, end, "\n".join(shown)) for start, end, shown in at_once(captions)]


def at_once(captions: Sequence[tuple[int, int, _T]]) -> list[tuple[int, int, list[_T]]]:
    """What is shown from when to when, in ms: of captions that overlap, all at that time."""
    found, active = list[tuple[int, int, list[_T]]](), list[tuple[int, _T]]()
    waiting = sorted(captions, key=lambda one: one[0])[::-1]
    times = sorted({ms for start_ms, end_ms, _ in captions for ms in (start_ms, end_ms)})
    for start_ms, end_ms in pairwise(times):
        active = [one for one in active if one[0] > start_ms]
        while waiting and waiting[-1][0] <= start_ms:
            _, until_ms, text = waiting.pop()
            active.append((until_ms, text))
        if active:
            found.append((start_ms, end_ms, [text for _, text in active]))
    return found


def _write(
    source: InputContainer,
    out: OutputContainer,
    copied: dict[int, Stream],
    captions: Iterator[Packet[Stream]],
    on_progress: Callable[[int], None],
) -> None:
    """All packets in order of time, so that the muxer holds little back."""
    reported_ms = 0
    caption = next(captions, None)
    for packet in source.demux([source.streams[index] for index in copied]):
        if packet.dts is None:
            continue
        at_ms = round(1000 * packet.dts * packet.time_base)
        while caption is not None and (caption.pts or 0) <= at_ms:
            out.mux(caption)
            caption = next(captions, None)
        packet.stream = copied[packet.stream.index]
        out.mux(packet)
        if at_ms >= reported_ms + _PROGRESS_STEP_MS:
            reported_ms = at_ms
            on_progress(at_ms)
    while caption is not None:
        out.mux(caption)
        caption = next(captions, None)
