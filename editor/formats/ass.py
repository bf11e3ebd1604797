"""Advanced SubStation Alpha: dialogue with styles, and with times for each word in karaoke."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.errors import UnreadableTranscript
from editor.formats.captioned import drafts_from_captions
from editor.formats.markup import Caption
from editor.formats.reading import Problem, Reading

_FIELDS = "Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text"
_TIME = re.compile(r"\s*(\d{1,9}):(\d{1,2}):(\d{1,2})[.:,](\d{1,3})\s*")
_PIECE = re.compile(r"\{([^{}]*)\}|\\([Nnh])|([^{}\\]+|.)", re.DOTALL)
_KARAOKE = re.compile(r"\\(?:[kK]|k[fot])(\d{1,9})")
_DRAWING = re.compile(r"\\p[1-9]")


def read(text: str, name: str) -> Reading:
    """Read the dialogue; comments are none of it, drawings are told of.

    Raises:
        UnreadableTranscript: no caption can be read.
    """
    captions, problems = list[Caption](), list[Problem]()
    fields = _names(_FIELDS)
    for number, line in enumerate(text.split("\n"), start=1):
        kind, _, rest = line.partition(":")
        if kind.strip() == "Format" and "Text" in rest:
            fields = _names(rest)
        elif kind.strip() == "Dialogue":
            try:
                captions += _caption(number, fields, rest)
            except ValueError as error:
                problems.append(Problem(number, rest.strip(), str(error)))
    reading = drafts_from_captions(captions, problems)
    if not reading.drafts:
        raise UnreadableTranscript(name, "no caption in it can be read")
    return reading


def _names(fields: str) -> list[str]:
    return [field.strip() for field in fields.split(",")]


def _caption(number: int, fields: Sequence[str], rest: str) -> list[Caption]:
    values = dict(zip(fields, rest.split(",", len(fields) - 1), strict=False))
    start_ms, end_ms = _ms(values.get("Start", "")), _ms(values.get("End", ""))
    text, anchors = _plain(values.get("Text", ""), start_ms)
    if not text.strip():
        raise ValueError("this caption has no text")
    who = values.get("Name", values.get("Actor", "")).strip()
    return [Caption(number, start_ms, end_ms, text, anchors, ((0, who),) if who else ())]


def _plain(marked_up: str, start_ms: int) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text, and from karaoke marks when its syllables that begin a word are said."""
    text, anchors, at_ms = "", list[tuple[int, int]](), start_ms
    for mark, escape, part in _PIECE.findall(marked_up):
        if _DRAWING.search(mark):
            raise ValueError("this is a drawing")
        for hundredths in _KARAOKE.findall(mark):
            if not text or text[-1].isspace():
                anchors.append((len(text), at_ms))
            at_ms += 10 * int(hundredths)
        text += {"N": "\n", "n": " ", "h": "\u00a0"}.get(escape, part)
    return text, tuple(anchors)


def _ms(written: str) -> int:
    match = _TIME.fullmatch(written)
    if match is None:
        raise ValueError("its times cannot be read")
    hours, minutes, seconds, fraction = match.groups()
    whole_s = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole_s * 1000 + int(fraction.ljust(3, "0"))
