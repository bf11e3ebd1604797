"""Answers about captions and the rules they have to obey."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel

from editor.document import Kind
from editor.edits.commands import CaptionRules


class Violation(BaseModel):
    """`cue` counts from 0 in the captions of the export; without a `fix` nothing can mend it."""

    cue: int
    rule: str
    severity: Literal["error", "warning"]
    start_ms: int
    text: str
    message: str
    fix: str | None


class Cue(BaseModel):
    """`segment_id` is of the segment with the cue's first word."""

    start_ms: int
    end_ms: int
    lines: list[str]
    speaker: str | None
    new_turn: bool
    kind: Kind
    segment_id: str | None


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
