"""The paragraphs people read: segments of one speaker joined, cut where sentences end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from editor.document import Segment, Transcript, ends_sentence, join_lines
from editor.formats.turn_marks import Turn

_LONG_CHARS, _PAUSE_MS = 500, 2000


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph and when it begins; None where no word in it has a time."""

    turn: Turn
    start_ms: int | None


def paragraphs(transcript: Transcript) -> Iterator[Paragraph]:
    """Join the segments; a new speaker, a sound or a long text begins a paragraph."""
    together: list[Segment] = []
    for segment in transcript.segments:
        if not segment.text.strip():
            continue
        if together and _begins(together, segment):
            yield _joined(together)
            together = []
        together.append(segment)
    if together:
        yield _joined(together)


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


def _joined(together: list[Segment]) -> Paragraph:
    first = together[0]
    text = join_lines(line for segment in together for line in segment.text.splitlines())
    turn = Turn(text, first.speaker, first.new_turn, first.kind == "sound")
    starts = [segment.start_ms for segment in together if segment.start_ms is not None]
    return Paragraph(turn, starts[0] if starts else None)
