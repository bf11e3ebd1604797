"""The codes in braces of SubStation Alpha, which SubRip's players know, too."""

from __future__ import annotations

import re

from editor.formats.styling import Style, StyleReader

_CODE = re.compile(
    r"\\(?:(an|a)(\d{1,2})|([ibus])(\d{0,4})(?![A-Za-z])|(r)(?![A-Za-z])|(k[fot]?|K|q)(?=\d)"
    r"|1?c(?:&[Hh]([0-9A-Fa-f]{1,8})&?)?(?![A-Za-z])|([A-Za-z]+))"
)
#: Places of SubStation Alpha's older codes.
OLD_PLACES = {1: 1, 2: 2, 3: 3, 5: 7, 6: 8, 7: 9, 9: 4, 10: 5, 11: 6}


def read_codes(codes: str, at: int, into: StyleReader, unheld: dict[str, None]) -> int:
    """Take the codes of one pair of braces at an offset of the text; gives the place, 0 if none.

    >>> reader = StyleReader()
    >>> read_codes(r"{\\c&H00FFFF&\\an8}", 0, reader, {}), reader.styles(2)
    (8, (Style(first=0, end=2, name='color', value='#ffff00'),))
    """
    place = 0
    for old, number, name, on, reset, karaoke, colour, other in _CODE.findall(codes):
        if old:
            place = int(number) if old == "an" else OLD_PLACES.get(int(number), 0)
            place = place if 1 <= place <= 9 else 0
        elif name:
            into.end(name, at)
            if on not in ("", "0"):
                into.begin(name, at, [(name, "")])
        elif reset:
            for each in ("i", "b", "u", "s", "color"):
                into.end(each, at)
        elif other:
            unheld["effects and fonts" if other != "pos" else "exact places"] = None
        elif not karaoke:
            into.end("color", at)
            if colour:
                into.begin("color", at, [("color", colour_of_bgr(colour))])
    return place


def colour_of_bgr(digits: str) -> str:
    """A colour as SubStation Alpha has it, blue first, perhaps with how clear it is.

    >>> colour_of_bgr("0080FF")
    '#ff8000'
    """
    bgr = digits.rjust(6, "0")[-6:].lower()
    return f"#{bgr[4:]}{bgr[2:4]}{bgr[:2]}"


def codes_of(style: Style) -> tuple[str, str]:
    """What begins and ends a style."""
    if style.name == "color":
        red, green, blue = style.value[1:3], style.value[3:5], style.value[5:7]
        return f"{{\\c&H{blue}{green}{red}&}}".upper().replace("\\C", "\\c"), "{\\c}"
    return f"{{\\{style.name}1}}", f"{{\\{style.name}0}}"
