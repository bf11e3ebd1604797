"""Captions as files have them, made sane: in order of time, and each end after its start."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from editor.document import MIN_WORD_MS
from editor.formats.caption import MS_A_CHARACTER, Caption
from editor.formats.result import Problem

_NEAR_MS = 100


def with_sane_starts(captions: Sequence[Caption]) -> tuple[list[Caption], list[Problem]]:
    """Mend starts that lie behind their caption's end, and behind the next one, too.

    The end is right where it lies between the captions before and after.
    """
    sane, problems = list(captions), list[Problem]()
    for at in range(1, len(sane) - 1):
        if sane[at].start_ms <= sane[at].end_ms:
            continue
        before, caption, after = sane[at - 1 : at + 2]
        is_late = caption.start_ms > max(caption.end_ms, after.start_ms)
        if is_late and before.end_ms < caption.end_ms <= after.start_ms + _NEAR_MS:
            reason = "it starts after it ends; it is shown from the end of the one before"
            problems.append(Problem(caption.line, caption.text, reason))
            sane[at] = replace(caption, start_ms=before.end_ms)
    return sane, problems


def in_time_order(captions: Sequence[Caption]) -> tuple[list[Caption], list[Problem]]:
    """Put captions in the order of their starts, as players do."""
    problems = [
        Problem(caption.line, caption.text, "it was put where its time belongs")
        for before, caption in pairwise(captions)
        if caption.start_ms < before.start_ms
    ]
    ordered = sorted(captions, key=lambda each: each.start_ms) if problems else list(captions)
    return ordered, problems


def with_sane_ends(captions: Sequence[Caption]) -> tuple[list[Caption], list[Problem]]:
    """Let no caption end before it starts."""
    sane, problems = list(captions), list[Problem]()
    for at, caption in enumerate(sane):
        if caption.end_ms < caption.start_ms:
            problems.append(Problem(caption.line, caption.text, "it ends before it starts"))
            length_ms = MS_A_CHARACTER * len(caption.text)
            sane[at] = replace(caption, end_ms=caption.start_ms + length_ms)
    return sane, problems


def lasting(caption: Caption) -> Caption:
    """A caption that lasts as long as a word at least."""
    end_ms = max(caption.end_ms, caption.start_ms + MIN_WORD_MS)
    return caption if end_ms == caption.end_ms else replace(caption, end_ms=end_ms)
