"""Text with time stamps as f4 and f5 have it, which MAXQDA and ATLAS.ti play in step."""

from __future__ import annotations

from editor.formats.paragraphs import paragraphs
from editor.formats.publication import Publication
from editor.formats.turn_marks import with_marks
from editor.timecode import timestamp_from_ms


def write(publication: Publication) -> str:
    """Write the paragraphs, each with the time at which it ends behind it."""
    said = list(paragraphs(publication.transcript))
    lines = with_marks([each.turn for each in said])
    return "".join(
        f"{line} {_stamp(paragraph.end_ms or 0)}\n"
        for line, paragraph in zip(lines, said, strict=True)
    )


def _stamp(time_ms: int) -> str:
    """A time to the tenth of a second.

    >>> _stamp(61_549)
    '#00:01:01-5#'
    """
    return f"#{timestamp_from_ms(time_ms, decimal='-')[:-2]}#"
