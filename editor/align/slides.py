"""Where a span of unsaid words stands among others that say the same: at the end of a sentence.

Of a verse written twice and sung once, any words of both can be linked, half of the first and half
of the second as well. As in a difference of two files, the span left out can slide along words that
are the same at both of its edges; here to where a sentence ends, and of several such places to the
last, so that the first of equal passages counts as said. Few words belong to those that are said
right beside them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editor.align.blocks import Link

_SENTENCE_ENDS = (".", "!", "?", "…", "。", "？", "！", "؟", "।")
#: Up to so many words stay with those they are said beside, not beyond a pause of so many ms, in
#: which something else may be said.
_FEW, _PAUSE_MS = 4, 1000
_CLOSING = "\"'”’»)]"


def with_unsaid_slid(
    links: Sequence[Link], folded: Sequence[str], shown: Sequence[str], pauses_ms: Sequence[int]
) -> list[Link]:
    """The links with each unsaid span slid; `folded` and `shown` are all written words.

    `pauses_ms` has the time before each recognised word in which no other was recognised.
    """
    slid = list(links)
    for n in range(1, len(slid)):
        before, after = slid[n - 1], slid[n]
        first, end = before.written_end, after.written_first
        if first < end and before.recognised_end == after.recognised_first:
            left = _leftwards(slid, n, folded, pauses_ms)
            places = [*left[::-1], 0, *_rightwards(slid, n, folded)]
            is_few = places[-1] - places[0] <= _FEW
            ranks = [
                (
                    is_few and _is_pause(slid[n + k :], pauses_ms),
                    _ends_sentence(shown[max(0, first + k - 1) : first + k]),
                    k,
                )
                for k in places
            ]
            best = max(ranks)[-1]
            for at in range(n + best, n):
                slid[at] = _moved(slid[at], end - first)
            for at in range(n, n + best):
                slid[at] = _moved(slid[at], first - end)
    return slid


def _leftwards(
    links: Sequence[Link], n: int, folded: Sequence[str], pauses_ms: Sequence[int]
) -> list[int]:
    """How far the span before link `n` can slide to the left: -1, -2, ..."""
    first, end = links[n - 1].written_end, links[n].written_first
    places: list[int] = []
    while len(places) < n:
        k = len(places) + 1
        link = links[n - k]
        if not _is_one(link) or link.written_first != first - k:
            break
        if folded[first - k] != folded[end - k]:
            break
        # Another unsaid span before it would become one with this.
        is_joined = k < n and links[n - k - 1].written_end != link.written_first
        if is_joined and not _is_pause([link], pauses_ms):
            break
        places.append(-k)
        if is_joined:
            break
    return places


def _rightwards(links: Sequence[Link], n: int, folded: Sequence[str]) -> list[int]:
    """How far the span before link `n` can slide to the right: 1, 2, ..."""
    first, end = links[n - 1].written_end, links[n].written_first
    places: list[int] = []
    while n + len(places) < len(links):
        k = len(places)
        link = links[n + k]
        if not _is_one(link) or link.written_first != end + k:
            break
        if folded[first + k] != folded[end + k]:
            break
        places.append(k + 1)
    return places


def _is_one(link: Link) -> bool:
    return link.kind == "equal" and link.written_end - link.written_first == 1


def _moved(link: Link, words: int) -> Link:
    return replace(
        link,
        written_first=link.written_first + words,
        written_end=link.written_end + words,
    )


def _ends_sentence(last: Sequence[str]) -> bool:
    return not last or last[0].rstrip(_CLOSING).endswith(_SENTENCE_ENDS)


def _is_pause(links: Sequence[Link], pauses_ms: Sequence[int]) -> bool:
    """Whether the first of links comes after a pause."""
    return bool(links) and pauses_ms[links[0].recognised_first] >= _PAUSE_MS
