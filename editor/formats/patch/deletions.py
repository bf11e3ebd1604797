"""What goes from a caption's markup with words removed: blanks, empty lines, marks and tags.

Owns which signs of the markup these are; which words go, and what replaces others, is the caller's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from editor.formats.markup import Span

_LINE_END = re.compile(r"\r\n|\r|\n")
_OPENING = re.compile(r"<([a-z]+)", re.IGNORECASE)
_CLOSING = re.compile(r"</([a-z]*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Marked:
    """A caption's `body` with markup, its text, where each sign of that stands, and its tags."""

    body: str
    text: str
    spans: Sequence[Span]
    tags: Sequence[Span]
    pairs: Sequence[tuple[Span, Span]]


def cuts(
    body: str,
    shown: tuple[str, Sequence[Span]],
    tags: Sequence[Span],
    gone: set[int],
    marks: set[int],
) -> set[Span]:
    """Where a caption's markup is cut for signs of its text to go, and all that goes with them.

    `shown` is its text, and where each sign stands in the markup; `gone` and `marks` are offsets:
    of what goes, and of what tells who speaks. A line of which nothing stays goes whole; of one
    that keeps its marks only, the line end goes.
    """
    text, spans = shown
    marked = _Marked(body, text, spans, tags, list(_pairs(body, tags)))
    removed = _with_blanks(marked, gone, marks)
    cut = {spans[at] for at in removed}
    kept = {span for sign, span in zip(text, spans, strict=True) if not sign.isspace()} - cut
    return cut | _unseen(body, cut, {*spans, *tags}) | _emptied(marked, cut, kept)


def _with_blanks(marked: _Marked, gone: set[int], marks: set[int]) -> set[int]:
    """The signs that go, with the blanks that have no use then."""
    text, removed = marked.text, set(gone)
    break_above: range | None = None
    for line, line_end in _lines(text):
        kept = [at for at in line if at not in gone and not text[at].isspace()]
        has_gone = any(at in gone for at in line)
        if has_gone and not kept:
            removed.update(line, line_end)
            continue
        break_above = line_end
        if has_gone and marks.issuperset(kept) and line_end:
            removed.update(range(min(set(line) & gone), line_end.stop))
        elif has_gone:
            removed.update(_blanks_beside(marked, line, gone, marks))
    if break_above and removed.issuperset(range(break_above.stop, len(text))):
        removed.update(break_above)
    return removed


def _lines(text: str) -> Iterator[tuple[range, range]]:
    """The offsets of each line, and of what ends it."""
    at = 0
    for end in _LINE_END.finditer(text):
        yield range(at, end.start()), range(*end.span())
        at = end.end()
    yield range(at, len(text)), range(len(text), len(text))


def _blanks_beside(marked: _Marked, line: range, gone: set[int], marks: set[int]) -> Iterator[int]:
    """The blanks that go with the removed words of a line: all beside and between them but one."""
    text, unread = marked.text, marks | gone
    for cut in _cuts(text, line, gone):
        around = _widened(text, cut, line)
        blanks = list(_blanks(text, range(around.start, around.stop), gone))
        is_first = all(at in unread or text[at].isspace() for at in range(line.start, cut.start))
        if around.stop == line.stop:
            kept = [blank for blank in blanks if blank.start >= cut.stop]
        elif is_first and around.start in (line.start, cut.start):
            kept = [blank for blank in blanks if blank.stop <= cut.start]
        else:
            kept = sorted(blanks, key=lambda blank: _holds(marked, blank, cut))[:1]
        yield from (at for blank in blanks if blank not in kept for at in blank)


def _holds(marked: _Marked, blank: range, cut: range) -> tuple[int, bool]:
    """How much a blank belongs to words that go: those within fewer tags stay rather."""
    spans = marked.spans
    first, end = spans[blank.start][0], spans[blank.stop - 1][1]
    depth = sum(one[1] <= first and end <= other[0] for one, other in marked.pairs)
    is_before = blank.stop <= cut.start
    beside = spans[cut.start][0] == end if is_before else spans[cut.stop - 1][1] == first
    return depth, beside


def _cuts(text: str, line: range, gone: set[int]) -> Iterator[range]:
    """Signs of a line that go, with the blanks between them."""
    first = end = -1
    for at in line:
        if at in gone:
            first, end = at if first < 0 else first, at + 1
        elif not text[at].isspace() and first >= 0:
            yield range(first, end)
            first = -1
    if first >= 0:
        yield range(first, end)


def _widened(text: str, cut: range, line: range) -> range:
    """A cut with the blanks around it."""
    first, end = cut.start, cut.stop
    while first > line.start and text[first - 1].isspace():
        first -= 1
    while end < line.stop and text[end].isspace():
        end += 1
    return range(first, end)


def _blanks(text: str, within: range, gone: set[int]) -> Iterator[range]:
    """The blanks between words, each as the range of its signs."""
    is_blank = [text[at].isspace() and at not in gone for at in within]
    for blank, group in groupby(zip(within, is_blank, strict=True), key=itemgetter(1)):
        at = [offset for offset, _ in group]
        if blank:
            yield range(at[0], at[-1] + 1)


def _unseen(body: str, gone: set[Span], known: set[Span]) -> set[Span]:
    """Signs right behind one that goes which show nothing and are no tag."""
    held = {at for span in known for at in range(*span)}
    found = set[Span]()
    for _, at in gone:
        while at < len(body) and at not in held:
            found.add((at, at + 1))
            at += 1
    return found


def _emptied(marked: _Marked, gone: set[Span], kept: set[Span]) -> set[Span]:
    """Tags that held words, and hold none any more: pairs, voices, times of words, readings."""
    body, tags = marked.body, marked.tags

    def is_emptied(first: int, end: int) -> bool:
        return _is_any(gone, first, end) and not _is_any(kept, first, end)

    found = set[Span]()
    for opening, closing in marked.pairs:
        if is_emptied(opening[1], closing[0]):
            found |= {opening, closing}
    found |= {tag for tag, base in _readings(marked) if is_emptied(*base)}
    voices = [tag for tag in tags if _name(body, tag) == "v"]
    times = [tag for tag in tags if body[tag[0] + 1].isdigit()]
    for alike in (voices, times):
        for one, (end, _) in zip(alike, [*alike, (len(body), 0)][1:], strict=True):
            if is_emptied(one[1], end):
                found.add(one)
    return found


def _readings(marked: _Marked) -> Iterator[tuple[Span, Span]]:
    """The readings in ruby, and their brackets, each with where that stands which is read so."""
    first = end = 0
    for tag in marked.tags:
        name = _name(marked.body, tag)
        if name == "ruby":
            first = end = tag[1]
        elif name in ("rt", "rp"):
            if any(end <= at < tag[0] for at, _ in marked.spans):
                first = end
            yield tag, (first, tag[0])
            end = tag[1]


def _pairs(body: str, tags: Sequence[Span]) -> Iterator[tuple[Span, Span]]:
    """Opening tags, each with the one that closes it."""
    opened: list[Span] = []
    for tag in tags:
        if closing := _CLOSING.match(body, tag[0]):
            alike = [one for one in opened if _name(body, one) == closing[1].lower()]
            if alike:
                opened.remove(alike[-1])
                yield alike[-1], tag
        elif _name(body, tag):
            opened.append(tag)


def _name(body: str, tag: Span) -> str:
    match = _OPENING.match(body, tag[0])
    return match[1].lower() if match else ""


def _is_any(spans: set[Span], first: int, end: int) -> bool:
    return any(first <= span[0] < end for span in spans)
