"""The text of a caption without its markup, and what the markup told: word times and voices."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from editor.formats.ass_codes import read_codes
from editor.formats.caption import Caption, at_word
from editor.formats.styling import NAMED_COLOURS, StyleReader, colour_of
from editor.timecode import ms_from_timestamp

# What stands above a word, to help reading it, belongs to its tag and is not shown beside it.
_READING = r">(.*?)(?:</r[tp]>|(?=</?ruby|<r[tp]\b)|\Z)"
# Only names of known tags: "<laughs>" or "a < b" is text that someone forgot to escape.
_NAME = r"</?(?:b|br|c|em|font|i|lang|rp|rt|ruby|s|span|strong|u|v)(?=[\s.>/])"
_BARE_TAG = (
    rf"{_NAME}[^<>]*>|</>"
    r"|<(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3}>|\{\\[^{}]*\}"
)
# In WebVTT the end of a file or a tag's line end closes no tag.
_BARE_VTT_TAG = rf"{_NAME}[^>]*(?:>|\Z)|</>|<[0-9][0-9:.,]*>|\{{\\[^{{}}]*\}}"
_READINGS = rf"<r[tp](?=[\s.>/])[^<>]*{_READING}", rf"(?-i:<r[tp])(?=[\s.>/])[^>]*{_READING}"
#: By whether they are of WebVTT: tags with the readings in them, and without.
_TAGS = tuple(
    tuple(
        re.compile(pattern, re.IGNORECASE | re.DOTALL)
        for pattern in (f"{reading}|{bare}", f"(?:{bare})()")
    )
    for reading, bare in zip(_READINGS, (_BARE_TAG, _BARE_VTT_TAG), strict=True)
)
#: Tags within which others stand, as browsers know them: in small letters.
_NESTING = re.compile(r"<(/?)(b|c|i|lang|ruby|u|v)(?=[\s.>/])")
_MARKUP = re.compile("[<&{\u2060\ufeff]|\\\\[Nh]")
# Line ends and hard spaces that conversion from ASS leaves in SRT; a path is neither.
_ASS_ESCAPE = re.compile(r"(?<!:)\\([Nh])")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s++([^>]*)>", re.IGNORECASE)
_TAG_PARTS = re.compile(r"<([A-Za-z]+)((?:\.[^\s.<>]+)*)")
_FONT_COLOUR = re.compile(r"\bcolor\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)
#: Tags of one meaning.
_SAME = {"em": "i", "strong": "b", "strike": "s"}
_BREAK = re.compile(r"<br\b", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Text that some player of SubRip takes for markup: any name in angles, an entity, an escape.
_LOOKS_MARKED = re.compile(r"<(?=[/\w][^<>]*>)|&(?=#?\w+;)|(?<!:)\\(?=[Nh])")
_CODE = re.compile(r"\{(?=\\)")
_WORD_JOINER = "\u2060"
#: Where something stands in a text: its first sign, and that behind it.
Span = tuple[int, int]
#: The mark of a file's first byte, left within it where files were joined.
_MARK = "\ufeff"
_DEFUSED = re.compile(rf"(?<=[<&{{\\]){_WORD_JOINER}|{_MARK}")


def parse_markup(
    line: int, start_ms: int, end_ms: int, marked_up: str, *, is_vtt: bool = False
) -> Caption:
    r"""Take the markup off a caption's text.

    In WebVTT a browser's rules for tags and references hold, save that tags it does not know stay
    as text: "<laughs>" was written by someone who wanted it read.

    >>> parse_markup(1, 0, 900, "<v Ann>So<00:00:00.500><c> what</c> &amp; why").anchors
    ((3, 500),)
    """
    if not _MARKUP.search(marked_up):
        return Caption(line, start_ms, end_ms, marked_up)
    unescaped = _vtt_unescaped if is_vtt else _unescaped
    text, at = "", 0
    anchors: list[tuple[int, int]] = []
    voices: list[tuple[int, str]] = []
    looks = _Looks()
    for tag in _tags(marked_up, is_vtt=is_vtt):
        text += unescaped(marked_up[at : tag.start()])
        at = tag.end()
        if voice := _VOICE.fullmatch(tag[0]):
            voices.append((len(text), " ".join(unescaped(voice[1]).split())))
        elif tag[0][1].isdigit():
            anchors += _anchor(len(text), tag[0][1:-1])
        elif _BREAK.match(tag[0]):
            text += "\n"
        else:
            looks.read(tag[0], len(text), unescaped(tag[1] or ""))
    text += unescaped(marked_up[at:])
    return Caption(
        line,
        start_ms,
        end_ms,
        text,
        _at_words(text, anchors),
        tuple(voices),
        styles=looks.reader.styles(len(text)),
        place=looks.place,
        unheld=tuple(looks.unheld),
    )


def _tags(marked_up: str, *, is_vtt: bool) -> Iterator[re.Match[str]]:
    """The tags and codes in order; a reading goes with its tag right within `<ruby>` alone."""
    whole, bare = _TAGS[is_vtt]
    if "<r" not in marked_up.lower():
        yield from bare.finditer(marked_up)
        return
    within, at = [""], 0
    while tag := whole.search(marked_up, at):
        if tag[1] is not None and within[-1] != "ruby":
            tag = bare.match(marked_up, tag.start()) or tag
        elif nesting := _NESTING.match(tag[0]):
            if not nesting[1]:
                within.append(nesting[2])
            elif within[-1] == nesting[2]:
                within.pop()
        yield tag
        at = tag.end()


class _Looks:
    """What tags and codes tell of how a caption looks."""

    def __init__(self) -> None:
        self.reader, self.place = StyleReader(), 0
        self.unheld = dict[str, None]()
        self._base = 0

    def read(self, tag: str, at: int, reading: str) -> None:
        """Take a tag, or a code in braces, that stands at an offset of the text."""
        if tag[0] == "{":
            self.place = read_codes(tag, at, self.reader, self.unheld) or self.place
        elif tag[1] == "/":
            self.reader.end(tag[2:-1].split()[0].lower() if tag[2:-1].strip() else "", at)
        elif match := _TAG_PARTS.match(tag):
            name = match[1].lower()
            if name == "rt":
                self.reader.add("ruby", self._base, at, " ".join(reading.split()))
            if name in ("ruby", "rt", "rp"):
                self._base = self._base if name == "rp" else at
            else:
                self.reader.begin(name, at, _styles_of(_SAME.get(name, name), match[2], tag))


def _styles_of(name: str, classes: str, tag: str) -> Iterator[tuple[str, str]]:
    if name in ("b", "i", "u", "s"):
        yield name, ""
    if name == "font" and (written := _FONT_COLOUR.search(tag)):
        if colour := colour_of(written[1]):
            yield "color", colour
    elif classes:
        for each in filter(None, classes.split(".")):
            colour = colour_of(each) if each in NAMED_COLOURS.values() else None
            yield ("color", colour) if colour else ("class", each)


def visible_text(marked_up: str, *, is_vtt: bool) -> tuple[str, list[tuple[int, int]]]:
    r"""The text without markup and, for each of its characters, where that stands in the markup.

    >>> visible_text("<b>a&lt;</b>", is_vtt=False)
    ('a<', [(3, 4), (4, 8)])
    """
    text, spans, at = "", list[tuple[int, int]](), 0
    for tag in _tags(marked_up, is_vtt=is_vtt):
        text, at = _add_visible(text, spans, marked_up, (at, tag.start()), is_vtt), tag.end()
        if _BREAK.match(tag[0]):
            text += "\n"
            spans.append(tag.span())
    return _add_visible(text, spans, marked_up, (at, len(marked_up)), is_vtt), spans


def tag_spans(marked_up: str, *, is_vtt: bool) -> list[Span]:
    """Where tags stand that show nothing; a line end's shows one."""
    return [tag.span() for tag in _tags(marked_up, is_vtt=is_vtt) if not _BREAK.match(tag[0])]


def _add_visible(
    text: str,
    spans: list[tuple[int, int]],
    marked_up: str,
    part: tuple[int, int],
    is_vtt: bool,
) -> str:
    at, end = part
    while at < end:
        shown, to = _shown(marked_up, at, end, is_vtt)
        text += shown
        spans += [(at, to)] * len(shown)
        at = to
    return text


def _shown(marked_up: str, at: int, end: int, is_vtt: bool) -> tuple[str, int]:
    """What a sign of the markup shows, and where the next begins."""
    if entity := _ENTITY.match(marked_up, at, end):
        return html.unescape(entity[0]), entity.end()
    if _DEFUSED.match(marked_up, at):
        return "", at + 1
    if not is_vtt and (escape := _ASS_ESCAPE.match(marked_up, at)):
        return _from_ass(escape), escape.end()
    return marked_up[at], at + 1


def defused(text: str) -> str:
    """Put an unseen word joiner into what would be markup in SubRip; `parse_markup` takes it out.

    >>> defused("<i>1 < 2").encode("ascii", "backslashreplace")
    b'<\\\\u2060i>1 < 2'
    """
    return _LOOKS_MARKED.sub(_joined, without_codes(text))


def without_codes(text: str) -> str:
    r"""The same for what would be a code in braces, as in `{\an8}`, to players of any format."""
    return _CODE.sub(_joined, text)


def _joined(sign: re.Match[str]) -> str:
    return sign[0] + _WORD_JOINER


def _from_ass(escape: re.Match[str]) -> str:
    return "\n" if escape[1] == "N" else "\u00a0"


def _unescaped(text: str) -> str:
    text = _ASS_ESCAPE.sub(_from_ass, text)
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _DEFUSED.sub("", text)


def _vtt_unescaped(text: str) -> str:
    return _DEFUSED.sub("", html.unescape(text))


def _at_words(text: str, anchors: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Inline times at their words; of two with a space between, the first ends the word before."""
    places = [at_word(text, at) for at, _ in anchors]
    is_end = [a == b for a, b in pairwise([*places, -1])]
    return tuple(
        (at if ends and at < place else place, ms)
        for (at, ms), place, ends in zip(anchors, places, is_end, strict=True)
    )


def _anchor(offset: int, written: str) -> list[tuple[int, int]]:
    try:
        return [(offset, ms_from_timestamp(written))]
    except ValueError:
        return []
