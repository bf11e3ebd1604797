"""Doubts as values, and what a person decided about one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

#: Heard otherwise; not heard, or only heard; the same was heard, but not surely; one name in
#: several spellings; written twice, heard once; the same, written in another style (the quiet
#: kind: case, punctuation, numbers, short forms, British or American); another voice begins where
#: the text has no turn, or the same voice goes on where it has one.
DoubtKind = Literal[
    "different",
    "not_heard",
    "not_written",
    "unsure",
    "spelling",
    "repeated",
    "style",
    "another_voice",
    "same_voice",
]
#: The kinds that are about who speaks, not about what is said.
VOICE_KINDS = frozenset({"another_voice", "same_voice"})


@dataclass(frozen=True, slots=True)
class Doubt:
    """A span of a segment's words that is probably wrong.

    `first_word` and `last_word` count the segment's words from 0, both included; where something
    is missing, `last_word` is `first_word` - 1. `heard` is what was recognised, or the term of the
    glossary that was said. `score` is in [0, 1], greater is worse.
    """

    kind: DoubtKind
    first_word: int
    last_word: int
    written: str
    heard: str
    score: float
    start_ms: int
    end_ms: int
    why: str


@dataclass(frozen=True, slots=True)
class DismissedDoubt:
    """A person's word that the text is right where a doubt said otherwise."""

    segment_id: str
    kind: DoubtKind
    written: str
    recognised: str
    start_ms: int
    end_ms: int


def is_dismissed(doubt: Doubt, segment_id: str, kept: Iterable[DismissedDoubt]) -> bool:
    """Whether a person has decided about this doubt, also where the recording was heard anew.

    It is the same when it says the same in the same segment; and, since segments are split and
    joined and another recognition hears otherwise, when it is about the same writing at the same
    time (about the same heard words, where nothing is written).
    """
    return any(_is_same(doubt, segment_id, one) for one in kept)


def _is_same(doubt: Doubt, segment_id: str, kept: DismissedDoubt) -> bool:
    if (doubt.written, bool(doubt.written) or doubt.heard) != (
        kept.written,
        bool(kept.written) or kept.recognised,
    ):
        return False
    if doubt.kind != kept.kind and {doubt.kind, kept.kind} & VOICE_KINDS:
        return False
    says_the_same = (doubt.kind, doubt.heard) == (kept.kind, kept.recognised)
    return (segment_id == kept.segment_id and says_the_same) or (
        doubt.start_ms < kept.end_ms and kept.start_ms < doubt.end_ms
    )
