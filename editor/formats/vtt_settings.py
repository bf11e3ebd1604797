"""The settings of a WebVTT cue as a browser understands them.

See https://www.w3.org/TR/webvtt1/#parse-the-webvtt-cue-settings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_SHARE = re.compile(r"([0-9]+(?:\.[0-9]+)?)%")


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
