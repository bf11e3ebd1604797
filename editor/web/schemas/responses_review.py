"""Answers about doubts, names, terms and places that were found."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from editor.review import DoubtKind


class Doubt(BaseModel):
    """An insertion before word `first_word` has `last_word` = `first_word` - 1."""

    kind: DoubtKind
    first_word: int
    last_word: int
    written: str
    heard: str
    score: float
    start_ms: int
    end_ms: int
    why: str
    kept: bool


class Spelling(BaseModel):
    text: str
    count: int


class NameGroup(BaseModel):
    """Spellings that may mean the same, the most frequent first; `heard` are not in the text."""

    spellings: list[Spelling]
    heard: list[str]


class DoubtfulSegment(BaseModel):
    """A segment's doubts, as judged at `revision`."""

    id: str
    revision: int
    doubts: list[Doubt]


class AllDoubts(BaseModel):
    """Doubts of all segments that have some; what was changed after `seq` may have others."""

    seq: int
    segments: list[DoubtfulSegment]


class HeardVoice(BaseModel):
    """A voice, with the segments that it says mostly; `name` is the one under which it speaks
    mostly in the text, "" where that has none."""

    voice: int
    name: str
    segments: list[str]


class HeardVoices(BaseModel):
    """The voices of a recording, who speaks most first; none where speakers were not found."""

    seq: int
    voices: list[HeardVoice]


class Names(BaseModel):
    """`segments` are those in which a name is spelled otherwise than elsewhere."""

    groups: list[NameGroup]
    segments: list[DoubtfulSegment]


class FoundEnd(BaseModel):
    """Where a place ends that goes on in a later segment, in UTF-16 code units of its text."""

    segment_id: str
    end: int


class FoundPlace(BaseModel):
    """`start` and `length` count UTF-16 code units of the segment's text at `revision`.

    One with an `ends` reaches over the end of its segment, where corrections change nothing.
    """

    segment_id: str
    revision: int
    start: int
    length: int
    old: str
    new: str
    likeness: Literal["exact", "case", "spelling", "sound"]
    score: float
    ends: FoundEnd | None = None


class Found(BaseModel):
    """The first places, in the order of the text; a greater `count` says that there are more."""

    count: int
    places: list[FoundPlace]


class FoundFiller(BaseModel):
    """`is_sure` where it means nothing else in the language."""

    text: str
    is_sure: bool
    segment_id: str
    revision: int
    first_word: int
    last_word: int
    start_ms: int
    end_ms: int
    before: str
    written: str
    after: str


class Fillers(BaseModel):
    fillers: list[FoundFiller]
