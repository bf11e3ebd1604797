"""Numbers before the lines of a page, as in transcripts of courts: found, and taken away."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

_NUMBERED = re.compile(r"\s*(\d{1,3})(?:[.)]?\s+|\Z)")
_LEAST_LINES = 6
#: Of the lines, so many have a number; of the numbers, so many are one more than the last.
_MOST, _STEPS = 0.6, 0.8


def without_line_numbers(lines: Sequence[str]) -> list[str] | None:
    """The lines without their numbers, and nothing of heads and feet of pages, which have none.

    None where the lines have no numbers.
    """
    found = [(n, match) for n, line in enumerate(lines) if (match := _NUMBERED.match(line))]
    filled = sum(1 for line in lines if line.strip())
    if len(found) < max(_LEAST_LINES, _MOST * filled):
        return None
    numbers = [int(match[1]) for _, match in found]
    steps = sum(b == a + 1 for a, b in pairwise(numbers))
    pages = sum(b == 1 for b in numbers)
    # Numbers alone between pages break two steps each.
    if steps < _STEPS * (len(numbers) - 3 * pages - 1) or numbers.count(1) == 0:
        return None
    kept = [""] * len(lines)
    for (n, match), number, below in zip(found, numbers, [*numbers[1:], -1], strict=True):
        is_page = not lines[n][match.end() :].strip() and below != number + 1
        kept[n] = "" if is_page else lines[n][match.end() :]
    return kept
