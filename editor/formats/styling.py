"""How spans of a caption look, whichever format it is in: styles, colours, where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

#: The colours that WebVTT has classes for.
NAMED_COLOURS = {
    "#ffffff": "white",
    "#00ff00": "lime",
    "#00ffff": "cyan",
    "#ff0000": "red",
    "#ffff00": "yellow",
    "#ff00ff": "magenta",
    "#0000ff": "blue",
    "#000000": "black",
}
_BY_NAME = {name: code for code, name in NAMED_COLOURS.items()} | {
    "aqua": "#00ffff",
    "fuchsia": "#ff00ff",
    "gray": "#808080",
    "green": "#008000",
    "maroon": "#800000",
    "navy": "#000080",
    "olive": "#808000",
    "orange": "#ffa500",
    "purple": "#800080",
    "silver": "#c0c0c0",
    "teal": "#008080",
}
_HEX = re.compile(r"#?([0-9a-fA-F]{6})(?:[0-9a-fA-F]{2})?")
_SHORT_HEX = re.compile(r"#([0-9a-fA-F])([0-9a-fA-F])([0-9a-fA-F])")
_RGB = re.compile(r"rgba?\(\s*(\d{1,3})\s*,\s*(\d{1,3})\s*,\s*(\d{1,3})\s*(?:,[^)]*)?\)")
#: Marks within marks; beyond, no file means anything by them.
_DEEPEST = 30


@dataclass(frozen=True, slots=True)
class Style:
    """How the text from offset `first` to `end` looks.

    `name` is i, b, u or s; color, whose `value` is like #ffff00; class, WebVTT's, by its name; or
    ruby, whose `value` is the reading that stands above the text.
    """

    first: int
    end: int
    name: str
    value: str = ""


def colour_of(written: str) -> str | None:
    """A colour as HTML, CSS and TTML write it, in the form #rrggbb.

    >>> colour_of("Yellow"), colour_of("#0F0"), colour_of("ffcc00"), colour_of("none")
    ('#ffff00', '#00ff00', '#ffcc00', None)
    """
    written = written.strip().strip("\"'").lower()
    if written in _BY_NAME:
        return _BY_NAME[written]
    if match := _HEX.fullmatch(written):
        return f"#{match[1]}"
    if match := _SHORT_HEX.fullmatch(written):
        return "#" + "".join(digit * 2 for digit in match.groups())
    if match := _RGB.fullmatch(written):
        return "#" + "".join(f"{min(int(part), 255):02x}" for part in match.groups())
    return None


class StyleReader:
    """Gathers the styles of a text from marks that begin and end them, as these come."""

    def __init__(self) -> None:
        self._open: list[tuple[str, list[Style]]] = []
        self._styles: list[Style] = []

    def begin(self, mark: str, at: int, styles: Iterable[tuple[str, str]]) -> None:
        """Begin some styles, as (name, value), that end with `mark`."""
        if len(self._open) < _DEEPEST:
            self._open.append((mark, [Style(at, at, name, value) for name, value in styles]))

    def add(self, name: str, first: int, end: int, value: str) -> None:
        """Add a style whose end is known; nothing where it would hold for no text."""
        if end > first and value:
            self._styles.append(Style(first, end, name, value))

    def end(self, mark: str, at: int) -> None:
        """End what the last such mark began; nothing where none did."""
        for number in range(len(self._open) - 1, -1, -1):
            if self._open[number][0] == mark:
                self._close(self._open.pop(number)[1], at)
                return

    def styles(self, end: int) -> tuple[Style, ...]:
        """All styles of a text of this length, those around others first; open ones end with it."""
        while self._open:
            self._close(self._open.pop()[1], end)
        if not self._styles:
            return ()
        # Of several from and to the same places, the innermost was closed first.
        closed = reversed(self._styles)
        return tuple(sorted(closed, key=lambda style: (style.first, -style.end)))

    def _close(self, styles: Sequence[Style], at: int) -> None:
        self._styles += [
            Style(one.first, at, one.name, one.value) for one in reversed(styles) if at > one.first
        ]


def with_styles(
    text: str,
    styles: Sequence[Style],
    *,
    marks: Callable[[Style], tuple[str, str]],
    escaped: Callable[[str], str],
    inserted: Sequence[tuple[int, str]] = (),
    is_flat: bool = False,
) -> str:
    """A text with the marks that open and close each style, and with what is inserted as it is.

    Styles that cross are closed and opened again. In a format that `is_flat`, what closes a style
    closes all of its name, so the one around it is opened again instead.
    """
    if not styles and not inserted:
        return escaped(text)
    starts: dict[int, list[Style]] = {}
    for style in styles:
        starts.setdefault(style.first, []).append(style)
    marked = dict[int, str]()
    for at, mark in inserted:
        marked[at] = marked.get(at, "") + mark
    places = sorted({0, *starts, *marked, *(style.end for style in styles)} - {len(text)})
    parts, is_open = list[str](), list[Style]()
    for at, following in zip(places, [*places[1:], len(text)], strict=True):
        again = list[Style]()
        while is_open and (at in marked or any(style.end <= at for style in is_open)):
            closed = is_open.pop()
            outer = next((style for style in reversed(is_open) if style.name == closed.name), None)
            parts.append(marks(outer)[0] if is_flat and outer else marks(closed)[1])
            again += [closed] * (closed.end > at)
        parts.append(marked.get(at, ""))
        for style in (*reversed(again), *starts.get(at, ())):
            parts.append(marks(style)[0])
            is_open.append(style)
        parts.append(escaped(text[at:following]))
    closings = (marks(style)[1] for style in reversed(is_open))
    return "".join([*parts, *closings, marked.get(len(text), "")])
