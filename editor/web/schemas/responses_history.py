"""Answers about the history: steps, named versions, earlier states."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from editor.document import Kind
from editor.store import ActivityKind


class TextChange(BaseModel):
    """One segment's text before and after; null where it was not there."""

    segment_id: str
    before: str | None
    after: str | None


class Step(BaseModel):
    """A step of the history; `changes` holds the first few of `segment_count`."""

    id: int
    action: Literal["edit", "undo", "redo"]
    kind: str
    state: Literal["done", "undone", "dropped"]
    author: str | None
    created_ms: int
    segment_count: int
    changes: list[TextChange]


class Version(BaseModel):
    id: int
    name: str
    revision_id: int
    created_ms: int
    author: str | None


class Deed(BaseModel):
    """What was done to the whole; a title or name is `before` and `after` it."""

    id: int
    kind: ActivityKind
    before: str
    after: str
    author: str | None
    created_ms: int


class HistoryAnswer(BaseModel):
    steps: list[Step]
    versions: list[Version]
    deeds: list[Deed]


class PastSegment(BaseModel):
    id: str
    speaker: str | None
    kind: Kind
    text: str


class PastState(BaseModel):
    segments: list[PastSegment]
