"""What is said as markers on a time line, for editors of sound and picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from editor.document import join_lines
from editor.formats.publication import Publication, plain_note


@dataclass(frozen=True, slots=True)
class Marker:
    """What a segment says from when to when, on one line, and a person's note on it."""

    start_ms: int
    end_ms: int
    speaker: str
    text: str
    note: str

    @property
    def name(self) -> str:
        """The text behind the speaker's name."""
        return f"{self.speaker}: {self.text}" if self.speaker else self.text


def markers_of(publication: Publication) -> Iterator[Marker]:
    """A marker for each segment with words, with its note where a person wants notes."""
    choices = publication.choices
    for segment in publication.transcript.segments:
        if segment.start_ms is not None and segment.end_ms is not None:
            yield Marker(
                segment.start_ms,
                segment.end_ms,
                " ".join((segment.speaker or "").split()) if choices.has_speakers else "",
                join_lines(segment.text.splitlines()),
                " ".join(plain_note(segment.note).split()) if choices.has_notes else "",
            )
