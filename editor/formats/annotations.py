"""Passages with times and a person each, as programs for annotation have them: one draft each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from editor.document import MIN_WORD_MS, DraftSegment
from editor.errors import UnreadableTranscript
from editor.formats.result import Problem, Reading
from editor.formats.turn_marks import is_sound

_MS_A_CHARACTER = 60
_LATEST_MS = 10**12


@dataclass(frozen=True, slots=True)
class Passage:
    """What is said from when to when, on a line of the file; without an end the next ends it."""

    line: int
    start_ms: int
    end_ms: int | None
    text: str
    speaker: str = ""


def reading_of(
    passages: Iterable[Passage], name: str, recognised: str, problems: Iterable[Problem] = ()
) -> Reading:
    """Passages in the order of time; those without a text are silence.

    Raises:
        UnreadableTranscript: no passage has a text.
    """
    said = [p for p in passages if p.text.strip() and 0 <= p.start_ms < _LATEST_MS]
    said.sort(key=lambda passage: passage.start_ms)
    if not said:
        raise UnreadableTranscript(name, f"{recognised}: it holds no text with times")
    drafts, last = list[DraftSegment](), ""
    starts = [*(p.start_ms for p in said[1:]), None]
    for passage, next_ms in zip(said, starts, strict=True):
        text = " ".join(passage.text.split())
        guessed_ms = passage.start_ms + _MS_A_CHARACTER * len(text)
        end_ms = passage.end_ms
        if end_ms is None or end_ms <= passage.start_ms:
            is_before = next_ms is not None and next_ms > passage.start_ms
            end_ms = min(guessed_ms, next_ms) if is_before and next_ms else guessed_ms
        drafts.append(
            DraftSegment(
                text,
                passage.speaker or None,
                "sound" if is_sound(text) else "speech",
                bool(passage.speaker) and passage.speaker != last,
                passage.start_ms,
                max(end_ms, passage.start_ms + MIN_WORD_MS),
                line=passage.line,
            )
        )
        last = passage.speaker or last
    return Reading(tuple(drafts), tuple(problems), recognised=recognised)
