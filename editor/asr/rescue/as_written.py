"""Where a text says other words than were recognised, and the times they have if the text is right.

Misheard words are aligned as what they were misheard for, and the words beside them suffer: "de
huevo" lies otherwise on the sound of "doce huevos". Pure: whoever hears says which of both it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from editor.align.match import Link
from editor.align.normalise import comparable, weight
from editor.align.place import Interval, in_order, spread
from editor.asr.rescue.missed_words import is_sure
from editor.document import MIN_WORD_MS, RecognisedWord

#: Longer spans are other text, and no mishearing.
_MOST_WORDS, _LONGEST_MS = 16, 15_000
#: So many words recognised on each side hold those between in place.
_CONTEXT = 2
#: Equal words among others hold the text in place if they have so many letters or are so many.
_LEAST_LETTERS, _LEAST_WORDS = 8, 3
_SAME_BEGINNING = 2


@dataclass(frozen=True, slots=True)
class Misheard:
    """Written words [written_first, written_end) that stand where [first, end) was recognised.

    `before` and `after` count the words recognised right on each side of them.
    """

    written_first: int
    written_end: int
    first: int
    end: int
    before: int
    after: int


def misheard_in(
    texts: Sequence[str], links: Sequence[Link], recognised: Sequence[RecognisedWord]
) -> Iterator[Misheard]:
    """Find where words differ between such as hold the text in place, or its edges."""
    end_of_all = Link(len(texts), len(texts), len(recognised), len(recognised), "equal")
    firm = [Link(0, 0, 0, 0, "equal"), *_firm(texts, links, recognised), end_of_all]
    for n, (left, right) in enumerate(pairwise(firm)):
        written = range(left.written_end, right.written_first)
        inside = range(left.recognised_end, right.recognised_first)
        if not written or not inside or max(len(written), len(inside)) > _MOST_WORDS:
            continue
        before, after = _beside(firm[n::-1]), _beside(firm[n + 1 :])
        first, last = inside.start - before, inside.stop + after - 1
        if recognised[last].end_ms - recognised[first].start_ms <= _LONGEST_MS:
            yield Misheard(written.start, written.stop, inside.start, inside.stop, before, after)


def with_written_times(
    recognised: Sequence[RecognisedWord],
    links: Sequence[Link],
    misheard: Misheard,
    times: Sequence[Interval],
) -> list[RecognisedWord]:
    """The recognised words, those misheard with the times of the written words they stand for.

    `times` are the (start_ms, end_ms) of the words `before`, of those written, and of those
    `after`. The outermost of the words beside them keep theirs.
    """
    words = list(recognised)
    own = times[misheard.before : len(times) - misheard.after]

    def move(n: int, time: Interval) -> None:
        end_ms = max(time[1], time[0] + MIN_WORD_MS)
        words[n] = replace(words[n], start_ms=time[0], end_ms=end_ms, aligner="phones")

    for k in range(1, misheard.before):
        move(misheard.first - misheard.before + k, times[k])
    for k in range(misheard.after - 1):
        move(misheard.end + k, times[len(times) - misheard.after + k])
    linked: set[int] = set()
    for link in links:
        if misheard.written_first <= link.written_first < misheard.written_end:
            sources = range(link.recognised_first, link.recognised_end)
            linked.update(sources)
            first, end = (i - misheard.written_first for i in _written(link))
            shared = own[first:end]
            if len(sources) != len(shared):
                shared = spread([max(1, weight(words[n].text)) for n in sources], shared)
            for n, time in zip(sources, shared, strict=True):
                move(n, time)
    # What stands for no written word comes no later than the next that does.
    for n in reversed(range(misheard.first, misheard.end)):
        if n not in linked and n + 1 < len(words):
            start_ms = min(words[n].start_ms, words[n + 1].start_ms)
            move(n, (start_ms, words[n].end_ms))
    return in_order(words)


def _firm(
    texts: Sequence[str], links: Sequence[Link], recognised: Sequence[RecognisedWord]
) -> list[Link]:
    """The links that hold the text in place; no short word among others, linked by chance."""
    right = [link for link in links if _is_right(link, texts, recognised)]
    runs: list[list[Link]] = []
    for link in right:
        if runs and _is_next(runs[-1][-1], link):
            runs[-1].append(link)
        else:
            runs.append([link])
    return [link for run in runs if _is_firm(run, texts) for link in run]


def _is_firm(run: Sequence[Link], texts: Sequence[str]) -> bool:
    letters = sum(weight(text) for link in run for text in texts[slice(*_written(link))])
    return letters >= _LEAST_LETTERS or len(run) >= _LEAST_WORDS


def _is_right(link: Link, texts: Sequence[str], recognised: Sequence[RecognisedWord]) -> bool:
    """Whether a word was recognised, or nearly so, that it begins where that does."""
    if is_sure(link, recognised):
        return True
    if link.kind == "different" or not _is_single(link):
        return False
    both = texts[link.written_first], recognised[link.recognised_first].text
    one, other = (comparable(text)[:_SAME_BEGINNING] for text in both)
    return one == other


def _beside(links: Sequence[Link]) -> int:
    """How many of the first links, each a word for a word, stand beside each other; at most a few.

    They count away from what differs, to either side.
    """
    count = 0
    for n, link in enumerate(links[:_CONTEXT]):
        nearer = links[n - 1]
        if not _is_single(link) or (n and not (_is_next(link, nearer) or _is_next(nearer, link))):
            break
        count += 1
    return count


def _written(link: Link) -> tuple[int, int]:
    return link.written_first, link.written_end


def _is_single(link: Link) -> bool:
    counts = link.written_end - link.written_first, link.recognised_end - link.recognised_first
    return counts == (1, 1)


def _is_next(link: Link, following: Link) -> bool:
    ends = link.written_end, link.recognised_end
    return ends == (following.written_first, following.recognised_first)
