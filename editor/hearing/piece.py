"""A piece of a recording and what was heard in it; the text that is told to whoever hears it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from editor import media
from editor.align.place import Interval, in_order
from editor.document import HeardWord, Segment, spoken_words
from editor.hearing.prepare import Prepared
from editor.recognise import Recogniser

#: So much sound beside what is listened to is listened to as well.
MARGIN_MS = 200

#: The words of the text as they are now, and for each whether it is to be said.
Written = tuple[Sequence[str], Sequence[bool]]


@dataclass(frozen=True)
class Piece:
    """What was heard in one piece of the recording, and its language (ISO 639-1)."""

    number: int
    start_ms: int
    end_ms: int
    language: str
    heard: list[HeardWord]


def written_of(segments: Sequence[Segment]) -> Written:
    """What the segments say."""
    words, spoken = spoken_words(segments)
    return [word.text for word in words], spoken


def in_time(words: Sequence[HeardWord]) -> list[HeardWord]:
    """Words from several hearings, in the order in which they are said."""
    return in_order(sorted(words, key=lambda word: word.start_ms))


def in_place(
    heard: Sequence[HeardWord], passage: Interval, new: Sequence[HeardWord]
) -> list[HeardWord]:
    """The words with new ones in place of those in a passage."""
    kept = [word for word in heard if not passage[0] <= word.start_ms < passage[1]]
    return in_time([*kept, *new])


def heard_again(piece: Piece, prepared: Prepared, recogniser: Recogniser) -> list[HeardWord]:
    """The words of a piece with sharper times."""
    end_ms = min(piece.end_ms + MARGIN_MS, prepared.duration_ms)
    return recogniser.hear_again(
        media.read_samples(prepared.work_path, piece.start_ms, end_ms),
        piece.heard,
        language=piece.language,
        start_ms=piece.start_ms,
        silences=prepared.silences,
    )
