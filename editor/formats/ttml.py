"""TTML, the XML captions of broadcasters and players. See https://www.w3.org/TR/ttml2/."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from editor.captions import Cue
from editor.document import join_lines
from editor.formats.caption import Caption
from editor.formats.drafts import ROLLED, some_drafts
from editor.formats.result import Problem, Reading
from editor.formats.styling import Style, StyleReader, with_styles
from editor.formats.ttml_clock import clock_of, has_absolute_spans
from editor.formats.ttml_rolling import Placed, without_moved_up
from editor.formats.ttml_styles import (
    Looks,
    attributes_of,
    is_hidden,
    looks_of,
    place_of,
    region_of,
    top_of,
)
from editor.formats.xml_text import Element, parse_xml, text_of, xml_escaped
from editor.timecode import timestamp_from_ms

#: White space in a row, and that which is no space.
_SPACE = re.compile(r"[\t\r\n][ \t\r\n]*| [ \t\r\n]+")
#: Spans that are whole words or more, though no space may stand between.
_UNITS = ("word", "sentence", "paragraph")


@dataclass(slots=True)
class _Text:
    """A paragraph's text as it is gathered, with its inner times and voices."""

    text: str = ""
    anchors: list[tuple[int, int]] = field(default_factory=list)
    voices: list[tuple[int, str]] = field(default_factory=list)
    styles: StyleReader = field(default_factory=StyleReader)
    #: Where the word begins that a ruby text would stand above.
    base: int = 0

    def add(self, text: str, *, keeps_space: bool) -> None:
        if not keeps_space:
            text = _SPACE.sub(" ", text)
            if not self.text or self.text[-1] in " \n":
                text = text.lstrip(" ")
        self.text += text


@dataclass(frozen=True, slots=True)
class _Around:
    """What the elements around say of how text looks and where it stands."""

    looks: Sequence[tuple[str, str]] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    place: int = 0
    top: float | None = None


_NOTHING = _Around()


def read(text: str, name: str) -> Reading:
    """Read the paragraphs; those without times of their own or above them are told of.

    Raises:
        UnreadableTranscript: it is no XML, or no paragraph in it can be read.
    """
    root = parse_xml(text, name)
    reader = Reader(root)
    body = next(root.elements("body"), root)
    captions, rolled = without_moved_up(list(reader.captions(body, 0, None)))
    problems = [*reader.problems, *([Problem(rolled.line, rolled.text, ROLLED)] if rolled else [])]
    return some_drafts(captions, problems, name)


class Reader:
    """Walks a document; times count from the start of the element around."""

    def __init__(self, root: Element) -> None:
        self.clock = clock_of(root.attributes)
        named: dict[str, list[Element]] = {tag: [] for tag in ("agent", "style", "region")}
        for one in root.elements(*named):
            named[one.tag].append(one)
        agents = ((one.attributes.get("id", ""), one) for one in named["agent"])
        self._agents = {key: text_of(agent) or key for key, agent in agents}
        self._looks = Looks(named["style"], named["region"])
        self.problems: list[Problem] = []
        self.is_absolute = has_absolute_spans(root, self.clock)

    def captions(
        self, element: Element, begin_ms: int, end_ms: int | None, around: _Around = _NOTHING
    ) -> Iterator[Placed]:
        """The captions of an element that is shown from `begin_ms` to `end_ms`."""
        said = self._looks.said(element)
        if is_hidden(said):
            return
        start_ms, until_ms = self.times(element, begin_ms, end_ms)
        looks, placed = looks_of(said), self._looks.place(element, said, around.said)
        if looks or placed is not around.said:
            around = _Around([*around.looks, *looks], placed, place_of(placed), top_of(placed))
        if element.tag == "p":
            if caption := self.caption(element, start_ms, until_ms, around):
                yield Placed(caption, around.top)
            return
        inner_ms = 0 if self.is_absolute else start_ms
        for child, from_ms in self._timed_children(element, inner_ms):
            yield from self.captions(child, from_ms, until_ms, around)

    def _timed_children(self, element: Element, start_ms: int) -> Iterator[tuple[Element, int]]:
        """The elements within one, and from when their times count: in a row, if it says so."""
        is_row = element.attributes.get("timeContainer") == "seq"
        for child in element.children:
            if isinstance(child, Element):
                yield child, start_ms
                start_ms = self._end_ms(child, start_ms) if is_row else start_ms

    def _end_ms(self, element: Element, begin_ms: int) -> int:
        """When an element ends: as it says, or when the last within it does."""
        start_ms, end_ms = self.times(element, begin_ms, None)
        if end_ms is not None:
            return end_ms
        inner = self._timed_children(element, start_ms)
        return max((self._end_ms(child, from_ms) for child, from_ms in inner), default=start_ms)

    def times(self, element: Element, begin_ms: int, end_ms: int | None) -> tuple[int, int | None]:
        """From when to when an element is shown, where that around it is from `begin_ms` on."""
        attributes = element.attributes
        start_ms = begin_ms + (self._ms(element, attributes.get("begin")) or 0)
        own_end = self._ms(element, attributes.get("end"))
        length_ms = self._ms(element, attributes.get("dur"))
        if own_end is not None:
            end_ms = begin_ms + own_end if end_ms is None else min(end_ms, begin_ms + own_end)
        if length_ms is not None:
            end_ms = start_ms + length_ms if end_ms is None else min(end_ms, start_ms + length_ms)
        return start_ms, end_ms

    def _ms(self, element: Element, written: str | None) -> int | None:
        if written is None:
            return None
        ms = self.clock.ms(written)
        if ms is None:
            self.problems.append(Problem(element.line, written, "this time cannot be read"))
        return ms

    def caption(
        self, element: Element, start_ms: int, end_ms: int | None, around: _Around = _NOTHING
    ) -> Caption | None:
        """The caption that a paragraph is, if it is one."""
        gathered = _Text()
        for name, value in around.looks:
            gathered.styles.begin(name, 0, [(name, value)])
        from_ms = start_ms
        if self.is_absolute:
            from_ms -= self.clock.ms(element.attributes.get("begin", "")) or 0
        self._gather(element, gathered, from_ms, keeps_space=False)
        text = gathered.text.rstrip()
        if text and end_ms is None:
            spans = [span for span in element.elements("span") if "begin" in span.attributes]
            ends = [self.times(span, from_ms, None)[1] or 0 for span in spans]
            end_ms = max(ends, default=0) or None
        if not text:
            return None
        if end_ms is None:
            self.problems.append(Problem(element.line, text.lstrip(), "its times cannot be read"))
            return None
        lead = len(text) - len(text.lstrip())
        whole = Caption(
            element.line,
            start_ms,
            end_ms,
            text,
            tuple([(max(lead, at), ms) for at, ms in gathered.anchors]),
            tuple([(max(lead, at), who) for at, who in gathered.voices]),
            styles=gathered.styles.styles(len(text)),
            place=around.place,
        )
        return whole.from_offset(lead) if lead else whole

    def _gather(self, element: Element, into: _Text, begin_ms: int, *, keeps_space: bool) -> None:
        attributes = element.attributes
        keeps_space = attributes.get("space", "preserve" if keeps_space else "") == "preserve"
        if agent := self._agents.get(attributes.get("agent", "")):
            into.voices.append((len(into.text), agent))
        froms = (from_ms for _, from_ms in self._timed_children(element, begin_ms))
        for child in element.children:
            if isinstance(child, str):
                into.add(child, keeps_space=keeps_space)
                continue
            from_ms = next(froms)
            if child.tag == "br":
                into.text = into.text.rstrip(" ") + "\n"
            elif child.tag == "span":
                self._gather_span(child, into, from_ms, keeps_space=keeps_space)

    def _gather_span(self, span: Element, into: _Text, from_ms: int, *, keeps_space: bool) -> None:
        said = self._looks.said(span)
        if is_hidden(said):
            return
        ruby = said.get("ruby", "")
        if ruby in ("text", "textContainer", "delimiter"):
            # What helps reading the word before it is not said beside it.
            if ruby != "delimiter":
                into.styles.add("ruby", into.base, len(into.text), text_of(span))
            return
        if span.attributes.get("unit") in _UNITS and into.text and into.text[-1] not in " \n":
            into.text = join_lines([into.text, "-"])[:-1]
        if ruby in ("container", "base"):
            into.base = len(into.text)
        start_ms, end_ms = self.times(span, from_ms, None)
        if "begin" in span.attributes:
            into.anchors.append((len(into.text), start_ms))
        into.styles.begin("span", len(into.text), looks_of(said))
        inner_ms = from_ms if self.is_absolute else start_ms
        self._gather(span, into, inner_ms, keeps_space=keeps_space)
        into.styles.end("span", len(into.text))
        if "begin" in span.attributes and end_ms and span.attributes.get("unit") == "word":
            into.anchors.append((len(into.text), end_ms))


_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
    xmlns:ttp="http://www.w3.org/ns/ttml#parameter" xmlns:tts="http://www.w3.org/ns/ttml#styling"
    ttp:profile="http://www.w3.org/ns/ttml/profile/imsc1/text" ttp:timeBase="media" xml:lang="">
<head>
{agents}<styling><style xml:id="s" tts:textAlign="center" tts:color="#ffffff"
    tts:backgroundColor="#000000cc" tts:fontSize="100%"/></styling>
<layout><region xml:id="r" tts:origin="10% 10%" tts:extent="80% 80%"
    tts:displayAlign="after"/></layout>
</head>
<body style="s" region="r"><div>
"""
_TAIL = "</div></body>\n</tt>\n"


def write(cues: Sequence[Cue]) -> str:
    """Write cues as IMSC 1.1 text; speakers with names are agents, a nameless new turn a dash."""
    agents = agents_of(cue.speaker for cue in cues)
    shown = [cue for cue in cues if any(map(str.strip, cue.lines))]
    return _head(agents) + "".join(_paragraph(cue, agents) for cue in shown) + _TAIL


def write_captions(captions: Sequence[Caption]) -> str:
    """Write captions of another file: their times, lines, styles and places."""
    agents = agents_of(name for caption in captions for _, name in caption.voices)
    places = sorted({caption.place for caption in captions} - {0, 2})
    body = "".join(_styled(caption, agents) for caption in captions)
    return _head(agents, "".join(map(region_of, places))) + body + _TAIL


def _styled(caption: Caption, agents: dict[str, str]) -> str:
    begin, end = timestamp_from_ms(caption.start_ms), timestamp_from_ms(caption.end_ms)
    region = f' region="r{caption.place}"' if caption.place not in (0, 2) else ""
    voices = [(at, agents.get(" ".join(name.split()))) for at, name in caption.voices]
    inserted = list[tuple[int, str]]()
    is_open = False
    for at, key in voices:
        inserted.append((at, "</span>" * is_open + (f'<span ttm:agent="{key}">' if key else "")))
        is_open = key is not None
    if is_open:
        inserted.append((len(caption.text), "</span>"))
    text = with_styles(
        caption.text, caption.styles, marks=_marks, escaped=_escaped, inserted=inserted
    )
    return f'<p begin="{begin}" end="{end}"{region}>{text}</p>\n'


def _marks(style: Style) -> tuple[str, str]:
    if style.name == "ruby":
        reading = f'<span tts:ruby="text">{_escaped(style.value)}</span>'
        return '<span tts:ruby="container"><span tts:ruby="base">', f"</span>{reading}</span>"
    said = attributes_of(style)
    return (f"<span{said}>", "</span>") if said else ("", "")


def _escaped(text: str) -> str:
    return xml_escaped(text).replace("\n", "<br/>")


def agents_of(speakers: Iterable[str | None]) -> dict[str, str]:
    """Speakers by name, each with a key of its own."""
    names = dict.fromkeys(" ".join(name.split()) for name in speakers if name)
    return {name: f"a{number}" for number, name in enumerate(names, start=1)}


def listed_agents(agents: dict[str, str]) -> str:
    """The part of a head that names the speakers; nothing without any."""
    listed = "".join(
        f'<ttm:agent xml:id="{key}" type="person"><ttm:name type="full">{xml_escaped(name)}'
        "</ttm:name></ttm:agent>\n"
        for name, key in agents.items()
    )
    return f"<metadata>\n{listed}</metadata>\n" if agents else ""


def _head(agents: dict[str, str], regions: str = "") -> str:
    head = _HEAD.replace("</layout>", f"{regions}</layout>") if regions else _HEAD
    return head.replace("{agents}", listed_agents(agents))


def _paragraph(cue: Cue, agents: dict[str, str]) -> str:
    begin, end = timestamp_from_ms(cue.start_ms), timestamp_from_ms(cue.end_ms)
    key = agents.get(" ".join((cue.speaker or "").split()))
    agent = f' ttm:agent="{key}"' if key else ""
    dash = "- " if cue.new_turn and not key else ""
    text = "<br/>".join(xml_escaped(line) for line in cue.lines)
    return f'<p begin="{begin}" end="{end}"{agent}>{dash}{text}</p>\n'
