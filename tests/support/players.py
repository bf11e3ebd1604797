"""What ffmpeg and pysubs2 make of a caption file: times in ms and the text a person sees."""

from __future__ import annotations

import html
import io
import re

import av
import pysubs2
from av.subtitles.subtitle import AssSubtitle

Cues = list[tuple[int, int, str]]

_DEMUXERS = {"srt": "srt", "vtt": "webvtt"}
#: Keeps a tag from being one and is not seen.
_WORD_JOINER = "\u2060"


def in_ffmpeg(written: str, name: str) -> Cues:
    cues = []
    with av.open(io.BytesIO(written.encode()), "r", format=_DEMUXERS[name]) as container:
        stream = container.streams[0]
        assert stream.time_base is not None
        scale = 1000 * stream.time_base
        for packet in container.demux(stream):
            if packet.pts is None:
                continue
            end = packet.pts + (packet.duration or 0)
            (line,) = packet.decode()
            assert isinstance(line, AssSubtitle)
            text = line.ass.decode().split(",", 8)[8]
            cues.append((int(packet.pts * scale), int(end * scale), _seen(text)))
    return cues


def in_pysubs2(written: str, name: str) -> Cues:
    events = pysubs2.SSAFile.from_string(written, format_=name, keep_unknown_html_tags=True)
    texts = (event.text for event in events)
    if name == "vtt":
        # It hands over names and escapes as they stand in the file.
        texts = (html.unescape(re.sub("<v [^>]*>", "", text)) for text in texts)
    times = ((event.start, event.end) for event in events)
    return [(*time, _seen(text)) for time, text in zip(times, texts, strict=True)]


def _seen(text: str) -> str:
    return text.replace(r"\N", "\n").replace(_WORD_JOINER, "")
