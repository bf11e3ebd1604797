"""Our own JSON; `transcript.schema.json` beside this file is its published schema."""

from __future__ import annotations

import json
from typing import Any

from editor.document import DraftSegment, Media, Segment, Transcript
from editor.errors import UnreadableTranscript
from editor.formats.result import Drafts

VERSION = 1


def read(text: str, name: str) -> Drafts:
    """Read segments with their word times.

    Raises:
        UnreadableTranscript: it is not JSON, or not of this form; the place is named.
    """
    try:
        value = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", None)
        raise UnreadableTranscript(name, "it is not valid JSON", line=line) from error
    if not isinstance(value, dict) or value.get("version") != VERSION:
        raise UnreadableTranscript(name, f'it has no "version": {VERSION}')
    drafts = []
    for index, segment in enumerate(value.get("segments") or []):
        try:
            drafts.append(_draft(segment))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise UnreadableTranscript(name, f"segments[{index}] is not of the form") from error
    return drafts, []


def _draft(value: dict[str, Any]) -> DraftSegment:
    words = value.get("words") or []
    times = tuple((int(word["start_ms"]), int(word["end_ms"])) for word in words)
    return DraftSegment(
        str(value["text"]),
        speaker=None if value.get("speaker") is None else str(value["speaker"]),
        kind="sound" if value.get("kind") == "sound" else "speech",
        new_turn=bool(value.get("new_turn")),
        start_ms=times[0][0] if times else None,
        end_ms=times[-1][1] if times else None,
        word_times_ms=times,
    )


def write(transcript: Transcript, *, media: Media, coverage: dict[str, Any] | None) -> str:
    """The whole transcript with the time of each word."""
    value = {
        "version": VERSION,
        "media": {
            "name": media.name,
            "duration_ms": media.duration_ms,
            "has_video": media.has_video,
        },
        "coverage": coverage,
        "segments": [_segment(segment) for segment in transcript.segments],
    }
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _segment(segment: Segment) -> dict[str, Any]:
    return {
        "id": segment.id,
        "speaker": segment.speaker,
        "kind": segment.kind,
        "new_turn": segment.new_turn,
        "reviewed": segment.reviewed,
        "text": segment.text,
        "words": [
            {
                "text": word.text,
                "start_ms": word.start_ms,
                "end_ms": word.end_ms,
                "origin": word.origin,
                "confidence": word.confidence,
                "locked": word.locked,
            }
            for word in segment.words
        ],
    }
