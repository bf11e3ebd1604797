"""Chapters, of which a segment's note gives the titles: for YouTube, podcast apps, show notes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise

from editor.errors import ExportRefused
from editor.formats.publication import Chapter, Publication, Published, plain_note
from editor.formats.xml_text import xml_value
from editor.timecode import clock_from_ms, timestamp_from_ms

NO_CHAPTERS = (
    "no chapter is marked; write its title into the note of the segment that it begins with,"
    " behind a #, as in: # The early years"
)
#: What YouTube asks of chapters.
_FEWEST, _SHORTEST_MS = 3, 10_000
_BRACKETS = str.maketrans("<>", "‹›")
#: What stands before the names of who speaks, in languages in which these stay as they are behind
#: it; elsewhere the names stand alone.
_WITH = {
    "ca": "Amb",
    "da": "Med",
    "de": "Mit",
    "en": "With",
    "es": "Con",
    "fr": "Avec",
    "gl": "Con",
    "it": "Con",
    "nl": "Met",
    "nn": "Med",
    "no": "Med",
    "pt": "Com",
    "ro": "Cu",
    "sv": "Med",
}


def chapters_of(publication: Publication, format_name: str = "chapters") -> tuple[Chapter, ...]:
    """The chapters.

    Raises:
        ExportRefused: none is marked.
    """
    if not publication.chapters:
        raise ExportRefused(format_name, NO_CHAPTERS)
    return publication.chapters


def write_json(publication: Publication) -> str:
    """Write the JSON chapters of Podcasting 2.0, in seconds."""
    chapters = [
        {"startTime": each.start_ms / 1000, "title": each.title}
        for each in chapters_of(publication)
    ]
    document = {"version": "1.2.0", "title": publication.title, "chapters": chapters}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def write_podlove(publication: Publication) -> str:
    """Write Podlove Simple Chapters."""
    listed = "".join(
        f'  <psc:chapter start="{timestamp_from_ms(each.start_ms)}"'
        f' title="{xml_value(each.title)}"/>\n'
        for each in chapters_of(publication)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<psc:chapters version="1.2" xmlns:psc="http://podlove.org/simple-chapters">\n'
        f"{listed}</psc:chapters>\n"
    )


def write_youtube(publication: Publication) -> Published:
    """Write the list that YouTube finds in a description; the first has to be at 0:00."""
    chapters = chapters_of(publication)
    if chapters[0].start_ms >= 1000:
        chapters = (Chapter(0, publication.title), *chapters)
    else:
        chapters = (Chapter(0, chapters[0].title), *chapters[1:])
    lost = list[str]()
    if len(chapters) < _FEWEST:
        lost.append(f"YouTube shows chapters from {_FEWEST} on, and these are {len(chapters)}")
    short = sum(b.start_ms - a.start_ms < _SHORTEST_MS for a, b in pairwise(chapters))
    if short:
        lost.append(f"YouTube shows none if one lasts under 10 seconds, as {short} here do")
    # YouTube refuses a description with such brackets.
    listed = "".join(f"{line}\n" for line in _listed(chapters)).translate(_BRACKETS)
    return Published(listed, tuple(lost))


def write_show_notes(publication: Publication) -> str:
    """Write the title, who speaks, and the chapters, each with the notes made within it."""
    chapters = chapters_of(publication)
    speakers = dict.fromkeys(s.speaker for s in publication.transcript.segments if s.speaker)
    lines = [publication.title, ""]
    if publication.choices.has_speakers and speakers:
        word = _WITH.get(publication.language or "en")
        lines += [" ".join(filter(None, (word, ", ".join(speakers)))), ""]
    ends = [*(each.start_ms for each in chapters[1:]), publication.duration_ms + 1]
    for line, chapter, end_ms in zip(_listed(chapters), chapters, ends, strict=True):
        lines.append(line)
        if publication.choices.has_notes:
            lines += _notes(publication, chapter.start_ms, end_ms)
    return "\n".join(lines) + "\n"


def _listed(chapters: Sequence[Chapter]) -> list[str]:
    return [f"{clock_from_ms(each.start_ms)} {each.title}" for each in chapters]


def _notes(publication: Publication, start_ms: int, end_ms: int) -> list[str]:
    found = list[str]()
    for segment in publication.transcript.segments:
        if segment.start_ms is not None and start_ms <= segment.start_ms < end_ms:
            found += plain_note(segment.note).splitlines()
    return [f"  {line.strip()}" for line in found if line.strip()]
