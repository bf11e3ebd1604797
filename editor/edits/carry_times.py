"""Words that stand in two texts, and keep the times of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from editor.align import comparable, lines_in_order
from editor.document import Segment, Word


def equal_pairs(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int]]:
    """Pairs of indices of the same word on both sides, rising."""
    opcodes = Levenshtein.opcodes([comparable(w) or w for w in a], [comparable(w) or w for w in b])
    return [
        (op.src_start + k, op.dest_start + k)
        for op in opcodes
        if op.tag == "equal"
        for k in range(op.src_end - op.src_start)
    ]


def with_present_times(
    wanted: Sequence[Segment], present: Sequence[Segment]
) -> tuple[Segment, ...]:
    """The wanted segments; words that stand there already keep the times they have now."""
    old = [word for segment in wanted for word in segment.words]
    now = [word for segment in present for word in segment.words]
    known: list[Word | None] = list(old)
    for i, j in equal_pairs([w.text for w in old], [w.text for w in now]):
        known[i] = replace(now[j], text=old[i].text)
    words = iter(word for word in known if word is not None)
    lines = lines_in_order([[next(words) for _ in segment.words] for segment in wanted])
    return tuple(replace(one, words=line) for one, line in zip(wanted, lines, strict=True))
