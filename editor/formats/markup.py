"""The text of a caption without its markup, and what the markup told: word times and voices."""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from editor.document import MIN_WORD_MS, split_words, word_offsets
from editor.formats.ass_codes import read_codes
from editor.formats.styling import NAMED_COLOURS, Style, StyleReader, colour_of
from editor.timecode import ms_from_timestamp

# Only names of known tags: "<laughs>" or "a < b" is text that someone forgot to escape.
_TAG = re.compile(
    r"</?(?:b|br|c|em|font|i|lang|rt|ruby|s|span|strong|u|v)(?=[\s.>/])[^<>]*>|</>"
    r"|<(?:\d+:)?\d{1,2}:\d{1,2}[.,]\d{1,3}>|\{\\[^{}]*\}",
    re.IGNORECASE,
)
# In WebVTT the end of a file or a tag's line end closes no tag.
_VTT_TAG = re.compile(
    r"</?(?:b|br|c|em|font|i|lang|rt|ruby|s|span|strong|u|v)(?=[\s.>/])[^>]*(?:>|\Z)|</>"
    r"|<[0-9][0-9:.,]*>|\{\\[^{}]*\}",
    re.IGNORECASE,
)
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
_SPACE = re.compile(r"\s+")
_WORD_JOINER = "\u2060"
#: Where something stands in a text: its first sign, and that behind it.
Span = tuple[int, int]
#: The mark of a file's first byte, left within it where files were joined.
_MARK = "\ufeff"
_DEFUSED = re.compile(rf"(?<=[<&{{\\]){_WORD_JOINER}|{_MARK}")


@dataclass(frozen=True, slots=True)
class Caption:
    """A caption as a file has it: `text` keeps its line ends and holds no markup.

    `anchors` are (offset in `text`, ms) from inline times; `voices` are (offset, name), where the
    name holds until the next. `unknown_settings` are those that players pass over, `settings` are
    WebVTT's; `place` is where it stands, as on a keypad of numbers, 0 where nothing says it.
    `unheld` names what else it has, and no other format could hold.
    """

    line: int
    start_ms: int
    end_ms: int
    text: str
    anchors: tuple[tuple[int, int], ...] = ()
    voices: tuple[tuple[int, str], ...] = ()
    unknown_settings: tuple[str, ...] = ()
    styles: tuple[Style, ...] = ()
    place: int = 0
    settings: str = ""
    unheld: tuple[str, ...] = ()
    #: Where in the text it is how late, in order, from its first word to its end.
    _points: tuple[tuple[int, int], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        points, last_ms = [(_at_word(self.text, 0), self.start_ms)], self.start_ms
        for at, ms in self.anchors:
            last_ms = min(max(ms, last_ms), self.end_ms)
            points.append((at, last_ms))
        object.__setattr__(self, "_points", (*points, (len(self.text), self.end_ms)))

    @property
    def is_bare(self) -> bool:
        """Whether nothing is left of its text without markup."""
        return not self.text.strip()

    def from_offset(self, offset: int) -> Caption:
        """The same caption without the text before `offset`."""
        return replace(
            self,
            text=self.text[offset:],
            anchors=tuple((at - offset, ms) for at, ms in self.anchors if at >= offset),
            voices=tuple((max(0, at - offset), name) for at, name in self.voices),
            styles=tuple(
                replace(one, first=max(0, one.first - offset), end=one.end - offset)
                for one in self.styles
                if one.end > offset
            ),
        )

    def ms_at(self, offset: int) -> int:
        """When the text at an offset is said: in even flow from one inline time to the next."""
        points = self._points
        offset = min(max(offset, points[0][0]), len(self.text))
        right = min(bisect_right(points, offset, key=lambda point: point[0]), len(points) - 1)
        (left_at, left_ms), (right_at, right_ms) = points[right - 1], points[right]
        width = max(1, right_at - left_at)
        return left_ms + (right_ms - left_ms) * (offset - left_at) // width

    def word_times(self, first: int, end: int, count: int) -> tuple[tuple[int, int], ...]:
        """Start and end of the last `count` words of `text[first:end]`, which only marks precede.

        Nothing without inline times.
        """
        if not self.anchors or not count:
            return ()
        part = self.text[first:end]
        offsets = [first + at for _, at in word_offsets(part, split_words(part))][-count:]
        starts = [self.ms_at(at) for at in offsets]
        if offsets[0] not in {at for at, _ in self.anchors}:
            starts[0] = self.ms_at(first)
        ends = [*starts[1:], self.ms_at(end)]
        return tuple((a, max(b, a + MIN_WORD_MS)) for a, b in zip(starts, ends, strict=True))


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
    for tag in (_VTT_TAG if is_vtt else _TAG).finditer(marked_up):
        text += unescaped(marked_up[at : tag.start()])
        at = tag.end()
        if voice := _VOICE.fullmatch(tag[0]):
            voices.append((len(text), " ".join(unescaped(voice[1]).split())))
        elif tag[0][1].isdigit():
            anchors += _anchor(len(text), tag[0][1:-1])
        elif _BREAK.match(tag[0]):
            text += "\n"
        else:
            looks.read(tag[0], len(text))
    text += unescaped(marked_up[at:])
    return Caption(
        line,
        start_ms,
        end_ms,
        text,
        tuple((_at_word(text, offset), ms) for offset, ms in anchors),
        tuple(voices),
        styles=looks.reader.styles(len(text)),
        place=looks.place,
        unheld=tuple(looks.unheld),
    )


class _Looks:
    """What tags and codes tell of how a caption looks."""

    def __init__(self) -> None:
        self.reader, self.place = StyleReader(), 0
        self.unheld = dict[str, None]()

    def read(self, tag: str, at: int) -> None:
        """Take a tag, or a code in braces, that stands at an offset of the text."""
        if tag[0] == "{":
            self.place = read_codes(tag, at, self.reader, self.unheld) or self.place
        elif tag[1] == "/":
            self.reader.end(tag[2:-1].split()[0].lower() if tag[2:-1].strip() else "", at)
        elif match := _TAG_PARTS.match(tag):
            name = match[1].lower()
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
    for tag in (_VTT_TAG if is_vtt else _TAG).finditer(marked_up):
        text, at = _add_visible(text, spans, marked_up, (at, tag.start()), is_vtt), tag.end()
        if _BREAK.match(tag[0]):
            text += "\n"
            spans.append(tag.span())
    return _add_visible(text, spans, marked_up, (at, len(marked_up)), is_vtt), spans


def tag_spans(marked_up: str, *, is_vtt: bool) -> list[Span]:
    """Where tags stand that show nothing; a line end's shows one."""
    found = (_VTT_TAG if is_vtt else _TAG).finditer(marked_up)
    return [tag.span() for tag in found if not _BREAK.match(tag[0])]


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


def _anchor(offset: int, written: str) -> list[tuple[int, int]]:
    try:
        return [(offset, ms_from_timestamp(written))]
    except ValueError:
        return []


def _at_word(text: str, offset: int) -> int:
    """An inline time stands before the space of the word it belongs to."""
    space = _SPACE.match(text, offset)
    return space.end() if space else offset
