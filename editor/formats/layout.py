"""How a document is laid out as a person chose: times, speakers, notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from editor.document import Transcript, join_lines, word_offsets
from editor.formats.codes import passages_of
from editor.formats.paragraphs import Paragraph, joined, paragraphs
from editor.formats.publication import Choices, plain_note
from editor.formats.turn_marks import Turn
from editor.timecode import clock_from_ms


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a document: its time as it is shown, if it is, what is said, and notes on it."""

    clock: str
    turn: Turn
    notes: tuple[str, ...]


def lines_of(transcript: Transcript, choices: Choices, *, usual: str = "turn") -> list[Line]:
    """The lines: paragraphs, or segments where each shall have its time.

    `usual` are the times that the format has where a person chooses none: those of turns, or
    "none" where its lines are segments.
    """
    times = choices.times or usual
    is_by_segment = times == "segment" or (usual == times == "none")
    if is_by_segment:
        said = [joined([each]) for each in transcript.segments if each.text.strip()]
    else:
        said = list(paragraphs(transcript))
    if times.isdecimal():
        said = list(_with_times_inside(said, 1000 * int(times)))
    return [_line(each, choices, has_time=times in ("segment", "turn")) for each in said]


def reads_from_right(text: str) -> bool:
    """Whether a text is set from the right: its first letter is of such a script.

    >>> reads_from_right("12 مرحبا"), reads_from_right("Hi مرحبا")
    (True, False)
    """
    classes = map(unicodedata.bidirectional, text)
    return next((one != "L" for one in classes if one in ("L", "R", "AL")), False)


def _line(paragraph: Paragraph, choices: Choices, *, has_time: bool) -> Line:
    turn, start_ms = paragraph.turn, paragraph.start_ms
    if not choices.has_speakers:
        turn = replace(turn, speaker=None, new_turn=False)
    return Line(
        clock_from_ms(start_ms) if has_time and start_ms is not None else "",
        turn,
        tuple(notes_of(paragraph)) if choices.has_notes else (),
    )


def notes_of(paragraph: Paragraph) -> Iterator[str]:
    """What people wrote of a paragraph, and which passages in it they coded."""
    for note in (plain_note(segment.note) for segment in paragraph.segments):
        if note:
            yield join_lines(note.splitlines())
    for passage in passages_of(paragraph.segments):
        yield f"{passage.code}: “{passage.text}”"


def _with_times_inside(said: Sequence[Paragraph], step_ms: int) -> Iterator[Paragraph]:
    """Paragraphs with the time in brackets before the first word of each step."""
    next_ms = 0
    for paragraph in said:
        text, at, parts = paragraph.turn.text, 0, list[str]()
        words = [word for segment in paragraph.segments for word in segment.words]
        offsets = word_offsets(text, (word.text for word in words))
        for word, (_, offset) in zip(words, offsets, strict=True):
            if word.start_ms >= next_ms:
                parts += [text[at:offset], f"[{clock_from_ms(word.start_ms)}] "]
                at, next_ms = offset, (word.start_ms // step_ms + 1) * step_ms
        yield replace(paragraph, turn=replace(paragraph.turn, text="".join([*parts, text[at:]])))
