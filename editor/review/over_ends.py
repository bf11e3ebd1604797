"""Phrases that begin in one text and end in a later one, as over the ends of segments."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from editor.document import join_lines
from editor.review.find_replace import Correction

#: What people look for is no longer; a few letters are found in no more texts than these.
_MOST_FOUND = 5_000


@dataclass(frozen=True, slots=True)
class Spanning:
    """A phrase from code point `start` of the text numbered `first` to before `end` of `last`."""

    first: int
    start: int
    last: int
    end: int
    found: str


def spanning(texts: Sequence[str], correction: Correction) -> Iterator[Spanning]:
    """The places of a phrase that reach over the end of a text, in order.

    Expressions and other spellings are not looked for there.
    """
    if correction.is_pattern or correction.is_similar or not texts:
        return
    stripped = [text.strip() for text in texts]
    seams = ["" if _is_seamless(a, b) else " " for a, b in pairwise(stripped)]
    pieces = [text + seam for text, seam in zip(stripped, [*seams, ""], strict=True)]
    starts = [0, *accumulate(map(len, pieces))]
    whole, count = "".join(pieces), 0
    for match in correction.pattern.finditer(whole, overlapped=True):
        first = bisect_right(starts, match.start()) - 1
        last = bisect_right(starts, match.end() - 1) - 1
        start, end = match.start() - starts[first], match.end() - starts[last]
        is_in_both = start < len(stripped[first]) and end <= len(stripped[last])
        if first == last or not is_in_both:
            continue
        lead = [len(text) - len(text.lstrip()) for text in (texts[first], texts[last])]
        yield Spanning(first, start + lead[0], last, end + lead[1], match[0])
        if (count := count + 1) >= _MOST_FOUND:
            return


def _is_seamless(above: str, below: str) -> bool:
    """Whether no space stands between two texts, as in scripts without spaces."""
    return not above or not below or join_lines((above[-1], below[0])) == above[-1] + below[0]
