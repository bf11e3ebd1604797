"""Advanced SubStation Alpha: dialogue with styles, and with times for each word in karaoke."""

from __future__ import annotations

import re
from collections.abc import Sequence

from editor.captions import Cue
from editor.document import split_words, word_offsets
from editor.errors import UnreadableTranscript
from editor.formats.captioned import drafts_from_captions
from editor.formats.markup import Caption
from editor.formats.reading import Problem, Reading

_FIELDS = "Layer,Start,End,Style,Name,MarginL,MarginR,MarginV,Effect,Text"
_TIME = re.compile(r"\s*(\d{1,9}):(\d{1,2}):(\d{1,2})[.:,](\d{1,3})\s*")
_PIECE = re.compile(r"\{([^{}]*)\}|\\([Nnh{}\u2060])|([^{}\\]+|.)", re.DOTALL)
_KARAOKE = re.compile(r"\\(?:[kK]|k[fot])(\d{1,9})")
# Players show escaped braces; a word joiner keeps a backslash from escaping what follows it.
_ESCAPES = {"N": "\n", "n": " ", "h": "\u00a0", "{": "{", "}": "}", "\u2060": "\\"}
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
            anchors.append((len(text), at_ms))
            at_ms += 10 * int(hundredths)
        text += _ESCAPES.get(escape, part)
    words = {at for _, at in word_offsets(text, split_words(text))}
    return text, tuple(anchor for anchor in anchors if anchor[0] in words)


def _ms(written: str) -> int:
    match = _TIME.fullmatch(written)
    if match is None:
        raise ValueError("its times cannot be read")
    hours, minutes, seconds, fraction = match.groups()
    whole_s = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole_s * 1000 + int(fraction.ljust(3, "0"))


_HEAD = f"""\
[Script Info]
ScriptType: v4.00+
WrapStyle: 2
PlayResX: 1920
PlayResY: 1080

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, \
Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, \
Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,60,&H00FFFFFF,&H0000C8FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,\
96,96,60,1

[Events]
Format: {_FIELDS.replace(",", ", ")}
"""


def write(cues: Sequence[Cue]) -> str:
    """Write cues as karaoke: each word lights up as it is said. Times are hundredths of seconds."""
    return _HEAD + "".join(_dialogue(cue) for cue in cues if any(map(str.strip, cue.lines)))


def _dialogue(cue: Cue) -> str:
    who = " ".join((cue.speaker or "").replace(",", " ").split())
    turn = "- " if cue.new_turn and not who else ""
    # A cue shorter than a hundredth would vanish.
    end = max(_hundredths(cue.end_ms), _hundredths(cue.start_ms) + 1)
    times = f"{_written(_hundredths(cue.start_ms))},{_written(end)}"
    return f"Dialogue: 0,{times},Default,{who},0,0,0,,{turn}{_karaoke(cue)}\n"


def _karaoke(cue: Cue) -> str:
    """The lines with each word's length before it, counted from where the one before began."""
    text, parts, at = "\n".join(cue.lines), list[str](), 0
    starts = [_hundredths(max(word.start_ms, cue.start_ms)) for word in cue.words]
    until = [*starts[1:], max(_hundredths(cue.end_ms), *starts)] if starts else []
    offsets = word_offsets(text, [word.text for word in cue.words])
    for (word, offset), start, end in zip(offsets, starts, until, strict=True):
        parts.append(_escaped(text[at:offset]))
        parts.append(f"{{\\k{max(0, end - start)}}}{_escaped(word)}")
        at = offset + len(word)
    return "".join([*parts, _escaped(text[at:])])


def _hundredths(ms: int) -> int:
    return (ms + 5) // 10


def _written(hundredths: int) -> str:
    seconds, rest = divmod(hundredths, 100)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}.{rest:02}"


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\u2060").replace("{", "\\{").replace("}", "\\}")
    return text.replace("\n", "\\N")
