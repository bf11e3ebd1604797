"""Plain text: one segment a line."""

from __future__ import annotations

from editor.document import DraftSegment, Transcript
from editor.formats.result import Drafts
from editor.formats.speakers import labels_in, mark_of, read_line


def read(text: str, name: str) -> Drafts:
    """Each line that is not blank becomes a segment; a speaker's name holds until the next turn."""
    lines = text.split("\n")
    labels = labels_in(lines)
    drafts: list[DraftSegment] = []
    speaker: str | None = None
    for number, raw in enumerate(lines, 1):
        line = read_line(raw, labels)
        if not line.text:
            continue
        if line.is_turn:
            speaker = line.label
        kind = "sound" if line.is_sound else "speech"
        drafts.append(
            DraftSegment(
                line.text,
                speaker=None if line.is_sound else speaker,
                kind="sound" if kind == "sound" else "speech",
                new_turn=line.is_turn,
                line=number,
            )
        )
    return drafts, []


def write(transcript: Transcript) -> str:
    """One segment a line, with the marks that `read` takes off."""
    return "".join(
        f"{mark_of(segment.speaker, segment.new_turn)}{segment.text}\n"
        for segment in transcript.segments
        if segment.text
    )
