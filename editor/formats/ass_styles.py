"""What the styles of a file of SubStation Alpha say of the captions that name them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from editor.formats.ass_codes import OLD_PLACES, colour_of_bgr

_COLOUR = re.compile(r"&[Hh]([0-9A-Fa-f]{1,8})&?")


@dataclass(frozen=True, slots=True)
class Look:
    """How captions look, as names and values of `Style`, and where they stand on a keypad."""

    styles: Sequence[tuple[str, str]] = ()
    place: int = 0


PLAIN = Look()


def look_of(values: Mapping[str, str], *, is_old: bool) -> Look:
    """The look that a style gives, by the fields of its line; `is_old` before version 4+."""
    return Look(_styles(values), _place(values, is_old=is_old))


def _styles(values: Mapping[str, str]) -> list[tuple[str, str]]:
    names = {"Italic": "i", "Bold": "b", "Underline": "u", "StrikeOut": "s"}
    found = [(names[key], "") for key in names if values.get(key, "0") not in ("0", "")]
    colour = _COLOUR.fullmatch(values.get("PrimaryColour", ""))
    if colour and (code := colour_of_bgr(colour[1])) != "#ffffff":
        found.append(("color", code))
    return found


def _place(values: Mapping[str, str], *, is_old: bool) -> int:
    written = values.get("Alignment", "")
    number = int(written) if written.isdecimal() and len(written) < 3 else 0
    place = OLD_PLACES.get(number, 0) if is_old else number
    return place if 1 <= place <= 9 and place != 2 else 0
