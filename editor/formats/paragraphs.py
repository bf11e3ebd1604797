"""The paragraphs people read: segments of one speaker joined, cut where sentences end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from editor.document import Segment, Transcript, ends_sentence, join_lines
from editor.formats.turn_marks import Turn

_LONG_CHARS, _PAUSE_MS = 500, 2000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, and the segments it is joined from."""

    turn: Turn
    segments: tuple[Segment, ...]

    @property
    def start_ms(self) -> int | None:
        """When it begins; None where no word in it has a time."""
        return next((s.start_ms for s in self.segments if s.start_ms is not None), None)

    @property
    def end_ms(self) -> int | None:
        """When the last of it is said; None where no word in it has a time."""
        return max((s.end_ms for s in self.segments if s.end_ms is not None), default=None)


def paragraphs(transcript: Transcript) -> Iterator[Paragraph]:
    """Join the segments; a new speaker, a sound or a long text begins a paragraph."""
    together: list[Segment] = []
    for segment in transcript.segments:
        if not segment.text.strip():
            continue
        if together and _begins(together, segment):
            yield joined(together)
            together = []
        together.append(segment)
    if together:
        yield joined(together)


def _begins(together: list[Segment], segment: Segment) -> bool:
    last = together[-1]
    if segment.new_turn or (last.kind, last.speaker) != (segment.kind, segment.speaker):
        return True
    if segment.kind == "sound":
        return True
    ended = ends_sentence(last.text)
    pause_ms = (segment.start_ms or 0) - (last.end_ms or 0)
    is_long = sum(len(each.text) for each in together) >= _LONG_CHARS
    return ended and (is_long or pause_ms >= _PAUSE_MS)


def joined(together: Sequence[Segment]) -> Paragraph:
    """Segments of one speaker as a paragraph."""
    first = together[0]
    text = join_lines(line for segment in together for line in segment.text.splitlines())
    turn = Turn(text, first.speaker, first.new_turn, first.kind == "sound")
    return Paragraph(turn, tuple(together))
