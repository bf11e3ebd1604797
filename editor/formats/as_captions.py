"""The captions of a file in another format as they are: times, lines, styles, places and names.

What the other format has no place for is told in one sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from editor.formats import ass_write, srt, ttml, vtt
from editor.formats.caption import Caption
from editor.formats.frame_rate import Rate

#: What styles are called to a person.
_STYLES = {
    "s": "struck-out text",
    "class": "classes of style",
    "color": "colours",
    "ruby": "readings above words",
}


@dataclass(frozen=True, slots=True)
class _Target:
    """A format: its name to a person, its writer, and what of styles and settings it lacks."""

    name: str
    write: Callable[[Sequence[Caption], str], str]
    lacks: frozenset[str]


_NOT_IN_TEXTS = frozenset({"class", "ruby", "settings"})
_TARGETS = {
    "srt": _Target("SubRip", lambda shown, _: srt.write_captions(shown), _NOT_IN_TEXTS),
    "vtt": _Target("WebVTT", vtt.write_captions, frozenset({"s"})),
    "vtt-words": _Target(
        "WebVTT", partial(vtt.write_captions, with_word_times=True), frozenset({"s"})
    ),
    "ttml": _Target(
        "TTML", lambda shown, _: ttml.write_captions(shown), frozenset({"class", "settings"})
    ),
    "ass": _Target("ASS", lambda shown, _: ass_write.write_captions(shown), _NOT_IN_TEXTS),
}


def can_write(format_name: str) -> bool:
    """Whether a format has captions that could be those of another file."""
    return format_name in _TARGETS


def write_captions(
    format_name: str,
    captions: Sequence[Caption],
    head: str,
    offset_ms: int,
    rate: Rate | None = None,
) -> tuple[bytes, str]:
    """The captions in a format, and what of them is lost there; nothing where all is kept.

    `head` is what a WebVTT file says of how they look; `offset_ms` moves all times, and of a
    `rate` they begin and end on frames.
    """
    target = _TARGETS[format_name]
    moved = [_moved(each, offset_ms) for each in captions] if offset_ms else captions
    if rate:
        moved = [_on_frames(each, rate) for each in moved]
    lost = dict.fromkeys(what for each in captions for what in _lost(each, target))
    if head and "settings" in target.lacks:
        lost["style sheets"] = None
    told = f"{target.name} has no place for {_listed(list(lost))} of this file" if lost else ""
    return target.write(moved, head).encode(), told


def _lost(caption: Caption, target: _Target) -> Iterator[str]:
    for style in caption.styles:
        if style.name in target.lacks:
            yield _STYLES[style.name]
    if not caption.settings or "settings" in target.lacks:
        yield from caption.unheld


def _listed(things: Sequence[str]) -> str:
    """Things as people list them.

    >>> _listed(["a", "b", "c"])
    'a, b and c'
    """
    *most, last = things
    return f"{', '.join(most)} and {last}" if most else last


def _on_frames(caption: Caption, rate: Rate) -> Caption:
    start_ms, end_ms = rate.on_frames(caption.start_ms, caption.end_ms)
    return replace(caption, start_ms=start_ms, end_ms=end_ms)


def _moved(caption: Caption, offset_ms: int) -> Caption:
    """A caption at another time, not before 0."""
    return replace(
        caption,
        start_ms=max(0, caption.start_ms + offset_ms),
        end_ms=max(0, caption.end_ms + offset_ms),
        anchors=tuple((at, max(0, ms + offset_ms)) for at, ms in caption.anchors),
    )
