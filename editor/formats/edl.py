"""Edit decision lists (CMX 3600): markers, as DaVinci Resolve imports them, or what a cut keeps."""

from __future__ import annotations

from editor.formats.frame_rate import RATES, Rate, frames_kept
from editor.formats.markers import Marker, markers_of
from editor.formats.publication import Publication, Published

#: Time lines begin at one hour.
_START_S = 3600
_MOST_EVENTS = 999


def write(publication: Publication) -> Published:
    """Write an event of one frame for each segment, whose marker has the text and the length."""
    rate = RATES[publication.choices.frame_rate]
    markers = list(markers_of(publication))
    hour = _hour_of(rate)
    events = "".join(_event(number, each, rate, hour) for number, each in enumerate(markers, 1))
    return Published(_head(publication, rate) + events, _too_many(len(markers)))


def _hour_of(rate: Rate) -> int:
    """The frame at which time lines begin."""
    # Of drop-frame timecode an hour has so many frames; other timecode counts each second's.
    return rate.frame(1000 * _START_S) if rate.is_drop else rate.counted * _START_S


def _head(publication: Publication, rate: Rate) -> str:
    title = _plain(publication.title)[:60] or "Transcript"
    return f"TITLE: {title}\nFCM: {'DROP FRAME' if rate.is_drop else 'NON-DROP FRAME'}\n\n"


def _too_many(count: int) -> tuple[str, ...]:
    if count <= _MOST_EVENTS:
        return ()
    return (
        f"the standard counts {_MOST_EVENTS} events and this list has {count};"
        " DaVinci Resolve reads them all, others may not",
    )


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


def write_cut(publication: Publication) -> Published:
    """Write an event for each part of the recording that stays, one behind the other."""
    rate = RATES[publication.choices.frame_rate]
    name = _plain(publication.media.name)
    channels = "AA/V" if publication.media.has_video else "AA  "
    # Timecode has nothing before its first frame.
    at = max(0, _hour_of(rate) + rate.frame(publication.cut.starts_ms))
    events = list[str]()
    for first, end in frames_kept(publication.cut.kept_ms, rate):
        times = [rate.timecode(frame) for frame in (first, end, at, at + end - first)]
        at += end - first
        number = f"{len(events) + 1:03}"
        events.append(
            f"{number}  AX       {channels}  C        {' '.join(times)}\n"
            f"* FROM CLIP NAME: {name}\n\n"
        )
    return Published(f"{_head(publication, rate)}{''.join(events)}", _too_many(len(events)))
