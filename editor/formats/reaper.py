"""Regions for Reaper: the CSV of its region and marker manager."""

from __future__ import annotations

import csv
import io

from editor.formats.markers import markers_of
from editor.formats.publication import Publication


def write(publication: Publication) -> str:
    """Write a region for each segment, and a marker for each chapter."""
    written = io.StringIO()
    rows = csv.writer(written, lineterminator="\n")
    rows.writerow(["#", "Name", "Start", "End", "Length"])
    for number, marker in enumerate(markers_of(publication), 1):
        times = (marker.start_ms, marker.end_ms, marker.end_ms - marker.start_ms)
        rows.writerow([f"R{number}", marker.name, *map(_time, times)])
    for number, chapter in enumerate(publication.chapters, 1):
        rows.writerow([f"M{number}", chapter.title, _time(chapter.start_ms), "", ""])
    return written.getvalue()


def _time(time_ms: int) -> str:
    """Minutes and seconds, as Reaper's ruler shows them.

    >>> _time(61_005), _time(3_600_000)
    ('1:01.005', '60:00.000')
    """
    seconds, ms = divmod(time_ms, 1000)
    return f"{seconds // 60}:{seconds % 60:02}.{ms:03}"
