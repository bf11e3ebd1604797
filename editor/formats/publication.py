"""What a file is written from, what a person chooses of it, and what it cannot hold."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Literal, get_args

from editor.align import is_unsaid, without_unsaid
from editor.captions import Cue
from editor.document import Media, Segment, Transcript
from editor.edits.kept import kept_spans
from editor.errors import InvalidValue, counted
from editor.formats.frame_rate import RATES

Coverage = Mapping[str, object] | None
FrameRate = Literal["23.976", "24", "25", "29.97", "29.97df", "30", "50", "59.94", "60"]
FRAME_RATES: tuple[FrameRate, ...] = get_args(FrameRate)
Column = Literal[
    "number", "start", "end", "duration", "start_ms", "end_ms", "speaker", "text", "kind", "note",
    "reviewed",
]  # fmt: skip
COLUMNS: tuple[Column, ...] = get_args(Column)
#: At the start of a line of a note: the title of a chapter that begins with the segment.
_CHAPTER = re.compile(r"\s*#+\s*(\S.*)")
_QUOTED_WORDS = 8
_SECONDS = re.compile(r"[1-9]\d{0,4}")


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chooses of a file; what a format has no use for, it passes over.

    `times` of documents: "none", "segment", "turn", or seconds, as in "30", from one to the next;
    nothing is the format's own way. `columns` of a table, in order. `recording` (type, bytes) is
    put into a page that plays it; with `recording_at` it plays from that address, with "" nothing.
    With `is_on_frames` captions begin and end on frames of the `frame_rate`.

    Raises:
        InvalidValue: one of them is none of those there are.
    """

    times: str = ""
    has_speakers: bool = True
    has_notes: bool = False
    has_line_numbers: bool = False
    columns: tuple[str, ...] = ()
    frame_rate: str = "25"
    is_on_frames: bool = False
    recording: tuple[str, bytes] | None = field(default=None, repr=False)
    recording_at: str | None = None

    def __post_init__(self) -> None:
        if self.times not in ("", "none", "segment", "turn") and not _SECONDS.fullmatch(self.times):
            raise InvalidValue("times", "none, segment, turn, or a number of seconds such as 30")
        if self.frame_rate not in FRAME_RATES:
            raise InvalidValue("frame_rate", f"one of {', '.join(FRAME_RATES)}")
        for column in self.columns:
            if column not in COLUMNS:
                raise InvalidValue("columns", f"{column!r} is none of {', '.join(COLUMNS)}")


#: What a person has who chooses nothing.
USUAL = Choices()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A part of a recording by its title."""

    start_ms: int
    title: str


@dataclass(frozen=True)
class Cut:
    """What goes from a recording, in ms of it, how long that is, and where what stays begins.

    `starts_ms` is the time on the clock of the cut that comes out, not one of the recording.
    """

    gone_ms: tuple[tuple[int, int], ...] = ()
    source_ms: int = 0
    starts_ms: int = 0

    @cached_property
    def kept_ms(self) -> list[tuple[int, int]]:
        """What stays of the recording, in order."""
        return kept_spans(self.gone_ms, self.source_ms)


@dataclass(frozen=True)
class Publication:
    """A transcript on its way into a file. `make_cues` cuts it into captions, if it has any.

    These have the segments that the recording does not say only with `has_unsaid`. Of the words
    `struck_count` are left out, since they were struck out; `cut` is the recording without them.
    """

    transcript: Transcript
    media: Media
    make_cues: Callable[[Transcript], tuple[Cue, ...]]
    coverage: Coverage = None
    title: str = ""
    language: str | None = None
    choices: Choices = USUAL
    has_unsaid: bool = True
    struck_count: int = 0
    cut: Cut = field(default_factory=Cut)

    @cached_property
    def segments(self) -> list[Segment]:
        """Its segments that have words, so times."""
        return [segment for segment in self.transcript.segments if segment.words]

    @cached_property
    def cues(self) -> tuple[Cue, ...]:
        """Its captions that show anything."""
        shown = self.transcript if self.has_unsaid else without_unsaid(self.transcript)
        cues = tuple(c for c in self.make_cues(shown) if any(map(str.strip, c.lines)))
        if not self.choices.is_on_frames:
            return cues
        rate = RATES[self.choices.frame_rate]
        spans = (rate.on_frames(cue.start_ms, cue.end_ms) for cue in cues)
        return tuple(
            replace(cue, start_ms=start, end_ms=end)
            for cue, (start, end) in zip(cues, spans, strict=True)
        )

    def left_out(self) -> Iterator[str]:
        """In sentences, what was struck out, and what is in no caption, since nobody says it."""
        if self.struck_count:
            yield f"Left out as struck out: {counted(self.struck_count, 'word')}"
        if self.has_unsaid or "cues" not in vars(self):
            return
        if unsaid := list(filter(is_unsaid, self.transcript.segments)):
            begins = " ".join(unsaid[0].text.split()[:_QUOTED_WORDS])
            yield f"Left out as not said: {len(unsaid)} of the text's lines (“{begins} …”)"

    @cached_property
    def cues_in_turn(self) -> tuple[Cue, ...]:
        """Its captions, of which one ends when the next begins."""
        nexts = [cue.start_ms for cue in self.cues[1:]]
        return tuple(
            replace(cue, end_ms=max(cue.start_ms + 1, int(min(cue.end_ms, next_ms))))
            for cue, next_ms in zip(self.cues, [*nexts, math.inf], strict=True)
        )

    @cached_property
    def duration_ms(self) -> int:
        """How long the recording is, at least until the last word is said."""
        ends = (segment.end_ms or 0 for segment in self.transcript.segments)
        return max(self.media.duration_ms, *ends, 0)

    @cached_property
    def chapters(self) -> tuple[Chapter, ...]:
        """Chapters by the notes of segments in which a line begins with `#`."""
        found = list[Chapter]()
        for segment in self.transcript.segments:
            for line in segment.note.splitlines():
                if segment.start_ms is not None and (match := _CHAPTER.match(line)):
                    found.append(Chapter(segment.start_ms, " ".join(match[1].split())))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Published:
    """A file's content, and in sentences what of the transcript has no place in it."""

    content: str | bytes
    lost: tuple[str, ...] = ()

    @property
    def data(self) -> bytes:
        """The content as bytes."""
        return self.content if isinstance(self.content, bytes) else self.content.encode()


def plain_note(note: str) -> str:
    """A note without the titles of chapters.

    >>> plain_note("# The early years\\nask Ann")
    'ask Ann'
    """
    return "\n".join(line for line in note.splitlines() if not _CHAPTER.match(line)).strip()
