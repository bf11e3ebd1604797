"""Plain text: a caption or a paragraph a line, without times."""

from __future__ import annotations

from collections.abc import Sequence

from editor.document import DraftSegment, Kind, Transcript
from editor.errors import UnreadableTranscript
from editor.formats.asides import said_lines, without_unseen
from editor.formats.labels import known_labels, with_names_beside
from editor.formats.layout import lines_of
from editor.formats.publication import USUAL, Choices
from editor.formats.result import Place, Problem, Reading
from editor.formats.turn_marks import TurnReader, with_marks


def read(text: str, name: str) -> Reading:
    """Make one draft of each line that holds any text.

    Raises:
        UnreadableTranscript: there is no such line.
    """
    written = without_unseen(text).split("\n")
    said, left_out = said_lines(written)
    lines = with_names_beside(said)
    reader = TurnReader(known_labels(lines))
    drafts = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        turn = reader.read(line)
        kind: Kind = "sound" if turn.is_sound else "speech"
        drafts.append(DraftSegment(turn.text, turn.speaker, kind, turn.new_turn, line=number))
    if not drafts:
        raise UnreadableTranscript(name, "the file holds no text")
    problems = (Problem(n + 1, written[n].strip(), why) for n, why in sorted(left_out.items()))
    return Reading(tuple(drafts), tuple(problems))


def places(lines: Sequence[str]) -> list[Place]:
    """Where the lines with text stand, each with the name alone above it."""
    found, name_at = list[Place](), None
    lines, _ = said_lines([*map(without_unseen, lines)])
    for n, (line, beside) in enumerate(zip(lines, with_names_beside(lines), strict=True)):
        if beside.strip():
            found.append(Place(n + 1, n if name_at is None else name_at, n, n + 1))
            name_at = None
        elif line.strip():
            name_at = n
    return found


def write(transcript: Transcript, choices: Choices = USUAL) -> str:
    """Write one segment a line, with a mark where the speaker changes; else as a person chose."""
    lines = lines_of(transcript, choices, usual="none")
    written = list[str]()
    for line, text in zip(lines, with_marks([line.turn for line in lines]), strict=True):
        written.append(f"[{line.clock}] {text}" if line.clock else text)
        written += [f"[Note: {note}]" for note in line.notes]
    if choices.has_line_numbers:
        width = len(str(len(written)))
        written = [f"{number:>{width}}  {line}" for number, line in enumerate(written, 1)]
    return "".join(f"{line}\n" for line in written)
