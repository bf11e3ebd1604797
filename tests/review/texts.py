"""Texts with times and what was heard of them, for tests."""

from __future__ import annotations

from collections.abc import Sequence

from editor.align.drafts import segments_from_drafts, timed_segments
from editor.document import DraftSegment, RecognisedWord, spoken_flags
from editor.review import Evidence


def heard_words(said: str, *, probability: float = 0.9) -> list[RecognisedWord]:
    """Words heard one after another; "word|0.5" has a probability of its own."""
    heard = []
    for number, one in enumerate(said.split()):
        text, _, own = one.partition("|")
        at = number * 400
        heard.append(RecognisedWord(number, text, at, at + 300, float(own or probability)))
    return heard


def evidence_of(
    written: str,
    said: str,
    *,
    written_logs: Sequence[float | None] = (),
    recognised_logs: Sequence[float | None] = (),
) -> Evidence:
    """A text of one line, linked with what was heard."""
    heard = heard_words(said)
    duration_ms = 400 * len(heard) + 400
    drafts = segments_from_drafts(
        [DraftSegment(written)], duration_ms=duration_ms, new_id=lambda: "s"
    )
    (segment,), _ = timed_segments(drafts, heard, duration_ms=duration_ms, silences=[])
    spoken = spoken_flags(segment.text)
    return Evidence(segment.words, spoken, heard, written_logs, recognised_logs, language="en")
