"""Where a person ends the lines of a caption: a mark on the last word of each but the last line."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from editor.document import Segment
from editor.edits.carry_times import equal_pairs
from editor.edits.marks import with_marks
from editor.errors import NotPossible


def end_line(segment: Segment, word: int, *, ends_line: bool = True) -> Segment:
    """Let a word end a line of its caption, or not.

    Raises:
        NotPossible: there is no such word, or none behind it.
    """
    flags = [one.ends_line for one in segment.words]
    if not 0 <= word < len(flags) - ends_line:
        raise NotPossible("word", "Place the caret between two words to break a line.")
    flags[word] = ends_line
    return replace(segment, words=with_marks(segment.words, "ends_line", flags))


def line_ends_after(segment: Segment, texts: Sequence[str]) -> list[bool]:
    """Which words of another text end a line: a break stays while a word beside it does.

    Where both are others now, it stays between those in their place, if there are any.
    """
    ends = [False] * len(texts)
    if not any(word.ends_line for word in segment.words):
        return ends
    pairs = equal_pairs([word.text for word in segment.words], texts)
    now = {-1: -1, **dict(pairs), len(segment.words): len(texts)}
    stays = sorted(now)
    for number, word in enumerate(segment.words):
        if not word.ends_line:
            continue
        place = bisect_right(stays, number)
        before, after = stays[place - 1], stays[place]
        fresh = now[after] - now[before] - 1
        if before == number:
            last = now[before]
        elif after == number + 1:
            last = now[after] - 1
        elif fresh:
            # As far along the words that stand there now as it was along the former ones.
            share = (number - before) / (after - before - 1)
            last = now[before] + max(1, round(share * fresh))
        else:
            continue
        if 0 <= last < len(texts) - 1:
            ends[last] = True
    return ends
