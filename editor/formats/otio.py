"""OpenTimelineIO's JSON: the recording as one clip with markers, or as clips of what a cut keeps.

https://opentimelineio.readthedocs.io, schemas Timeline.1, Clip.2 and Marker.2.
"""

from __future__ import annotations

import json
from urllib.parse import quote

from editor.formats.frame_rate import RATES, Rate, frames_kept
from editor.formats.markers import Marker, markers_of
from editor.formats.publication import Publication

Json = dict[str, object]


def write(publication: Publication) -> str:
    """Write a time line of one clip, at the frame rate that was chosen."""
    rate = RATES[publication.choices.frame_rate]
    whole = _range(0, publication.duration_ms, rate)
    markers = [_marker(each, rate) for each in markers_of(publication)]
    return _time_line(
        publication, [_clip(publication, publication.duration_ms, rate, whole, markers)]
    )


def write_cut(publication: Publication) -> str:
    """Write a time line of the parts of the recording that stay, one behind the other."""
    rate = RATES[publication.choices.frame_rate]
    cut = publication.cut
    kept = (_frames(*frames, rate) for frames in frames_kept(cut.kept_ms, rate))
    clips = [_clip(publication, cut.source_ms, rate, each, []) for each in kept]
    begins = _time(rate.frame(cut.starts_ms), rate) if cut.starts_ms else None
    return _time_line(publication, clips, begins)


def _clip(
    publication: Publication, length_ms: int, rate: Rate, part: Json, markers: list[Json]
) -> Json:
    return {
        "OTIO_SCHEMA": "Clip.2",
        "name": publication.media.name,
        "metadata": {},
        "source_range": part,
        "effects": [],
        "markers": markers,
        "enabled": True,
        "media_references": {
            "DEFAULT_MEDIA": {
                "OTIO_SCHEMA": "ExternalReference.1",
                "name": publication.media.name,
                "metadata": {},
                "available_range": _range(0, length_ms, rate),
                "target_url": quote(publication.media.name),
            }
        },
        "active_media_reference_key": "DEFAULT_MEDIA",
    }


def _time_line(publication: Publication, clips: list[Json], begins: Json | None = None) -> str:
    kind = "Video" if publication.media.has_video else "Audio"
    track = {**_items("Track.1", kind, clips), "kind": kind}
    document: Json = {
        "OTIO_SCHEMA": "Timeline.1",
        "name": publication.title,
        "metadata": {},
        "global_start_time": begins,
        "tracks": _items("Stack.1", "tracks", [track]),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def _items(schema: str, name: str, children: list[Json]) -> Json:
    return {
        "OTIO_SCHEMA": schema,
        "name": name,
        "metadata": {},
        "source_range": None,
        "effects": [],
        "markers": [],
        "enabled": True,
        "children": children,
    }


def _marker(marker: Marker, rate: Rate) -> Json:
    return {
        "OTIO_SCHEMA": "Marker.2",
        "name": marker.name,
        "metadata": {"speaker": marker.speaker} if marker.speaker else {},
        "marked_range": _range(marker.start_ms, marker.end_ms, rate),
        "color": "GREEN",
        "comment": marker.note,
    }


def _range(start_ms: int, end_ms: int, rate: Rate) -> Json:
    first = rate.frame(start_ms)
    return _frames(first, max(first + 1, rate.frame(end_ms)), rate)


def _frames(first: int, end: int, rate: Rate) -> Json:
    return {
        "OTIO_SCHEMA": "TimeRange.1",
        "start_time": _time(first, rate),
        "duration": _time(end - first, rate),
    }


def _time(frame: int, rate: Rate) -> Json:
    per_second = rate.frames / rate.seconds
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": per_second, "value": float(frame)}
