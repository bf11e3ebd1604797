"""Where text and recognition say the same, and where they do not: the text cut into spans."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from editor.align import comparable, same_when_spoken
from editor.document import RecognisedWord, Word
from editor.review.likeness import alike

#: Disagreements side by side are one doubt up to so many words.
MOST_SPAN_WORDS = 6
#: What stands beside a word and one that is so much like it is a doubt of its own, ...
_LIKE = 0.7
#: ... if all together are less like it by this much.
_MORE_LIKE = 0.1


@dataclass(frozen=True, slots=True)
class Span:
    """Written words [first, end) and recognised words [recognised_first, recognised_end).

    Either side may be empty. `agrees` tells that a voice would say both alike.
    """

    first: int
    end: int
    recognised_first: int
    recognised_end: int
    agrees: bool = False


def spans_of(
    words: Sequence[Word],
    spoken: Sequence[bool],
    recognised: Sequence[RecognisedWord],
    *,
    is_whole: bool = True,
) -> list[Span]:
    """Cut a timed text, and what was recognised, into spans that agree and spans that do not.

    `recognised` is sorted by time. Words that are not spoken are in no span. Unless the text
    `is_whole`, what was recognised before its first recognised word and after its last is not
    missing from it.
    """
    anchors = list(_anchors(words, spoken, recognised))
    start, end = 0, len(recognised)
    if not is_whole:
        start = anchors[0].recognised_first if anchors else 0
        end = anchors[-1].recognised_end if anchors else 0
    bounds = [Span(0, 0, start, start), *anchors, Span(len(words), len(words), end, end)]
    spans: list[Span] = []
    for before, after in pairwise(bounds):
        spans += _between(before, after, words, spoken, recognised)
        spans += [_judged(after, words, recognised)] if after.first < after.end else []
    joined = [
        part
        for span in _joined(spans, words, recognised)
        for part in _parts(span, words, recognised)
    ]
    return list(_twins(joined, words))


def cut_at(
    spans: Iterable[Span],
    bounds: Sequence[int],
    words: Sequence[Word],
    recognised: Sequence[RecognisedWord],
) -> list[Span]:
    """Cut spans that disagree where a segment begins; what was recognised is shared by time.

    `bounds` are the numbers of the first words of the segments.
    """
    cut: list[Span] = []
    for span in spans:
        if span.agrees or span.end - span.first < 2:
            cut.append(span)
            continue
        inner = bounds[bisect_right(bounds, span.first) : bisect_left(bounds, span.end)]
        for at in inner:
            middle = _recognised_before(words[at].start_ms, span, recognised)
            cut.append(
                _judged(Span(span.first, at, span.recognised_first, middle), words, recognised)
            )
            span = Span(at, span.end, middle, span.recognised_end)
        cut.append(_judged(span, words, recognised) if inner else span)
    return cut


def _recognised_before(time_ms: int, span: Span, recognised: Sequence[RecognisedWord]) -> int:
    """The number of the first recognised word of a span with its middle behind a time."""
    for index in range(span.recognised_first, span.recognised_end):
        if recognised[index].start_ms + recognised[index].end_ms > 2 * time_ms:
            return index
    return span.recognised_end


def _anchors(
    words: Sequence[Word], spoken: Sequence[bool], recognised: Sequence[RecognisedWord]
) -> Iterator[Span]:
    """The groups of written words that cover recognised ones, in the order of both."""
    position = {word.id: index for index, word in enumerate(recognised)}
    last = 0
    for covered, group in groupby(range(len(words)), lambda index: words[index].recognised_ids):
        indices = [index for index in group if spoken[index]]
        sources = [position[one] for one in covered if one in position]
        # What people moved about may stand in another order than it was recognised in.
        if indices and sources and sources[0] >= last:
            last = sources[-1] + 1
            yield Span(indices[0], indices[-1] + 1, sources[0], last)


def _between(
    before: Span,
    after: Span,
    words: Sequence[Word],
    spoken: Sequence[bool],
    recognised: Sequence[RecognisedWord],
) -> list[Span]:
    """What only one side has, between two anchors; few words of both are two readings."""
    low, high = before.recognised_end, max(before.recognised_end, after.recognised_first)
    sounded = [j for j in range(low, high) if comparable(recognised[j].text)]
    said = [(sounded[0], sounded[-1] + 1)] if sounded else []
    runs = _unrecognised(words, spoken, before.end, after.first)
    if not runs:
        return [Span(before.end, before.end, *at) for at in said]
    if said and len(runs) == 1 and max(len(sounded), runs[0][1] - runs[0][0]) <= MOST_SPAN_WORDS:
        return [_judged(Span(*runs[0], *said[0]), words, recognised)]
    missing = [Span(before.end, before.end, *at) for at in said]
    return [*missing, *(Span(*run, high, high) for run in runs)]


def _unrecognised(
    words: Sequence[Word], spoken: Sequence[bool], first: int, end: int
) -> list[tuple[int, int]]:
    """Runs of words that should have been heard and cover nothing."""
    runs = []
    for is_missed, group in groupby(
        range(first, end), lambda index: spoken[index] and not words[index].recognised_ids
    ):
        indices = list(group)
        runs += [(indices[0], indices[-1] + 1)] if is_missed else []
    return runs


def _joined(
    spans: Sequence[Span],
    words: Sequence[Word],
    recognised: Sequence[RecognisedWord],
) -> Iterator[Span]:
    """Make one span of disagreements side by side; together they may say the same."""
    for agrees, group in groupby(spans, lambda span: span.agrees):
        run: Span | None = None
        for span in group:
            if run is None or agrees or not _may_join(run, span):
                yield from [run] if run else []
                run = span
            else:
                whole = Span(run.first, span.end, run.recognised_first, span.recognised_end)
                run = _judged(whole, words, recognised)
        yield from [run] if run else []


def _parts(span: Span, words: Sequence[Word], recognised: Sequence[RecognisedWord]) -> list[Span]:
    """Two readings of unequal length apart where all of one is like a part of the other.

    "alum" against "forgave the album" are two words missing before one that is different.
    """
    written = [word.text for word in words[span.first : span.end]]
    said = [word.text for word in recognised[span.recognised_first : span.recognised_end]]
    if span.agrees or not written or not said or len(written) == len(said):
        return [span]
    few, many = sorted((written, said), key=len)
    cut = _like_part(" ".join(few), many)
    if cut is None:
        return [span]
    if len(written) < len(said):
        low, high = span.recognised_first + cut[0], span.recognised_first + cut[1]
        parts = [
            Span(span.first, span.first, span.recognised_first, low),
            Span(span.first, span.end, low, high),
            Span(span.end, span.end, high, span.recognised_end),
        ]
    else:
        low, high = span.first + cut[0], span.first + cut[1]
        parts = [
            Span(span.first, low, span.recognised_first, span.recognised_first),
            Span(low, high, span.recognised_first, span.recognised_end),
            Span(high, span.end, span.recognised_end, span.recognised_end),
        ]
    sized = (
        one for one in parts if one.first < one.end or one.recognised_first < one.recognised_end
    )
    return [_judged(one, words, recognised) for one in sized]


def _like_part(text: str, many: Sequence[str]) -> tuple[int, int] | None:
    """The run [first, end) of words that is much more like a text than all of them are."""
    runs = [(i, j) for i in range(len(many)) for j in range(i + 1, len(many) + 1)]
    best = max(runs, key=lambda run: (_likeness(text, many[slice(*run)]), run[0] - run[1]))
    likeness = _likeness(text, many[slice(*best)])
    is_clear = likeness >= max(_LIKE, _likeness(text, many) + _MORE_LIKE)
    return best if is_clear else None


def _likeness(text: str, words: Sequence[str]) -> float:
    return alike(text, " ".join(words))


def _twins(spans: Iterable[Span], words: Sequence[Word]) -> Iterator[Span]:
    """Put a word that was not recognised together with the same word right before it.

    Which of the two is too many, nobody can tell.
    """
    before: Span | None = None
    for span in spans:
        if before and _is_twin(before, span, words):
            span = Span(before.first, span.end, before.recognised_first, span.recognised_end)
        elif before:
            yield before
        before = span
    yield from [before] if before else []


def _is_twin(before: Span, span: Span, words: Sequence[Word]) -> bool:
    is_one_missed = span.end == span.first + 1 and span.recognised_first == span.recognised_end
    is_one_recognised = before.agrees and (before.first, before.end) == (span.first - 1, span.first)
    return (
        is_one_missed
        and is_one_recognised
        and comparable(words[before.first].text) == comparable(words[span.first].text)
    )


def _may_join(run: Span, span: Span) -> bool:
    is_near = run.end == span.first and run.recognised_end == span.recognised_first
    lengths = span.end - run.first, span.recognised_end - run.recognised_first
    return is_near and max(lengths) <= MOST_SPAN_WORDS


def _judged(span: Span, words: Sequence[Word], recognised: Sequence[RecognisedWord]) -> Span:
    written = [word.text for word in words[span.first : span.end]]
    said = [word.text for word in recognised[span.recognised_first : span.recognised_end]]
    agrees = written == said or same_when_spoken(written, said)
    return Span(span.first, span.end, span.recognised_first, span.recognised_end, agrees)
