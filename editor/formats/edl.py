"""Edit decision lists (CMX 3600) that hold markers, as DaVinci Resolve imports them."""

from __future__ import annotations

from editor.formats.frame_rate import RATES, Rate
from editor.formats.markers import Marker, markers_of
from editor.formats.publication import Publication, Published

#: Time lines begin at one hour.
_START_S = 3600
_MOST_EVENTS = 999


def write(publication: Publication) -> Published:
    """Write an event of one frame for each segment, whose marker has the text and the length."""
    rate = RATES[publication.choices.frame_rate]
    markers = list(markers_of(publication))
    title = _plain(publication.title)[:60] or "Transcript"
    code = "DROP FRAME" if rate.is_drop else "NON-DROP FRAME"
    # Of drop-frame timecode an hour has so many frames; other timecode counts each second's.
    hour = rate.frame(1000 * _START_S) if rate.is_drop else rate.counted * _START_S
    events = "".join(_event(number, each, rate, hour) for number, each in enumerate(markers, 1))
    lost = list[str]()
    if len(markers) > _MOST_EVENTS:
        lost.append(
            f"the standard counts {_MOST_EVENTS} events and this list has {len(markers)};"
            " DaVinci Resolve reads them all, others may not"
        )
    return Published(f"TITLE: {title}\nFCM: {code}\n\n{events}", tuple(lost))


def _event(number: int, marker: Marker, rate: Rate, hour: int) -> str:
    first = hour + rate.frame(marker.start_ms)
    length = max(1, hour + rate.frame(marker.end_ms) - first)
    times = f"{rate.timecode(first)} {rate.timecode(first + 1)}"
    note = f" {_plain(marker.note)}" if marker.note else ""
    return (
        f"{number:03}  001      V     C        {times} {times}  \n"
        f"{note} |C:ResolveColorBlue |M:{_plain(marker.name)} |D:{length}\n\n"
    )


def _plain(text: str) -> str:
    """Text on one line, without what parts the fields of a marker."""
    return " ".join(text.replace("|", "/").split())
