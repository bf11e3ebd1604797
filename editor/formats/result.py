"""What readers give back, beside the text itself: all that could not be used, with its place."""

from __future__ import annotations

from dataclasses import dataclass

from editor.document import DraftSegment
from editor.formats.caption import Caption


@dataclass(frozen=True, slots=True)
class Problem:
    """A part of a file that was not used as it stands; `line` counts from 1."""

    line: int
    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a caption stands among its file's lines, from 0: its block and in it its text.

    `line` is the draft's, counted from 1; the text reaches to the block's end.
    """

    line: int
    first: int
    text_first: int
    end: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found: drafts in the order of time, problems by line, and the captions.

    `shown` are the captions without lines that rolled up from one to the next; `head` is what a
    WebVTT file says of how its captions look. `recognised` is what the file is, in a few words.
    """

    drafts: tuple[DraftSegment, ...]
    problems: tuple[Problem, ...] = ()
    captions: tuple[Caption, ...] = ()
    shown: tuple[Caption, ...] = ()
    head: str = ""
    recognised: str = ""
