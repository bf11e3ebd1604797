"""The settings of a WebVTT cue as a browser understands them.

See https://www.w3.org/TR/webvtt1/#parse-the-webvtt-cue-settings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")

#: Lines counted from the top that are in the upper part of a picture.
_UPPER_LINES, _THIRD = 5, 100 / 3


@dataclass(frozen=True, slots=True)
class CueSettings:
    """Where a cue stands; `line`, `position` and `size` in percent, `line` where `snaps` in lines.

    None is "auto", an empty `vertical` is horizontal text.
    """

    vertical: str = ""
    line: float | None = None
    snaps: bool = True
    position: float | None = None
    size: float = 100
    align: str = "center"


def cue_settings(written: str) -> tuple[CueSettings, tuple[str, ...]]:
    """Read settings; gives them, and those that browsers pass over.

    >>> cue_settings("align:start line:-1 size:200%")[1]
    ('size:200%',)
    """
    settings, ignored = CueSettings(), list[str]()
    for setting in re.split(r"[ \t]+", written):
        name, _, value = setting.partition(":")
        understood = _with(settings, name, value) if value else None
        if understood is not None:
            settings = understood
        elif setting and name != "region":
            ignored.append(setting)
    return settings, tuple(ignored)


def place_of(settings: CueSettings) -> int:
    """Where a cue stands, as on a keypad of numbers; 0 in the middle at the bottom.

    >>> place_of(cue_settings("line:0")[0]), place_of(cue_settings("line:50% align:left")[0])
    (8, 4)
    """
    line = settings.line
    row = 0
    if line is not None and settings.snaps:
        row = 6 if 0 <= line < _UPPER_LINES else 0
    elif line is not None:
        row = 6 if line < _THIRD else 3 if line < 2 * _THIRD else 0
    column = {"left": 1, "start": 1, "right": 3, "end": 3}.get(settings.align, 2)
    return 0 if row + column == 2 else row + column


def settings_for(place: int) -> str:
    """The settings that put a cue at a place.

    >>> settings_for(8), settings_for(0), settings_for(1)
    ('line:0', '', 'position:0% align:left')
    """
    if not place:
        return ""
    row: list[str] = {0: [], 1: ["line:50%"], 2: ["line:0"]}[(place - 1) // 3]
    column = [["position:0% align:left"], [], ["position:100% align:right"]][(place - 1) % 3]
    return " ".join([*row, *column])


def is_exact(settings: CueSettings) -> bool:
    """Whether they say more than one of nine places can."""
    align = {"start": "left", "end": "right"}.get(settings.align, settings.align)
    plain = cue_settings(settings_for(place_of(settings)))[0]
    return replace(settings, align=align) != plain


def _with(settings: CueSettings, name: str, value: str) -> CueSettings | None:
    if name == "vertical" and value in ("rl", "lr"):
        return replace(settings, vertical=value)
    if name == "align" and value in ("start", "center", "end", "left", "right"):
        return replace(settings, align=value)
    if name == "size" and (size := _share(value)) is not None:
        return replace(settings, size=size)
    if name == "position":
        share = _share(_without_anchor(value, ("line-left", "center", "line-right")))
        return None if share is None else replace(settings, position=share)
    if name == "line":
        return _with_line(settings, _without_anchor(value, ("start", "center", "end")))
    return None


def _with_line(settings: CueSettings, value: str) -> CueSettings | None:
    if (share := _share(value)) is not None:
        return replace(settings, line=share, snaps=False)
    if _NUMBER.fullmatch(value):
        return replace(settings, line=float(value), snaps=True)
    return None


def _without_anchor(value: str, anchors: tuple[str, ...]) -> str:
    """A value without what stands after its comma; nothing where that is no anchor."""
    number, comma, anchor = value.partition(",")
    return number if not comma or anchor in anchors else ""


def _share(value: str) -> float | None:
    match = _SHARE.fullmatch(value)
    return float(match[1]) if match and float(match[1]) <= 100 else None
