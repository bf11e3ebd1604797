"""Words of people who were each recognised alone, put into the one order of a text.

Words stand in one order through the text, whose starts never decrease. Where people talk at once,
each is let finish what is nearly said; of long speech, phrases alternate.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from dataclasses import replace

from editor.document import CLOSERS, MIN_WORD_MS, RecognisedWord, ends_sentence

#: A pause this long parts what one person says.
_PAUSE_MS = 700
#: A word may begin so much earlier than it is said, rather than that somebody is interrupted.
_MOST_EARLIER_MS = 1_500
#: Near the place where somebody is interrupted, a phrase ends there.
_NEAR_MS = 700


def in_one_order(people: Sequence[Sequence[RecognisedWord]]) -> list[RecognisedWord]:
    """The words of all people, each with its `voice`: the place in `people`, counted from 0.

    Words of each are in order. Who says something short is put between the other's words; ends of
    words stay as they are, starts are moved forward where the order asks for it.

    >>> def word(text, start_ms): return RecognisedWord(0, text, start_ms, start_ms + 300, 0.9)
    >>> texts = "so we went out to the shop".split()
    >>> told = [word(text, 600 * at) for at, text in enumerate(texts)]
    >>> " ".join(one.text for one in in_one_order([told, [word("Mm.", 1300)]]))
    'so we went Mm. out to the shop'
    """
    waiting = [
        (run[0].start_ms, voice, at, run)
        for voice, words in enumerate(people)
        for at, run in enumerate(_runs([replace(word, voice=voice) for word in words]))
    ]
    heapq.heapify(waiting)
    ordered = list[RecognisedWord]()
    while waiting:
        _, voice, at, run = heapq.heappop(waiting)
        others = [one for one in waiting if one[1] != voice]
        cut = _cut(run, min(others)[3]) if others else len(run)
        ordered += run[:cut]
        if cut < len(run):
            # What interrupts goes first, also where a word before it begins later than it does.
            start_ms = max(run[cut].start_ms, min(others)[0])
            heapq.heappush(waiting, (start_ms, len(people) + voice, at, run[cut:]))
    return _never_decreasing(ordered)


def _cut(run: Sequence[RecognisedWord], other: Sequence[RecognisedWord]) -> int:
    """How many words of a run come before what another person says meanwhile."""
    start_ms = other[0].start_ms
    earliest_ms = start_ms
    if other[-1].start_ms - start_ms > _MOST_EARLIER_MS:
        # Both say much: each says at least so much in turn.
        earliest_ms += _MOST_EARLIER_MS
    exact = next((at for at, word in enumerate(run) if word.start_ms > earliest_ms), len(run))
    if exact == len(run) or run[-1].start_ms - start_ms <= _MOST_EARLIER_MS:
        return len(run)
    near = [
        at
        for at in range(1, len(run))
        if abs(run[at].start_ms - earliest_ms) <= _NEAR_MS and _ends_phrase(run[at - 1].text)
    ]
    return min(near, key=lambda at: abs(at - exact), default=max(1, exact))


def _ends_phrase(text: str) -> bool:
    return ends_sentence(text) or text.rstrip(CLOSERS).endswith((",", ";", ":"))


def _runs(words: Sequence[RecognisedWord]) -> Iterator[list[RecognisedWord]]:
    run = list[RecognisedWord]()
    for word in words:
        if run and word.start_ms - run[-1].end_ms > _PAUSE_MS:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _never_decreasing(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """The words with no start after that of a later one."""
    moved, latest_ms = list[RecognisedWord](), 2**53
    for word in reversed(words):
        latest_ms = min(latest_ms, word.start_ms)
        end_ms = max(word.end_ms, latest_ms + MIN_WORD_MS)
        is_right = (latest_ms, end_ms) == (word.start_ms, word.end_ms)
        moved.append(word if is_right else replace(word, start_ms=latest_ms, end_ms=end_ms))
    return moved[::-1]
