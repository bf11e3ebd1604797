"""Answers about captions and the rules they have to obey."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from editor.document import Kind
from editor.edits.commands import CaptionRules


class Violation(BaseModel):
    """`cue` counts from 0 in the captions of the export; without a `fix` nothing can mend it. With
    an `end_ms`, ending the cue then does."""

    cue: int
    rule: str
    severity: Literal["error", "warning"]
    start_ms: int
    text: str
    message: str
    fix: str | None
    end_ms: int | None


class CuePart(BaseModel):
    """Words `first_word` to `last_word` (both included) of a segment as it was at `revision`."""

    segment_id: str
    revision: int
    first_word: int
    last_word: int


class Cue(BaseModel):
    """`segment_id` is of the segment with the cue's first word; `parts` are all its words. `chars`
    are its characters as its script counts them."""

    start_ms: int
    end_ms: int
    lines: list[str]
    speaker: str | None
    new_turn: bool
    kind: Kind
    segment_id: str | None
    chars: float
    parts: list[CuePart]


class Lint(BaseModel):
    """What breaks a preset's rules; `counts` has the number of violations by rule."""

    errors: int
    warnings: int
    counts: dict[str, int]
    violations: list[Violation]


class CaptionsAnswer(Lint):
    cues: list[Cue]


class PresetList(BaseModel):
    """`presets` are ours, `own` the library's."""

    presets: list[CaptionRules]
    own: list[CaptionRules]


class Shots(BaseModel):
    """When shots begin, up to `until_ms`; 0 where nobody has looked for them."""

    until_ms: int
    starts_ms: list[int]
