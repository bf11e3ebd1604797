"""What it costs to break a text before a word, and to hold a cue over a pause."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from editor.document import Word

_SENTENCE_ENDS = (".", "?", "!", "…", "。", "？", "！")
_CLAUSE_ENDS = (",", ";", ":", "–", "—", "、", "，", "；", "：")
_CLOSERS = "\"'”’»)]」』"
#: English words that belong to what follows: articles, prepositions, auxiliaries, conjunctions.
_LEANING_WORDS = """
a an the my your his her its our their this these those some any no every each of in on at by for to
from with without into onto about over under between through during before after against among
is are was were be been am has have had do does did will would shall should can could may might must
and or but nor so because if that which who whose than as when while
mr. mrs. ms. dr. st. prof. i'm you're he's she's it's we're they're i've you've we've they've
i'll you'll we'll
"""
#: English words that a new line or caption may well begin with.
_OPENING_WORDS = """
and or but nor so because if that which who when while where although though until unless
of in on at by for to from with into about over under between through during
"""
_LEANING, _OPENING = frozenset(_LEANING_WORDS.split()), frozenset(_OPENING_WORDS.split())

# What a break costs, by what stands before it. Only the order and the distances matter.
_AFTER_CLAUSE, _BEFORE_OPENING, _PLAIN, _INSIDE_NAME, _AFTER_LEANING = 5.0, 10.0, 15.0, 30.0, 35.0
_PAUSE_MS, _LONG_PAUSE_MS, _SILENCE_MS = 500, 1000, 2000
_LONG_PAUSE_INSIDE, _SILENCE_INSIDE = 15.0, 60.0


def break_costs(words: Sequence[Word]) -> list[float]:
    """What it costs to break before each word; nothing at the ends and after sentences."""
    costs = [0.0]
    bare = [word.text.rstrip(_CLOSERS) for word in words]
    for at in range(1, len(words)):
        before, after = words[at - 1], words[at]
        cost = _text_break_cost(bare[at - 1], after.text, is_first=at == 1 or costs[at - 1] == 0)
        is_paused = after.start_ms - before.end_ms >= _PAUSE_MS
        costs.append(min(cost, _AFTER_CLAUSE) if is_paused else cost)
    return [*costs, 0.0]


def _text_break_cost(before: str, after: str, *, is_first: bool) -> float:
    if before.lower() in _LEANING:
        return _AFTER_LEANING
    if before.endswith(_SENTENCE_ENDS):
        return 0.0
    if before.endswith(_CLAUSE_ENDS):
        return _AFTER_CLAUSE
    if not is_first and before[:1].isupper() and after[:1].isupper():
        return _INSIDE_NAME
    return _BEFORE_OPENING if after.lower() in _OPENING else _PLAIN


def pause_costs(words: Sequence[Word]) -> list[float]:
    """Running total of what it costs to hold a cue over the pauses up to each word."""
    total, totals = 0.0, [0.0]
    for before, after in pairwise(words):
        pause_ms = after.start_ms - before.end_ms
        if pause_ms >= _SILENCE_MS:
            total += _SILENCE_INSIDE
        elif pause_ms >= _LONG_PAUSE_MS:
            total += _LONG_PAUSE_INSIDE
        totals.append(total)
    return totals
