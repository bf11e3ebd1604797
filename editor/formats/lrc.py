"""Timed lyrics (LRC): each line begins with its times; words may have theirs within `<>`."""

from __future__ import annotations

import re

from editor.formats.annotations import Passage, reading_of
from editor.formats.result import Reading

_TAG = re.compile(r"\s*\[([a-z#]{1,12}) ?:([^\]\n]*)\]\s*", re.IGNORECASE)
_TIME = re.compile(r"\[(\d{1,3}):(\d{1,2}(?:[.:]\d{1,3})?)\]\s*")
_WORD_TIME = re.compile(r"<\d{1,3}:\d{1,2}(?:[.:]\d{1,3})?>")
_SUNG = re.compile(r"(?:\s*\[[a-z#]{1,12} ?:[^\]\n]*\]\s*\n)*\s*\[\d{1,3}:\d\d[.:]\d\d\d?\]", re.I)


def is_lrc(text: str) -> bool:
    """Whether a text begins as such a file does: with tags, or a time with parts of a second."""
    return _SUNG.match(text) is not None


def read(text: str, name: str) -> Reading:
    """Read the lines; one with several times is sung as often.

    Raises:
        UnreadableTranscript: no line has a time.
    """
    passages, offset_ms = list[Passage](), 0
    for number, line in enumerate(text.split("\n"), start=1):
        if tag := _TAG.fullmatch(line):
            offset = re.fullmatch(r"\s*([+-]?\d{1,7})\s*", tag[2])
            offset_ms = int(offset[1]) if offset and tag[1].lower() == "offset" else offset_ms
            continue
        starts, at = list[int](), 0
        while time := _TIME.match(line, at):
            seconds = float(time[2].replace(":", "."))
            starts.append(round(1000 * (60 * int(time[1]) + seconds)))
            at = time.end()
        words = _WORD_TIME.sub(" ", line[at:])
        passages += [Passage(number, max(0, ms - offset_ms), None, words) for ms in starts]
    return reading_of(passages, name, "timed lyrics (LRC)")
