"""WebVTT: read as browsers do and, where they show nothing, leniently; written by webvtt-py."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import webvtt

from editor.captions import Cue
from editor.document import split_words, word_offsets
from editor.errors import UnreadableTranscript
from editor.formats.blocks import NO_TEXT, arrow_lines, read_blocks
from editor.formats.caption import Caption
from editor.formats.drafts import drafts_from_captions
from editor.formats.markup import parse_markup, without_codes
from editor.formats.names import names_at_heads
from editor.formats.result import Place, Problem, Reading
from editor.formats.styling import NAMED_COLOURS, Style, colour_of, with_styles
from editor.formats.vtt_blocks import VttCue, find_blocks, style_head
from editor.formats.vtt_settings import cue_settings, is_exact, place_of, settings_for
from editor.formats.vtt_tracks import spoken_captions
from editor.timecode import timestamp_from_ms

_CLASS_RULE = re.compile(r"::cue\(\s*+\.([\w-]+)\s*+\)\s*+\Z")
_COLOUR = re.compile(r"(?:\A|[;\s])color\s*+:\s*+([^;\n]+)")

#: Who speaks, in the identifier of a cue, as Webex writes it: 7 "Ana Ruiz" (1234).
_NAMED = re.compile(r'\d+ "([^"\n]{1,80})"(?: \([^()\n]{0,40}\))?')


def read(text: str, name: str) -> Reading:
    """Read the captions, and tell of each line of times that gave none.

    A file with WebVTT's signature may hold no caption at all, and so may one of a byte order mark
    alone; that is told of, not refused.

    Raises:
        UnreadableTranscript: there is neither a signature nor a caption that can be read, or what
            the captions hold is not said.
    """
    lines = text.split("\n")
    captions, problems = read_captions(lines)
    captions = spoken_captions(lines, captions, name)
    reading = drafts_from_captions(captions, problems)
    if reading.drafts:
        head = style_head(lines)
        return replace(reading, head=head, shown=_with_colours(reading.shown, head))
    if text.startswith("WEBVTT") or not text:
        empty = Problem(1, lines[0], "the file holds no caption")
        return Reading((), (*reading.problems, empty))
    line = problems[0].line if problems else None
    raise UnreadableTranscript(name, "no caption in it can be read", line=line)


def _with_colours(captions: Sequence[Caption], head: str) -> tuple[Caption, ...]:
    """The captions with colours in the place of classes that stand for one."""
    colours = dict[str, str]()
    for rule in head.split("}"):
        selector, _, said = rule.partition("{")
        chosen, given = _CLASS_RULE.search(selector), _COLOUR.search(said)
        colour = colour_of(given[1]) if chosen and given else None
        if chosen and colour:
            colours[chosen[1]] = colour
    if not colours:
        return tuple(captions)
    return tuple(
        replace(
            caption,
            styles=tuple(
                replace(one, name="color", value=colours[one.value])
                if one.name == "class" and one.value in colours
                else one
                for one in caption.styles
            ),
        )
        for caption in captions
    )


def read_captions(lines: Sequence[str]) -> tuple[Sequence[Caption], list[Problem]]:
    """The captions that browsers show and those that can be read beside them, by line."""
    blocks = find_blocks(lines)
    captions = list(map(_caption_of, blocks.cues))
    names = names_at_heads([cue.identifier for cue in blocks.cues])
    captions = [
        replace(caption, voices=((0, name),)) if name and not caption.voices else caption
        for caption, name in zip(captions, names, strict=True)
    ]
    problems = [Problem(c.line, c.text, NO_TEXT) for c in captions if c.is_bare]
    for first, end in blocks.unread:
        found, lenient_problems = _read_leniently(lines[first:end], first)
        captions += found
        problems += lenient_problems
    shown = [caption for caption in captions if not caption.is_bare]
    return sorted(shown, key=lambda caption: caption.line), problems


def _read_leniently(lines: Sequence[str], above: int) -> tuple[list[Caption], list[Problem]]:
    blocks, problems = read_blocks(lines, is_vtt=True, lines_above=above)
    found = [(block.timing, "\n".join(block.lines)) for block in blocks]
    captions = [_caption(times.line, times.start_ms, times.end_ms, text) for times, text in found]
    accounted = {caption.line for caption in captions} | {problem.line for problem in problems}
    problems += [
        Problem(above + number, lines[number - 1].strip(), "its arrow was not read as times")
        for number in arrow_lines(lines)
        if above + number not in accounted
    ]
    return captions, problems


def _caption_of(cue: VttCue) -> Caption:
    caption = _caption(cue.line, cue.start_ms, cue.end_ms, cue.text)
    if not caption.voices and (named := _NAMED.fullmatch(cue.identifier)):
        caption = replace(caption, voices=((0, named[1].strip()),))
    if not cue.settings:
        return caption
    settings, unknown = cue_settings(cue.settings)
    return replace(
        caption,
        unknown_settings=unknown,
        settings=cue.settings.strip(),
        place=caption.place or place_of(settings),
        unheld=(*caption.unheld, *["exact places"] * is_exact(settings)),
    )


def _caption(line: int, start_ms: int, end_ms: int, text: str) -> Caption:
    return parse_markup(line, start_ms, end_ms, text, is_vtt=True)


def places(lines: Sequence[str]) -> list[Place]:
    """Where the captions of a file stand."""
    blocks = find_blocks(lines)
    found = [cue.place for cue in blocks.cues]
    for first, end in blocks.unread:
        read, _ = read_blocks(lines[first:end], is_vtt=True, lines_above=first)
        found += [block.place for block in read]
    return sorted(found, key=lambda place: place.line)


def write(cues: Sequence[Cue]) -> str:
    """Write cues; a speaker with a name is a voice tag, a nameless new turn a dash."""
    return _written(cues, [_escaped("\n".join(cue.lines)) for cue in cues])


def write_words(cues: Sequence[Cue]) -> str:
    """Write cues whose words light up as they are said, by times inside the text."""
    return _written(cues, [_with_word_times(cue) for cue in cues])


def _written(cues: Sequence[Cue], texts: Sequence[str]) -> str:
    captions = [
        webvtt.Caption(
            timestamp_from_ms(cue.start_ms),
            timestamp_from_ms(cue.end_ms),
            _with_voice(cue, text).split("\n"),
        )
        for cue, text in zip(cues, texts, strict=True)
        if any(map(str.strip, cue.lines))
    ]
    return f"{webvtt.WebVTT(captions=captions).content}\n"


def write_captions(
    captions: Sequence[Caption], head: str = "", *, with_word_times: bool = False
) -> str:
    """Write captions of another file: their times, lines, styles and places.

    `head` are the styles and regions of a WebVTT file, to which colours without a class are added.
    """
    colours = {one.value for each in captions for one in each.styles if one.name == "color"}
    rules = [
        f"::cue(.{_class_of(colour)}) {{ color: {colour} }}"
        for colour in sorted(colours)
        if colour not in NAMED_COLOURS
    ]
    rules = [rule for rule in rules if rule not in head]
    style = "\n".join(["STYLE", *rules]) if rules else ""
    parts = ["WEBVTT", *filter(None, (head, style))]
    parts += [_block(each, with_word_times=with_word_times) for each in captions]
    return "\n\n".join(parts) + "\n"


def _block(caption: Caption, *, with_word_times: bool) -> str:
    settings = caption.settings or settings_for(caption.place)
    start, end = timestamp_from_ms(caption.start_ms), timestamp_from_ms(caption.end_ms)
    voices = [(at, name) for at, name in caption.voices if name or at]
    tags = [
        (at, "</v>" * bool(number) + (f"<v {_escaped(name)}>" if name else ""))
        for number, (at, name) in enumerate(voices)
    ]
    if with_word_times:
        tags += [(at, f"<{timestamp_from_ms(ms)}>") for at, ms in _inner_times(caption)]
    text = with_styles(caption.text, caption.styles, marks=_marks, escaped=_escaped, inserted=tags)
    return f"{start} --> {end} {settings}".rstrip() + f"\n{text}"


def _inner_times(caption: Caption) -> Iterator[tuple[int, int]]:
    """Where words begin later than what stands before them, and when: by even flow, if unknown."""
    words = word_offsets(caption.text, split_words(caption.text))
    last_ms = caption.start_ms
    for at, ms in caption.anchors or [(at, caption.ms_at(at)) for _, at in words]:
        if last_ms < ms < caption.end_ms:
            last_ms = ms
            yield at, ms


def _marks(style: Style) -> tuple[str, str]:
    if style.name == "s":
        return "", ""
    if style.name == "ruby":
        return "<ruby>", f"<rt>{_escaped(style.value)}</rt></ruby>"
    if style.name in ("color", "class"):
        name = style.value if style.name == "class" else _class_of(style.value)
        return f"<c.{name}>", "</c>"
    return f"<{style.name}>", f"</{style.name}>"


def _class_of(colour: str) -> str:
    return NAMED_COLOURS.get(colour, f"c{colour[1:]}")


def _with_word_times(cue: Cue) -> str:
    """The lines with a time before each word that begins later than what stands before it."""
    text, at, last_ms = "\n".join(cue.lines), 0, cue.start_ms
    parts = []
    for (word, offset), timed in zip(
        word_offsets(text, [word.text for word in cue.words]), cue.words, strict=True
    ):
        parts.append(_escaped(text[at:offset]))
        if last_ms < timed.start_ms < cue.end_ms:
            last_ms = timed.start_ms
            parts.append(f"<{timestamp_from_ms(last_ms)}>")
        at = offset + len(word)
        parts.append(_escaped(word))
    return "".join([*parts, _escaped(text[at:])])


def _with_voice(cue: Cue, text: str) -> str:
    if cue.speaker is not None:
        return f"<v {_escaped(' '.join(cue.speaker.split()))}>{text}"
    return f"- {text}" if cue.new_turn else text


def _escaped(text: str) -> str:
    return html.escape(without_codes(text), quote=False)
