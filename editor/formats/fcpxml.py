"""Final Cut Pro's XML: a project as long as the recording, with a marker for each segment."""

from __future__ import annotations

from urllib.parse import quote

from editor.formats.frame_rate import RATES, Rate, frames_kept
from editor.formats.markers import Marker, markers_of
from editor.formats.publication import Publication
from editor.formats.xml_text import xml_value


def write(publication: Publication) -> str:
    """Write FCPXML 1.9; segments are markers, chapters are chapter markers."""
    rate = RATES[publication.choices.frame_rate]
    title = xml_value(publication.title)
    code = "DF" if rate.is_drop else "NDF"
    length = _seconds(max(1, rate.frame(publication.duration_ms)), rate)
    inner = "".join(_marker(each, rate) for each in markers_of(publication))
    for chapter in publication.chapters:
        start = _seconds(rate.frame(chapter.start_ms), rate)
        inner += (
            f'      <chapter-marker start="{start}" duration="{_seconds(1, rate)}"'
            f' value="{xml_value(chapter.title)}" posterOffset="0s"/>\n'
        )
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.9">
<resources>
  <format id="r1" frameDuration="{_seconds(1, rate)}" width="1920" height="1080"/>
</resources>
<library><event name="{title}"><project name="{title}">
  <sequence format="r1" duration="{length}" tcStart="0s" tcFormat="{code}">
    <spine><gap name="{title}" offset="0s" start="0s" duration="{length}">
{inner}    </gap></spine>
  </sequence>
</project></event></library>
</fcpxml>
"""


def write_cut(publication: Publication) -> str:
    """Write a project of the parts of the recording that stay, one behind the other."""
    rate, media = RATES[publication.choices.frame_rate], publication.media
    title, name = xml_value(publication.title), xml_value(media.name)
    code = "DF" if rate.is_drop else "NDF"
    whole = _seconds(max(1, rate.frame(publication.cut.source_ms)), rate)
    begins = max(0, rate.frame(publication.cut.starts_ms))
    at, clips = begins, ""
    for first, end in frames_kept(publication.cut.kept_ms, rate):
        offset, start, lasts = (_seconds(frames, rate) for frames in (at, first, end - first))
        clips += (
            f'      <asset-clip ref="r2" name="{name}" offset="{offset}" start="{start}"'
            f' duration="{lasts}"/>\n'
        )
        at += end - first
    picture = ' hasVideo="1" format="r1"' if media.has_video else ""
    return f"""\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE fcpxml>
<fcpxml version="1.9">
<resources>
  <format id="r1" frameDuration="{_seconds(1, rate)}" width="1920" height="1080"/>
  <asset id="r2" name="{name}" start="0s" duration="{whole}" hasAudio="1"{picture}>
    <media-rep kind="original-media" src="{xml_value(quote(media.name))}"/>
  </asset>
</resources>
<library><event name="{title}"><project name="{title}">
  <sequence format="r1" duration="{_seconds(max(1, at - begins), rate)}" \
tcStart="{_seconds(begins, rate)}" tcFormat="{code}">
    <spine>
{clips}    </spine>
  </sequence>
</project></event></library>
</fcpxml>
"""


def _marker(marker: Marker, rate: Rate) -> str:
    first = rate.frame(marker.start_ms)
    length = max(1, rate.frame(marker.end_ms) - first)
    note = f' note="{xml_value(marker.note)}"' if marker.note else ""
    return (
        f'      <marker start="{_seconds(first, rate)}" duration="{_seconds(length, rate)}"'
        f' value="{xml_value(marker.name)}"{note}/>\n'
    )


def _seconds(frames: int, rate: Rate) -> str:
    """Frames as the fraction of seconds that the format wants.

    >>> _seconds(3, RATES["29.97"]), _seconds(0, RATES["25"])
    ('3003/30000s', '0s')
    """
    return f"{frames * rate.seconds}/{rate.frames}s" if frames else "0s"
