"""What reading a file gives."""

from __future__ import annotations

from dataclasses import dataclass

from editor.document import DraftSegment


@dataclass(frozen=True, slots=True)
class Problem:
    """A place of a file that could not be used; `line` counts from 1."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class ReadResult:
    """The lines or turns of a file, and what of it could not be read."""

    format: str
    encoding: str
    encoding_is_guess: bool
    drafts: tuple[DraftSegment, ...]
    problems: tuple[Problem, ...]


Drafts = tuple[list[DraftSegment], list[Problem]]
