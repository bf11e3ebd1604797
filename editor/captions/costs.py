"""What it costs to break a text before a word, and to hold a cue over a pause."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import sentencex

from editor.captions.syntax import BAD_ENDS, Syntax
from editor.document import CLOSERS, Word, ends_sentence

_CLAUSE_ENDS = (",", ";", ":", "–", "—", "、", "，", "；", "：")
_SPACE = re.compile(r"\s")

# What a break costs, by what stands before it. Only the order and the distances matter.
_AFTER_CLAUSE, _BEFORE_OPENING, _PLAIN, _INSIDE_NAME, _AFTER_LEANING = 5.0, 10.0, 15.0, 120.0, 35.0
_AFTER_BAD_END = _INSIDE_PHRASE = 120.0
_I = ("I", "I'm", "I've", "I'll", "I'd")
_PAUSE_MS, _LONG_PAUSE_MS, _SILENCE_MS = 500, 1000, 2000
_LONG_PAUSE_INSIDE, _SILENCE_INSIDE = 15.0, 60.0


def sentence_starts(text: str, language: str | None) -> frozenset[int]:
    """The offsets at which sentences begin, abbreviations and decimals minded.

    >>> sorted(sentence_starts("He paid $3.50, e.g. for tea. Then he left.", "en"))
    [0, 29]
    """
    # It fails on white space beyond ASCII, which here means no more than a space.
    parts = sentencex.segment(language or "en", _SPACE.sub(" ", text))
    return frozenset(accumulate(map(len, parts[:-1]), initial=0))


def break_costs(
    words: Sequence[Word],
    starts_at: Sequence[int],
    begins: frozenset[int],
    syntax: Syntax,
    phrases: frozenset[int] | None = None,
) -> list[float]:
    """What it costs to break before each word; nothing at the ends and where sentences begin.

    `starts_at` are the words' offsets in their text, `begins` those at which sentences do, and
    `phrases` those at which phrases do, in a script without spaces.
    """
    is_first = [at in begins for at in starts_at]
    costs = [0.0]
    for at in range(1, len(words)):
        before, after = words[at - 1], words[at]
        is_ended = is_first[at] and ends_sentence(before.text)
        if is_ended and syntax.kind_of(before.text) is None:
            costs.append(0.0)
            continue
        cost = _text_break_cost(before.text, after.text, syntax, is_first=is_first[at - 1])
        is_joined = starts_at[at] == starts_at[at - 1] + len(before.text)
        if phrases is not None and cost == _PLAIN and is_joined and starts_at[at] not in phrases:
            cost = _INSIDE_PHRASE
        is_paused = after.start_ms - before.end_ms >= _PAUSE_MS
        costs.append(_paused(cost) if is_paused else cost)
    return [*costs, 0.0]


def _paused(cost: float) -> float:
    """A pause invites a break, but not much behind a word that leans on the next."""
    return cost / 2 if cost > _PLAIN else min(cost, _AFTER_CLAUSE)


def _text_break_cost(before: str, after: str, syntax: Syntax, *, is_first: bool) -> float:
    kind = syntax.kind_of(before)
    if kind is not None:
        return _AFTER_BAD_END if kind in BAD_ENDS else _AFTER_LEANING
    if ends_sentence(before) or before.rstrip(CLOSERS).endswith(_CLAUSE_ENDS):
        return _AFTER_CLAUSE
    if is_name(before, after, syntax, is_first=is_first):
        return _INSIDE_NAME
    return _BEFORE_OPENING if after.lower() in syntax.opening else _PLAIN


def is_name(before: str, after: str, syntax: Syntax, *, is_first: bool) -> bool:
    """Whether two words are parts of one name; `is_first` where `before` begins a sentence."""
    if not syntax.has_names or is_first or before in _I or after.rstrip(",.?!") in _I:
        return False
    return before[:1].isupper() and after[:1].isupper() and before[-1:].isalnum()


def pause_costs(words: Sequence[Word]) -> Iterator[float]:
    """Running total of what it costs to hold a cue over the pauses up to each word."""
    total = 0.0
    yield total
    for before, after in pairwise(words):
        pause_ms = after.start_ms - before.end_ms
        if pause_ms >= _SILENCE_MS:
            total += _SILENCE_INSIDE
        elif pause_ms >= _LONG_PAUSE_MS:
            total += _LONG_PAUSE_INSIDE
        yield total
