"""Lines that last into those below them: a sign over dialogue, people who talk at once.

Words are in one order through the whole text. So the words of such a line stand before the first
of the next one, and the last of them ends when the line does.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise

from editor.align.drift import Drift
from editor.align.normalise import weight
from editor.align.place import in_order, lasting, spread
from editor.document import Segment, Word


def lines_of(segments: Sequence[Segment]) -> list[range]:
    """The words of each segment, counted through the whole text."""
    return _ranges([len(segment.words) for segment in segments])


def lines_in_order(lines: Sequence[Sequence[Word]]) -> list[tuple[Word, ...]]:
    """Words of each line, in order through the whole text; the last of a line keeps its end."""
    ranges = _ranges([len(line) for line in lines])
    last = {line[-1] for line in ranges if line}
    words = in_order((word for line in lines for word in line), may_overlap=last)
    return [tuple(words[line.start : line.stop]) for line in ranges]


def with_overlaps(
    old: Sequence[Word],
    new: Sequence[Word],
    lines: Sequence[range],
    imported_ms: Sequence[int | None],
    drift: Drift | None,
) -> list[tuple[Word, ...]]:
    """The new times of each line's words, where lines that lasted into the next one still do.

    One whose last word was recognised ends with that, others last as long as before; where nothing
    of one was recognised, its file tells when it begins, without its drift. `old`, `new` and
    `imported_ms` count through the text.
    """
    timed = [list(new[line.start : line.stop]) for line in lines]
    was = [old[line.start : line.stop] for line in lines]
    shown = [number for number, line in enumerate(lines) if line]
    over = [a for a, b in pairwise(shown) if was[a][-1].end_ms > was[b][0].start_ms]
    starts_ms = dict[int, int]()
    for number in over:
        by_file_ms = imported_ms[lines[number].start]
        if by_file_ms is not None and all(map(_is_free, timed[number])):
            starts_ms[number] = drift.media_ms(by_file_ms) if drift else by_file_ms
    _begin(timed, shown, starts_ms)
    for number in over:
        line = timed[number]
        if _is_free(line[-1]):
            end_ms = line[0].start_ms + was[number][-1].end_ms - was[number][0].start_ms
            line[-1] = replace(line[-1], end_ms=max(end_ms, line[-1].end_ms))
    return lines_in_order(timed)


def _begin(timed: list[list[Word]], shown: Sequence[int], starts_ms: Mapping[int, int]) -> None:
    """Let some lines begin where they should, as far as those around them, which stay, allow."""
    bounds, below_ms = dict[int, int](), 2**53
    for number in reversed(shown):
        if number in starts_ms:
            below_ms = min(below_ms, starts_ms[number])
            bounds[number] = below_ms
        else:
            below_ms = timed[number][0].start_ms
    low = 0
    for number, following in zip(shown, [*shown[1:], None], strict=True):
        line = timed[number]
        if number not in starts_ms:
            low = line[-1].start_ms
            continue
        low = max(low, bounds[number])
        until_ms = line[-1].end_ms - line[0].start_ms + low
        if following is not None:
            until_ms = min(until_ms, bounds.get(following, timed[following][0].start_ms))
        timed[number] = _laid(line, low, max(low, until_ms))


def _laid(line: Sequence[Word], start_ms: int, end_ms: int) -> list[Word]:
    """The words of a line from a time on, none beginning after another."""
    times = spread([weight(word.text) for word in line], [(start_ms, max(end_ms, start_ms + 1))])
    spans = zip(line, lasting(times), strict=True)
    return [replace(word, start_ms=start, end_ms=end) for word, (start, end) in spans]


def _is_free(word: Word) -> bool:
    return word.origin == "placed" and not word.locked


def _ranges(lengths: Sequence[int]) -> list[range]:
    ends = list(accumulate(lengths))
    return [range(first, end) for first, end in zip([0, *ends], ends, strict=False)]
