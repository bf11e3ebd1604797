"""JSON of recognisers: Whisper, faster-whisper, WhisperX, stable-ts and whisper.cpp.

They agree on segments of words with times in seconds, and on little else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from editor.document import MIN_WORD_MS, DraftSegment, split_words
from editor.errors import UnreadableTranscript
from editor.formats.marks import is_sound
from editor.formats.reading import Problem, Reading


def segments_in(document: object) -> list[Any] | None:
    """The list of segments in such a document, None where it is another."""
    if isinstance(document, Mapping):
        for key in ("segments", "transcription", "chunks"):
            if isinstance(document.get(key), list):
                return list(document[key])
        return None
    return document if isinstance(document, list) else None


def read(segments: Sequence[Any], name: str) -> Reading:
    """Read segments; those without a text are told of by number, and so are times that are wrong.

    Raises:
        UnreadableTranscript: none of them has a text.
    """
    drafts, problems, speaker = list[DraftSegment](), list[Problem](), None
    for number, segment in enumerate(segments, start=1):
        text = _text(segment)
        if not text:
            told = json.dumps(segment, ensure_ascii=False)
            problems.append(Problem(number, told, "this segment has no text"))
            continue
        times = _times(segment)
        if times is None:
            problems.append(Problem(number, text, "its times cannot be read"))
        who = segment.get("speaker")
        who = who.strip() or None if isinstance(who, str) else None
        start_ms, end_ms = times or (None, None)
        drafts.append(
            DraftSegment(
                text=text,
                speaker=who,
                kind="sound" if is_sound(text) else "speech",
                new_turn=who is not None and who != speaker,
                start_ms=start_ms,
                end_ms=end_ms,
                word_times_ms=_word_times(segment, text, times) if times else (),
                line=number,
            )
        )
        speaker = who or speaker
    if not drafts:
        raise UnreadableTranscript(name, "the file holds no text")
    if all(draft.start_ms is not None for draft in drafts):
        drafts.sort(key=lambda draft: draft.start_ms or 0)
    return Reading(tuple(drafts), tuple(problems))


def _text(segment: object) -> str:
    if not isinstance(segment, Mapping):
        return ""
    text = segment.get("text")
    if not isinstance(text, str):
        words = segment.get("words")
        parts = [_word(word) for word in words] if isinstance(words, list) else []
        text = "".join(parts) if any(part[:1].isspace() for part in parts) else " ".join(parts)
    return " ".join(text.split())


def _word(value: object) -> str:
    if not isinstance(value, Mapping):
        return ""
    word = value.get("word", value.get("text"))
    return word if isinstance(word, str) else ""


def _times(value: Mapping[str, Any]) -> tuple[int, int] | None:
    """Start and end in ms, in whichever of the forms; None where there are none."""
    offsets, stamps = value.get("offsets"), value.get("timestamp")
    if isinstance(offsets, Mapping):
        found = [_ms(offsets.get(key), 1) for key in ("from", "to")]
    elif isinstance(stamps, list) and len(stamps) == 2:
        found = [_ms(stamp, 1000) for stamp in stamps]
    else:
        found = [_ms(value.get(key), 1000) for key in ("start", "end")]
        length_ms = _ms(value.get("duration"), 1000)
        if found[1] is None and found[0] is not None and length_ms is not None:
            found[1] = found[0] + length_ms
    start_ms, end_ms = found
    if start_ms is None or end_ms is None or end_ms < start_ms:
        return None
    return start_ms, max(end_ms, start_ms + MIN_WORD_MS)


def _ms(value: object, scale: int) -> int | None:
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    if not is_number or not 0 <= value < 1e9:  # type: ignore[operator]
        return None
    return round(value * scale)  # type: ignore[operator]


def _word_times(
    segment: Mapping[str, Any], text: str, within: tuple[int, int]
) -> tuple[tuple[int, int], ...]:
    """Times for the words of a text, joined from pieces of words; nothing where they disagree.

    A word without times, as WhisperX has numbers, goes behind the one before it.
    """
    words = segment.get("words")
    pieces = [word for word in words if _word(word)] if isinstance(words, list) else []
    wanted, times, at = split_words(text), list[tuple[int, int]](), 0
    last_ms = next_ms = within[0]
    for target in wanted:
        built, starts, ends = "", list[int](), list[int]()
        while at < len(pieces) and len(built) < len(target):
            built += "".join(_word(pieces[at]).split())
            if found := _times(pieces[at]):
                starts.append(found[0])
                ends.append(found[1])
            at += 1
        if built != target:
            return ()
        start_ms = max(last_ms, min(starts, default=next_ms))
        next_ms = max(max(ends, default=start_ms), start_ms + MIN_WORD_MS)
        times.append((start_ms, next_ms))
        last_ms = start_ms
    return tuple(times)
