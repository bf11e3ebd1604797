"""WebVTT."""

from __future__ import annotations

import html
from collections.abc import Sequence

from webvtt import Caption, WebVTT

from editor.captions import Cue
from editor.formats.captions_text import read_captions
from editor.formats.speakers import mark_of
from editor.timecode import timestamp_from_ms

read = read_captions


def write(cues: Sequence[Cue]) -> str:
    """Captions with `<v Name>` for a named speaker and a dash for a nameless new turn."""
    captions = [
        Caption(
            start=timestamp_from_ms(cue.start_ms),
            end=timestamp_from_ms(cue.end_ms),
            text=_text(cue),
        )
        for cue in cues
    ]
    return str(WebVTT(captions=captions).content) + "\n"


def _text(cue: Cue) -> str:
    text = html.escape("\n".join(cue.lines), quote=False)
    if cue.speaker:
        return f"<v {html.escape(cue.speaker, quote=False)}>{text}"
    return mark_of(None, cue.new_turn) + text
