"""Writes captions of Advanced SubStation; `ass` reads them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from editor.captions import Cue
from editor.captions.speaker_colours import speaker_colours
from editor.document import word_offsets
from editor.formats.ass_codes import codes_of
from editor.formats.ass_times import FIELDS, hundredths, written_time
from editor.formats.caption import Caption
from editor.formats.styling import Style, with_styles

#: A style but for its name and the colour of what is said: in white, with a black rim.
_LOOK = "Arial,60,&H{},&H0000C8FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,96,96,60,1"
_STYLE_OF = "Speaker {}"
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
Style: Default,{_LOOK.format("00FFFFFF")}

[Events]
Format: {FIELDS.replace(",", ", ")}
"""


def write(cues: Sequence[Cue]) -> str:
    """Write cues as karaoke: each word lights up as it is said. Times are hundredths of seconds.

    Each speaker has a style, with a colour where there are several."""
    shown = [cue for cue in cues if any(map(str.strip, cue.lines))]
    colours = {_name(speaker): colour for speaker, colour in speaker_colours(shown).items()}
    styles = "".join(
        f"Style: {_STYLE_OF.format(who)},{_LOOK.format(_ass_colour(colour))}\n"
        for who, colour in colours.items()
    )
    head = _HEAD.replace("\n\n[Events]", f"\n{styles}\n[Events]")
    return head + "".join(_dialogue(cue, colours) for cue in shown)


def _name(speaker: str | None) -> str:
    return " ".join((speaker or "").replace(",", " ").split())


def _ass_colour(colour: str) -> str:
    """A colour `#rrggbb` as ASS has it: blue, green, red.

    >>> _ass_colour("#ffff00")
    '0000FFFF'
    """
    return f"00{colour[5:7]}{colour[3:5]}{colour[1:3]}".upper()


def _dialogue(cue: Cue, colours: Mapping[str, str]) -> str:
    who = _name(cue.speaker)
    style = _STYLE_OF.format(who) if who in colours else "Default"
    turn = "- " if cue.new_turn and not who else ""
    # A cue shorter than a hundredth would vanish.
    end = max(hundredths(cue.end_ms), hundredths(cue.start_ms) + 1)
    times = f"{written_time(hundredths(cue.start_ms))},{written_time(end)}"
    return f"Dialogue: 0,{times},{style},{who},0,0,0,,{turn}{_karaoke(cue)}\n"


def write_captions(captions: Sequence[Caption]) -> str:
    """Write captions of another file: their times, lines, styles and places."""
    return _HEAD + "".join(map(_styled, captions))


def _styled(caption: Caption) -> str:
    voices = [(at, " ".join(name.replace(",", " ").split())) for at, name in caption.voices]
    who = next((name for _, name in voices), "")
    start, end = hundredths(caption.start_ms), hundredths(caption.end_ms)
    place = f"{{\\an{caption.place}}}" if caption.place not in (0, 2) else ""
    starts = [hundredths(max(ms, caption.start_ms)) for _, ms in caption.anchors]
    lengths = [max(0, b - a) for a, b in zip(starts, [*starts[1:], end], strict=False)]
    lit = [
        (at, f"{{\\k{length}}}") for (at, _), length in zip(caption.anchors, lengths, strict=True)
    ]
    if lit and starts[0] > start:
        lit = [(0, f"{{\\k{starts[0] - start}}}"), *lit]
    lit += [
        (at, _escaped("\n" * (caption.text[at - 1] != "\n") + f"{name}: "))
        for at, name in voices
        if at and name
    ]
    text = with_styles(
        caption.text, caption.styles, marks=_marks, escaped=_escaped, inserted=lit, is_flat=True
    )
    times = f"{written_time(start)},{written_time(end)}"
    return f"Dialogue: 0,{times},Default,{who},0,0,0,,{place}{text}\n"


def _marks(style: Style) -> tuple[str, str]:
    return ("", "") if style.name in ("class", "ruby") else codes_of(style)


def _karaoke(cue: Cue) -> str:
    """The lines with each word's length before it, counted from where the one before began."""
    text, parts, at = "\n".join(cue.lines), list[str](), 0
    starts = [hundredths(max(word.start_ms, cue.start_ms)) for word in cue.words]
    until = [*starts[1:], max(hundredths(cue.end_ms), *starts)] if starts else []
    offsets = word_offsets(text, [word.text for word in cue.words])
    for (word, offset), start, end in zip(offsets, starts, until, strict=True):
        parts.append(_escaped(text[at:offset]))
        parts.append(f"{{\\k{max(0, end - start)}}}{_escaped(word)}")
        at = offset + len(word)
    return "".join([*parts, _escaped(text[at:])])


def _escaped(text: str) -> str:
    text = text.replace("\\", "\\\u2060").replace("{", "\\{").replace("}", "\\}")
    return text.replace("\n", "\\N")
