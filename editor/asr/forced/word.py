"""What forced alignment of given words gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

#: What a model aligns at once.
MAX_ALIGNED_MS = 29_900


@dataclass(frozen=True, slots=True)
class AlignedWord:
    """Where a word would be, in ms from the first sample, and the log of its probability there."""

    start_ms: int
    end_ms: int
    log_probability: float


#: Finds where words are said in some sound, if they are: one for each, or none at all.
ForcedAligner = Callable[[Sequence[str]], list[AlignedWord]]
