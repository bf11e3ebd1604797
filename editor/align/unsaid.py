"""Segments that a recording does not say: no caption can show them, for there is no time for it."""

from __future__ import annotations

from editor.align.place import sayable_ms
from editor.document import Segment, Transcript


def is_unsaid(segment: Segment) -> bool:
    """Whether a segment's words were placed in less time than anybody could say them in."""
    words = segment.words
    if segment.kind != "speech" or not words or any(word.origin != "placed" for word in words):
        return False
    lasts_ms = max(word.end_ms for word in words) - words[0].start_ms
    return lasts_ms < sayable_ms(word.text for word in words)


def without_unsaid(transcript: Transcript) -> Transcript:
    """The transcript without segments that its recording does not say."""
    return Transcript(tuple(one for one in transcript.segments if not is_unsaid(one)))
