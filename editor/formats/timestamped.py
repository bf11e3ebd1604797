"""Text with times and names among its lines, in whatever form: learned from the file itself.

Owns how lines are taken apart at their time marks, and which of the parts are names. A mark tells
when the text behind it begins, on its own line or on those below. A place among the parts, as
"before a mark that ends the line", holds names if what stands there is like names all through.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from editor.document import DraftSegment, Kind
from editor.errors import UnreadableTranscript
from editor.formats.asides import LEFT_OUT, PAGE, is_remark, page_lines, without_unseen
from editor.formats.labels import known_labels
from editor.formats.line_numbers import without_line_numbers
from editor.formats.names import is_proper_name, name_in
from editor.formats.result import Problem, Reading
from editor.formats.time_marks import AROUND, Mark, are_rulers, from_zero, marks_in
from editor.formats.turn_marks import TurnReader, take_apart

_JOINT = re.compile(r"\A(?:[:：|•,]|[-–—](?=\s))\s*")
#: How long something took, as it stands behind times.
_NUMBER = re.compile(r"[\[(]\d{1,6}(?:\.\d{1,6})?[\])]")
_BOLD = re.compile(r"\*\*([^*\n]{1,60}:)\*\*|\*\*([^*\n]{1,60})\*\*(?=:)")
_BELOW, _ABOVE, _HEADING = "below a mark", "above a mark", "above a mark and text"
_PARAGRAPH = "head of a paragraph"
_HEADS = frozenset(("text", "transcript", "content", "utterance", "dialogue", "texte", "texto"))
#: So many lines above the first mark are a title and the like; more are text.
_MOST_ABOVE = 15
#: Of what stands at one place, so large a share is like names if names stand there.
_NAMES = 0.9


@dataclass(frozen=True, slots=True)
class _Line:
    """A line with text or marks: its parts in order; `shape` has "m" for a mark, "t" for a text."""

    number: int
    parts: tuple[Mark | str, ...]
    shape: str


#: A part by the number of its line among `_Line`s, and its own within that.
_Place = tuple[int, int]


def is_timestamped(text: str) -> bool:
    """Whether times stand in a text in one form, names in one place, or numbers before lines."""
    rows = _rows(text)
    if without_line_numbers(rows):
        return True
    rows = _without(rows, page_lines(rows))
    if marks_in(rows, is_proper_name):
        return True
    return bool(_name_places([line for n, row in enumerate(rows) if (line := _parted(n, row, []))]))


def read(text: str, name: str) -> Reading:
    """Read the lines; a draft has the time that stands before it, and no end: it is a hint.

    Raises:
        UnreadableTranscript: there is no text but times and names.
    """
    written = _rows(text)
    pages = page_lines(written)
    rows = without_line_numbers(written) or _without(written, pages)
    marks = marks_in(rows, is_proper_name)
    lines = [line for n, row in enumerate(rows) if (line := _parted(n, row, marks.get(n, [])))]
    names = _name_places(lines)
    labels = frozenset() if names else known_labels(_texts_of(lines))
    first, end = _said(lines, names, labels)
    drafts = _joined(_drafts(lines, range(first, end), names, TurnReader(labels)))
    if not drafts:
        raise UnreadableTranscript(name, "it holds times and names but no text")
    problems = [
        Problem(line.number + 1, rows[line.number].strip(), LEFT_OUT)
        for line in (*lines[:first], *lines[end:])
    ]
    problems += [
        Problem(n + 1, written[n].strip(), PAGE) for n in sorted(pages) if not rows[n].strip()
    ]
    return Reading(tuple(drafts), tuple(problems), recognised="text")


def _rows(text: str) -> list[str]:
    """The lines, without the stars of bold names, as they stand in a text copied as Markdown."""
    text = without_unseen(text)
    return (_BOLD.sub(r"\1\2", text) if "**" in text else text).split("\n")


def _without(rows: Sequence[str], pages: frozenset[int]) -> list[str]:
    return ["" if n in pages else row for n, row in enumerate(rows)] if pages else list(rows)


def _parted(number: int, row: str, marks: Sequence[Mark]) -> _Line | None:
    parts, at = list[Mark | str](), 0
    for mark in marks:
        parts += [*_cells(row[at : mark.first]), mark]
        at = mark.end
    parts += _cells(row[at:])
    shape = "".join("t" if isinstance(part, str) else "m" for part in parts)
    return _Line(number, tuple(parts), shape) if parts else None


def _cells(text: str) -> Iterator[str]:
    for cell in text.split("\t"):
        said = cell.strip()
        # A dash before words may mark a turn; one alone belongs to the time.
        if said.strip(AROUND) and not _NUMBER.fullmatch(said):
            yield _JOINT.sub("", said)


def _texts_of(lines: Sequence[_Line]) -> Iterator[str]:
    return (part for line in lines for part in line.parts if isinstance(part, str))


def _name_places(lines: Sequence[_Line]) -> dict[_Place, str]:
    """Where names stand, and which."""
    slots: defaultdict[str, dict[_Place, str]] = defaultdict(dict)
    failing = Counter[str]()
    for slot, place in _slots(lines):
        part = lines[place[0]].parts[place[1]] if place else ""
        name = name_in(part) if isinstance(part, str) else ""
        if place and name:
            slots[slot][place] = name
        else:
            failing[slot] += 1
    found: dict[_Place, str] = {}
    for slot, names in slots.items():
        if len(names) < _NAMES * (len(names) + failing[slot]):
            continue
        is_found = any(place in found for place in names)
        if not is_found and _are_names(slot, list(names.values())):
            found |= names
    # Of a line of nothing but names the last part is what was said.
    return {
        place: name
        for place, name in found.items()
        if not _is_all_names(lines[place[0]], place, found)
    }


def _slots(lines: Sequence[_Line]) -> Iterator[tuple[str, _Place | None]]:
    """Where in a file names may stand, by what is around; None where there is none for once."""
    shapes = ["", *(line.shape for line in lines), "", ""]
    tabled = sum("tt" in shape for shape in shapes)
    if not any("m" in shape for shape in shapes):
        yield from _paragraph_heads(lines)
        if 2 * tabled <= len(lines):
            return
    for at, line in enumerate(lines):
        before, shape, below, then = shapes[at], line.shape, shapes[at + 2], shapes[at + 3]
        texts = [n for n, kind in enumerate(shape) if kind == "t"]
        if shape == "m":
            # A time may be written twice, in words below.
            if below != "m":
                yield _BELOW, (at + 1, 0) if below == then == "t" else None
            if before != "m":
                is_apart = at < 2 or shapes[at - 1] == "t"
                yield _ABOVE, (at - 1, 0) if before == "t" and is_apart else None
        elif shape == "mt":
            yield shape, (at, 1) if below == "t" else None
        elif shape == "t" and below.startswith("mt"):
            yield _HEADING, (at, 0)
        elif len(texts) > 1 or "m" in shape:
            yield from ((f"{shape}{n}", (at, n)) for n in texts)


def _paragraph_heads(lines: Sequence[_Line]) -> Iterator[tuple[str, _Place | None]]:
    """The first lines of paragraphs; None for one of a single line."""
    ends = [*(line.number for line in lines[1:]), -1]
    begins = True
    for at, (line, next_number) in enumerate(zip(lines, ends, strict=False)):
        goes_on = next_number == line.number + 1
        if begins:
            yield _PARAGRAPH, (at, 0) if goes_on and line.shape == "t" else None
        begins = not goes_on


def _are_names(slot: str, names: Sequence[str]) -> bool:
    """Whether what stands at one place are names: they come again, or look like it."""
    if "m" not in slot and len(names) < 2:
        return False
    if slot == _PARAGRAPH and 3 * len(set(names)) > 2 * len(names):
        return False
    proper = sum(map(is_proper_name, names))
    is_again = len(set(names)) <= len(names) / 2 or (slot == "tm0" and len(set(names)) < len(names))
    return proper >= _NAMES * len(names) or is_again


def _is_all_names(line: _Line, place: _Place, found: Mapping[_Place, str]) -> bool:
    """Whether a part is the last of a line of several texts, all of which are like names."""
    texts = [n for n, kind in enumerate(line.shape) if kind == "t"]
    if len(texts) < 2 or place[1] != texts[-1]:
        return False
    return all((place[0], n) in found for n in texts)


def _said(
    lines: Sequence[_Line], names: Mapping[_Place, str], labels: frozenset[str]
) -> tuple[int, int]:
    """The first line that is part of what was said, and the end of that."""
    named = min((at for at, _ in names), default=len(lines))
    marked = next((at for at, line in enumerate(lines) if "m" in line.shape), 0)
    first = min(named, marked)
    # A mark behind a text belongs to it, and so does what stands above.
    is_behind = lines and lines[marked].shape[0] == "t" and (marked, 0) not in names
    if is_behind or first > _MOST_ABOVE:
        first = 0
    labelled = (
        at
        for at, line in enumerate(lines[:first])
        if isinstance(line.parts[0], str) and take_apart(line.parts[0], labels).label is not None
    )
    first, end = next(labelled, first), len(lines)
    if first == 0 and lines and _is_remark(lines[0]):
        first = 1
        while first < end and lines[first].number == lines[first - 1].number + 1:
            first += 1
    first += _is_head(lines[first]) if first < end else 0
    while end > first + 1 and _is_remark(lines[end - 1]):
        end -= 1
    return first, end


def _is_head(line: _Line) -> bool:
    """Whether a row names the columns of a table."""
    cells = [part.lower() for part in line.parts if isinstance(part, str)]
    return len(cells) > 1 and not _HEADS.isdisjoint(cells[-1:]) and "m" not in line.shape


def _is_remark(line: _Line) -> bool:
    text = line.parts[0]
    return line.shape == "t" and isinstance(text, str) and is_remark(text)


def _joined(drafts: Iterator[DraftSegment]) -> list[DraftSegment]:
    """The drafts, those between the first and last moment of a caption as one: its lines."""
    joined = list[DraftSegment]()
    below = 0
    for draft in drafts:
        if draft.end_ms is not None:
            # So caption programs write the end of a line.
            draft = replace(draft, text=" ".join(map(str.strip, draft.text.split("|"))))
        before = joined[-1] if joined else None
        is_below = before is not None and before.end_ms is not None and draft.line == below + 1
        below = draft.line
        if is_below and before and draft.start_ms is None and not draft.new_turn:
            joined[-1] = replace(before, text=f"{before.text} {draft.text}")
        else:
            joined.append(draft)
    return joined


def _drafts(
    lines: Sequence[_Line], said: range, names: Mapping[_Place, str], reader: TurnReader
) -> Iterator[DraftSegment]:
    marks = [part for line in lines for part in line.parts if isinstance(part, Mark)]
    zero, is_told = from_zero(marks), not are_rulers(marks)
    start_ms: int | None = None
    end_ms: int | None = None
    speaker, is_named = "", bool(names)
    for at in said:
        line = lines[at]
        # A name tells who says its line, before or behind the words.
        speaker = next((names[at, n] for n in range(len(line.parts)) if (at, n) in names), speaker)
        for n, part in enumerate(line.parts):
            if isinstance(part, Mark):
                if is_told:
                    start_ms = zero(part.start_ms)
                    is_exact = part.is_exact and part.end_ms is not None
                    end_ms = zero(part.end_ms) if is_exact and part.end_ms is not None else None
                continue
            if (at, n) in names:
                continue
            turn = reader.read_named(speaker, part) if is_named and speaker else reader.read(part)
            if turn.text:
                kind: Kind = "sound" if turn.is_sound else "speech"
                yield DraftSegment(
                    turn.text,
                    turn.speaker,
                    kind,
                    turn.new_turn,
                    start_ms,
                    end_ms,
                    line=line.number + 1,
                )
                start_ms = end_ms = None
