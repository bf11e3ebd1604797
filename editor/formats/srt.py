"""SubRip: numbered blocks of times and text. Read leniently, written plainly."""

from __future__ import annotations

from collections.abc import Sequence

from editor.captions import Cue
from editor.errors import UnreadableTranscript
from editor.formats.blocks import NO_TEXT, read_blocks
from editor.formats.caption import Caption
from editor.formats.drafts import drafts_from_captions, labels_of
from editor.formats.markup import defused, parse_markup
from editor.formats.result import Place, Problem, Reading
from editor.formats.styling import Style, with_styles
from editor.formats.timing_line import timing_of
from editor.formats.turn_marks import marked_cues
from editor.timecode import timestamp_from_ms


def is_srt(text: str) -> bool:
    """Whether any line in a text tells two times as captions have them."""
    return any("-->" in line and timing_of(line, 1) for line in text.split("\n"))


def read(text: str, name: str) -> Reading:
    """Read the captions, and tell of each block that could not be read.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    lines = text.split("\n")
    blocks, problems = read_blocks(lines, is_vtt=False)
    captions = [
        parse_markup(b.timing.line, b.timing.start_ms, b.timing.end_ms, "\n".join(b.lines))
        for b in blocks
    ]
    problems += [Problem(c.line, lines[c.line - 1].strip(), NO_TEXT) for c in captions if c.is_bare]
    reading = drafts_from_captions([c for c in captions if not c.is_bare], problems)
    if not reading.drafts:
        line = problems[0].line if problems else None
        raise UnreadableTranscript(name, "no caption in it can be read", line=line)
    return reading


def places(lines: Sequence[str]) -> list[Place]:
    """Where the captions of a file stand."""
    return [block.place for block in read_blocks(lines, is_vtt=False)[0]]


def write(cues: Sequence[Cue]) -> str:
    """Write cues; names and dashes stand in the text, and an arrow in it becomes `→`.

    The format has no escapes: what players would take for markup is kept from being it by an
    unseen sign, see `defused`.
    """
    shown = [cue for cue in cues if any(map(str.strip, cue.lines))]
    blocks = zip(shown, marked_cues(shown), strict=True)
    return "".join(
        f"{number}\n{_times(cue)}\n{_escaped(text)}\n\n"
        for number, (cue, text) in enumerate(blocks, 1)
    )


def write_captions(captions: Sequence[Caption]) -> str:
    """Write captions of another file: their times, lines, styles and places; names as labels."""
    labels = labels_of(captions)
    return "".join(
        f"{number}\n{_times(caption)}\n{_marked_up(caption, inserted)}\n\n"
        for number, (caption, inserted) in enumerate(zip(captions, labels, strict=True), 1)
    )


def _marked_up(caption: Caption, inserted: Sequence[tuple[int, str]]) -> str:
    code = f"{{\\an{caption.place}}}" if caption.place not in (0, 2) else ""
    return code + with_styles(
        caption.text, caption.styles, marks=_marks, escaped=_escaped, inserted=inserted
    )


def _marks(style: Style) -> tuple[str, str]:
    if style.name == "color":
        return f'<font color="{style.value}">', "</font>"
    return ("", "") if style.name in ("class", "ruby") else (f"<{style.name}>", f"</{style.name}>")


def _escaped(text: str) -> str:
    return defused(text.replace("-->", "→"))


def _times(cue: Cue | Caption) -> str:
    start, end = (timestamp_from_ms(ms, decimal=",") for ms in (cue.start_ms, cue.end_ms))
    return f"{start} --> {end}"
