"""How TTML says what its captions look like, and where they stand: styles by name, and regions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from editor.formats.styling import Style, colour_of
from editor.formats.xml_text import Element

_PERCENT = re.compile(r"\s*([0-9.]{1,9})%\s+([0-9.]{1,9})%\s*")
_NUMBER = re.compile(r"\d+(?:\.\d*)?|\.\d+")
_ORIGIN = re.compile(r"\s*[0-9.]{1,9}[a-z%]{1,4}\s+([0-9.]{1,9})[a-z%]{1,4}\s*")
_ROWS = {"after": 0, "center": 3, "before": 6}
_COLUMNS = {"left": 1, "start": 1, "right": 3, "end": 3}
#: Styles that name others, one another perhaps.
_DEEPEST = 5
_LOOKS = (("fontStyle", "i", ("italic", "oblique")), ("fontWeight", "b", ("bold",)))
_DECORATIONS = (("underline", "u"), ("lineThrough", "s"))
#: What an element itself may say of where it stands.
_OWN_PLACE = ("textAlign", "origin", "extent", "displayAlign")


class Looks:
    """What a document's styles and regions say."""

    def __init__(self, styles: Iterable[Element], regions: Iterable[Element]) -> None:
        self._styles = {
            one.attributes["id"]: one.attributes for one in styles if "id" in one.attributes
        }
        self._regions = {
            one.attributes["id"]: self._region(one) for one in regions if "id" in one.attributes
        }

    def said(self, element: Element) -> Mapping[str, str]:
        """What an element says of itself, by its own attributes and by styles it names."""
        return self._said(element.attributes)

    def place(
        self, element: Element, said: Mapping[str, str], inherited: Mapping[str, str]
    ) -> Mapping[str, str]:
        """What says where an element stands, with what its region and those around it say."""
        of_region = self._regions.get(element.attributes.get("region", ""), {})
        own = {key: said[key] for key in _OWN_PLACE if key in said}
        return {**inherited, **of_region, **own} if of_region or own else inherited

    def _region(self, region: Element) -> dict[str, str]:
        said = dict(self._said(region.attributes))
        for inner in region.elements("style"):
            said |= self._said(inner.attributes)
        return said

    def _said(self, attributes: Mapping[str, str], depth: int = 0) -> Mapping[str, str]:
        if "style" not in attributes or depth == _DEEPEST:
            return attributes
        said = dict[str, str]()
        for name in attributes["style"].split():
            said |= self._said(self._styles.get(name, {}), depth + 1)
        return {**said, **attributes} if said else attributes


def looks_of(said: Mapping[str, str]) -> list[tuple[str, str]]:
    """What an element says of its text, as names and values of `Style`."""
    found = [(name, "") for key, name, values in _LOOKS if said.get(key) in values]
    if decoration := said.get("textDecoration", "").split():
        found += [(name, "") for key, name in _DECORATIONS if key in decoration]
    colour = colour_of(said["color"]) if "color" in said else None
    return [*found, ("color", colour)] if colour and colour != "#ffffff" else found


def is_hidden(said: Mapping[str, str]) -> bool:
    """Whether an element that says so is not shown."""
    return said.get("display") == "none" or said.get("visibility") == "hidden"


def place_of(said: Mapping[str, str]) -> int:
    """Where a caption stands, as on a keypad of numbers; 0 at the bottom in the middle.

    >>> place_of({"displayAlign": "before"}), place_of({"origin": "10% 5%", "extent": "80% 15%"})
    (8, 8)
    """
    display = said.get("displayAlign", "before")
    row = _ROWS.get(display, 0)
    origin = _PERCENT.fullmatch(said.get("origin", ""))
    extent = _PERCENT.fullmatch(said.get("extent", ""))
    if origin and extent:
        share = {"after": 1.0, "center": 0.5}.get(display, 0.0)
        y = _number(origin[2]) + _number(extent[2]) * share
        row = 6 if y < 100 / 3 else 3 if y < 200 / 3 else 0
    elif not said:
        row = 0
    column = _COLUMNS.get(said.get("textAlign", "center"), 2)
    return 0 if row + column == 2 else row + column


def top_of(said: Mapping[str, str]) -> float | None:
    """How far down a caption's region begins, in the document's unit; None where not told."""
    origin = _ORIGIN.fullmatch(said.get("origin", ""))
    return _number(origin[1]) if origin else None


def _number(written: str) -> float:
    return float(written) if _NUMBER.fullmatch(written) else 0.0


def attributes_of(style: Style) -> str:
    """The attribute of a span that looks like that; nothing where TTML has none."""
    return {
        "i": ' tts:fontStyle="italic"',
        "b": ' tts:fontWeight="bold"',
        "u": ' tts:textDecoration="underline"',
        "s": ' tts:textDecoration="lineThrough"',
        "color": f' tts:color="{style.value}"',
    }.get(style.name, "")


def region_of(place: int) -> str:
    """A region for a place other than the usual one."""
    align = ("left", "center", "right")[(place - 1) % 3]
    display = ("after", "center", "before")[(place - 1) // 3]
    return (
        f'<region xml:id="r{place}" tts:origin="10% 10%" tts:extent="80% 80%"\n'
        f'    tts:displayAlign="{display}" tts:textAlign="{align}"/>\n'
    )
