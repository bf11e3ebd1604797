"""WebVTT: read with webvtt-py where a file is well formed, leniently where it is not."""

from __future__ import annotations

import html
from collections.abc import Sequence
from itertools import groupby

import webvtt
from webvtt.errors import MalformedCaptionError, MalformedFileError

from editor.captions import Cue
from editor.errors import UnreadableTranscript
from editor.formats.blocks import IGNORED_BLOCK, Block, arrow_lines, read_blocks, timing_of
from editor.formats.captioned import drafts_from_captions
from editor.formats.markup import parse_markup, without_codes
from editor.formats.reading import Problem, Reading
from editor.timecode import timestamp_from_ms


def read(text: str, name: str) -> Reading:
    """Read the captions, and tell of each line of times that gave none.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    lines = text.split("\n")
    blocks, problems = _well_formed(lines), list[Problem]()
    if blocks is None:
        blocks, problems = read_blocks(lines, is_vtt=True)
    problems += _unread(lines, blocks, problems)
    captions = [
        parse_markup(b.timing.line, b.timing.start_ms, b.timing.end_ms, "\n".join(b.lines))
        for b in blocks
    ]
    reading = drafts_from_captions(captions, problems)
    if not reading.drafts:
        line = problems[0].line if problems else None
        raise UnreadableTranscript(name, "no caption in it can be read", line=line)
    return reading


def _well_formed(lines: Sequence[str]) -> list[Block] | None:
    """The blocks of a file that obeys the format once its times are written in full.

    Lines that the format would have readers ignore, a text after a blank line say, make it None:
    they may be someone's words.
    """
    if not lines[0].startswith("WEBVTT") or _has_stray_block(lines):
        return None
    arrows = arrow_lines(lines)
    timings = [timing_of(lines[number - 1], number) for number in arrows]
    normal = list(lines)
    for timing in timings:
        if timing is None:
            return None
        start, end = timestamp_from_ms(timing.start_ms), timestamp_from_ms(timing.end_ms)
        normal[timing.line - 1] = f"{start} --> {end} {timing.settings}".rstrip()
    try:
        captions = webvtt.WebVTT.from_string("\n".join(normal), strict=True).captions
    except (MalformedFileError, MalformedCaptionError):
        return None
    if len(captions) != len(timings) or not all(c.raw_text.strip() for c in captions):
        return None
    return [
        Block(timing, tuple(caption.raw_text.split("\n")))
        for timing, caption in zip(timings, captions, strict=True)
        if timing is not None
    ]


def _has_stray_block(lines: Sequence[str]) -> bool:
    blocks = [list(block) for is_text, block in groupby(lines, key=bool) if is_text]
    return any(not arrow_lines(block) and not IGNORED_BLOCK.match(block[0]) for block in blocks[1:])


def _unread(
    lines: Sequence[str], blocks: Sequence[Block], problems: Sequence[Problem]
) -> list[Problem]:
    """Lines with an arrow that became no caption and of which nothing was told yet."""
    accounted = {block.timing.line for block in blocks} | {p.line for p in problems}
    return [
        Problem(number, lines[number - 1].strip(), "its arrow was not read as times")
        for number in arrow_lines(lines)
        if number not in accounted
    ]


def write(cues: Sequence[Cue]) -> str:
    """Write cues; a speaker with a name is a voice tag, a nameless new turn a dash."""
    blocks = [
        f"{timestamp_from_ms(cue.start_ms)} --> {timestamp_from_ms(cue.end_ms)}\n{_text(cue)}\n\n"
        for cue in cues
        if any(map(str.strip, cue.lines))
    ]
    return "WEBVTT\n\n" + "".join(blocks)


def _text(cue: Cue) -> str:
    text = html.escape(without_codes("\n".join(cue.lines)), quote=False)
    if cue.speaker is not None:
        return f"<v {html.escape(' '.join(cue.speaker.split()), quote=False)}>{text}"
    return f"- {text}" if cue.new_turn else text
