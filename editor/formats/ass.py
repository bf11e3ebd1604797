"""Reads Advanced SubStation Alpha: dialogue with styles, times for each word in karaoke."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from editor.document import split_words, word_offsets
from editor.formats.ass_codes import read_codes
from editor.formats.ass_styles import PLAIN, Look, look_of
from editor.formats.ass_times import FIELDS, hundredths, written_time
from editor.formats.ass_voices import with_inner_voices
from editor.formats.caption import Caption
from editor.formats.drafts import some_drafts
from editor.formats.result import Problem, Reading
from editor.formats.styling import StyleReader
from editor.formats.timing_line import Timing

_TIME = re.compile(r"\s*(\d{1,9}):(\d{1,2}):(\d{1,2})[.:,](\d{1,3})\s*")
_ESCAPE = re.compile(r"\\([Nnh{}\u2060])")
_TOKEN = re.compile(rf"\{{([^{{}}]*)\}}|{_ESCAPE.pattern}|([^{{}}\\]+|.)", re.DOTALL)
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
    fields, styles, is_old = _names(FIELDS), dict[str, Look](), False
    style_fields = list[str]()
    for number, line in enumerate(text.split("\n"), start=1):
        kind, _, rest = line.partition(":")
        kind = kind.strip()
        if kind == "Dialogue":
            try:
                captions.append(_caption(number, fields, rest, styles))
            except ValueError as error:
                problems.append(Problem(number, rest.strip(), str(error)))
        elif kind == "Format":
            fields, style_fields = (
                (_names(rest), style_fields) if "Text" in rest else (fields, _names(rest))
            )
        elif kind == "Style":
            values = dict(zip(style_fields, _names(rest), strict=False))
            styles[values.get("Name", "").lstrip("*")] = look_of(values, is_old=is_old)
        elif line.strip().lower() == "[v4 styles]":
            is_old = True
    return some_drafts(with_inner_voices(captions), problems, name)


def timings(lines: Sequence[str]) -> list[Timing]:
    """The times of the dialogue, as far as they can be read; by line, from 1."""
    found, fields = list[Timing](), _names(FIELDS)
    for number, line in enumerate(lines, start=1):
        kind, _, rest = line.partition(":")
        if kind.strip() == "Format" and "Text" in rest:
            fields = _names(rest)
        elif kind.strip() == "Dialogue" and {"Start", "End"} <= set(fields):
            values = rest.split(",", len(fields) - 1)
            places = [fields.index(name) for name in ("Start", "End")]
            if len(values) > max(places) and all(_TIME.fullmatch(values[at]) for at in places):
                start_ms, end_ms = (_ms(values[at]) for at in places)
                found.append(Timing(number, start_ms, end_ms, ""))
    return found


def text_place(lines: Sequence[str], at: int) -> int | None:
    """Where the text of a line of dialogue begins; None where the line has none."""
    formats = (line for line in reversed(lines[:at]) if line.startswith("Format:"))
    fields = next((line for line in formats if "Text" in line), f"Format:{FIELDS}")
    parts = lines[at].split(",", fields.count(","))
    return lines[at].rindex(parts[-1]) if len(parts) == fields.count(",") + 1 else None


def without_times(head: str) -> str:
    """A line of dialogue, or its head, without its times."""
    return ",".join(value for value in head.split(",") if not _TIME.fullmatch(value))


def with_times(line: str, start_ms: int, end_ms: int) -> str:
    """A line of dialogue whose first two times, its start and end, are others."""
    fresh = iter((start_ms, end_ms))
    kind, colon, rest = line.partition(":")
    values = rest.split(",")
    for at in [at for at, value in enumerate(values) if _TIME.fullmatch(value)][:2]:
        values[at] = values[at].replace(values[at].strip(), written_time(hundredths(next(fresh))))
    return f"{kind}{colon}{','.join(values)}"


def _names(fields: str) -> list[str]:
    return [field.strip() for field in fields.split(",")]


def _caption(number: int, fields: Sequence[str], rest: str, styles: Mapping[str, Look]) -> Caption:
    values = dict(zip(fields, rest.split(",", len(fields) - 1), strict=False))
    start_ms, end_ms = _ms(values.get("Start", "")), _ms(values.get("End", ""))
    style = styles.get(values.get("Style", "").strip().lstrip("*"), PLAIN)
    who = values.get("Name", values.get("Actor", "")).strip()
    voices = ((0, who),) if who else ()
    marked_up = values.get("Text", "")
    if "{" not in marked_up and not style.styles:
        text = _said(_ESCAPE.sub(lambda escape: _ESCAPES[escape[1]], marked_up))
        return Caption(number, start_ms, end_ms, text, voices=voices, place=style.place)
    gathered = _Gathered(start_ms)
    gathered.read(marked_up, style.styles)
    text = _said(gathered.text)
    anchors = gathered.anchors
    if anchors:
        words = {at for _, at in word_offsets(text, split_words(text))}
        anchors = [anchor for anchor in anchors if anchor[0] in words]
    return Caption(
        number,
        start_ms,
        end_ms,
        text,
        tuple(anchors),
        voices,
        styles=gathered.styles.styles(len(text)),
        place=gathered.place or style.place,
        unheld=tuple(gathered.unheld),
    )


def _said(text: str) -> str:
    """The text without marks.

    Raises:
        ValueError: there is none.
    """
    if not text.strip():
        raise ValueError("this caption has no text")
    return text


class _Gathered:
    """A text as it is gathered, with when its syllables that begin a word are said."""

    def __init__(self, start_ms: int) -> None:
        self.place, self.styles = 0, StyleReader()
        self.anchors: list[tuple[int, int]] = []
        self.unheld = dict[str, None]()
        self._at_ms = start_ms
        self._parts: list[str] = []
        self._length = 0

    @property
    def text(self) -> str:
        """The text without marks."""
        return "".join(self._parts)

    def read(self, marked_up: str, looks: Sequence[tuple[str, str]]) -> None:
        """Read a caption's text; `looks` is what its style says.

        Raises:
            ValueError: it is a drawing.
        """
        for name, value in looks:
            self.styles.begin(name, 0, [(name, value)])
        for mark, escape, part in _TOKEN.findall(marked_up):
            if mark:
                self._mark(mark)
                continue
            self._parts.append(_ESCAPES[escape] if escape else part)
            self._length += len(self._parts[-1])

    def _mark(self, mark: str) -> None:
        if syllable := _KARAOKE.fullmatch(mark):
            self._sing(syllable[1])
            return
        if _DRAWING.search(mark):
            raise ValueError("this is a drawing")
        for length in _KARAOKE.findall(mark):
            self._sing(length)
        self.place = read_codes(mark, self._length, self.styles, self.unheld) or self.place

    def _sing(self, length: str) -> None:
        """Begin a syllable that lasts so many hundredths of a second."""
        self.anchors.append((self._length, self._at_ms))
        self._at_ms += 10 * int(length)


def _ms(written: str) -> int:
    match = _TIME.fullmatch(written)
    if match is None:
        raise ValueError("its times cannot be read")
    hours, minutes, seconds, fraction = match.groups()
    whole_s = (int(hours) * 60 + int(minutes)) * 60 + int(seconds)
    return whole_s * 1000 + int(fraction.ljust(3, "0"))
