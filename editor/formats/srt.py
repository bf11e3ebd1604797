"""SubRip."""

from __future__ import annotations

from collections.abc import Sequence

from editor.captions import Cue
from editor.formats.captions_text import ARROW, read_captions
from editor.formats.speakers import mark_of
from editor.timecode import timestamp_from_ms

read = read_captions


def write(cues: Sequence[Cue]) -> str:
    """Numbered captions; an arrow inside a text is taken apart, since it would end the caption."""
    blocks = []
    for number, cue in enumerate(cues, 1):
        start, end = (timestamp_from_ms(ms, decimal=",") for ms in (cue.start_ms, cue.end_ms))
        text = "\n".join(cue.lines).replace(ARROW, "->")
        blocks.append(f"{number}\n{start} --> {end}\n{mark_of(cue.speaker, cue.new_turn)}{text}\n")
    return "\n".join(blocks)
