"""Words found in what a network heard: Viterbi's path through their phones.

Each word in the way it is said best, phones with or without a blank between them, words with or
without a pause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import inf

import numpy as np
from numpy.typing import NDArray

from editor.asr.forced.viterbi import best_path

#: The ways to say a word, each its phones as tokens of the network.
Ways = Sequence[Sequence[int]]

#: What a state emits that is no phone: a pause between words, the blank within one.
_PAUSE, _BLANK = -1, -2


@dataclass(frozen=True, slots=True)
class PhoneSpan:
    """Where a word is heard, in frames [first, end); `phone` is its first, a token.

    `fit` is the mean over its phones' frames of the log of their probability beside the likeliest
    token's: 0 at best. `before` is the last frame of the phone before it, None for the first word.
    """

    first: int
    end: int
    phone: int
    fit: float
    before: int | None


def found_words(
    heard: NDArray[np.float32], said: Sequence[Ways], *, blank: int, boundary: int
) -> list[PhoneSpan | None]:
    """Where each word is, said one after the other from the first frame to the last.

    `heard` is float32 (frames, tokens), the network's log probabilities, `blank` and `boundary` its
    tokens for nothing and for the edge of a word; `said` has the ways to say each word. None for a
    word without any, and for all where the frames are too few.
    """
    return found_and_fit(heard, said, blank=blank, boundary=boundary)[0]


def found_and_fit(
    heard: NDArray[np.float32], said: Sequence[Ways], *, blank: int, boundary: int
) -> tuple[list[PhoneSpan | None], float]:
    """As `found_words`, and how well all of them together explain all that is heard.

    That is the sum over all frames of the log of what the path hears there beside the likeliest, 0
    at best; minus infinity where the frames are too few.
    """
    states = States.of(said)
    emitted = states.emitted(heard, blank, boundary)
    path = best_path(emitted, states.ways, firsts=states.firsts, lasts=states.lasts)
    top = heard.max(axis=1)
    fit = float((emitted[np.arange(len(path)), path] - top).sum()) if len(path) else -inf
    return spans_of(path, states, emitted, top, len(said)), fit


def spans_of(
    path: NDArray[np.intp],
    states: States,
    emitted: NDArray[np.float32],
    top: NDArray[np.float32],
    count: int,
) -> list[PhoneSpan | None]:
    """Where each of `count` words is on a path; `top` is the best of all tokens in each frame."""
    spans: list[PhoneSpan | None] = [None] * count
    if not len(path):
        return spans
    words, tokens = np.array(states.words)[path], np.array(states.tokens)[path]
    fits = emitted[np.arange(len(path)), path] - top
    (phones,) = np.nonzero(tokens >= 0)
    before: int | None = None
    for frames in np.split(phones, np.nonzero(np.diff(words[phones]))[0] + 1):
        if len(frames):
            first, last = int(frames[0]), int(frames[-1])
            fit = float(fits[frames].mean())
            spans[words[first]] = PhoneSpan(first, last + 1, int(tokens[first]), fit, before)
            before = last
    return spans


@dataclass
class States:
    """What can be heard in a frame: for each state its token, its word, and whence it is reached.

    A path begins in one of `firsts` and ends in one of `lasts`. There is one of `pauses` before
    each word and one after the last.
    """

    tokens: list[int] = field(default_factory=list)
    words: list[int] = field(default_factory=list)
    ways: list[list[int]] = field(default_factory=list)
    firsts: list[int] = field(default_factory=list)
    lasts: list[int] = field(default_factory=list)
    pauses: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, said: Sequence[Ways]) -> States:
        """The states of words that are said one after the other."""
        states = cls()
        pause = states._add(_PAUSE, -1, [])
        states.firsts.append(pause)
        ends: list[int] = []
        for word, ways in enumerate(said):
            if not ways:
                continue
            begun = [states._word(word, phones, [pause, *ends]) for phones in ways]
            if not ends:
                states.firsts += [first for first, _ in begun]
            ends = [last for _, last in begun]
            pause = states._add(_PAUSE, -1, ends)
        states.lasts = [pause, *ends]
        return states

    def _word(self, word: int, phones: Sequence[int], froms: Sequence[int]) -> tuple[int, int]:
        """A way to say a word, reached from these states: its first and its last state."""
        # The same phone twice is heard as two only with a blank between.
        first = last = self._add(phones[0], word, [s for s in froms if self.tokens[s] != phones[0]])
        for phone in phones[1:]:
            blank = self._add(_BLANK, word, [last])
            is_other = phone != self.tokens[last]
            last = self._add(phone, word, [blank, *([last] if is_other else [])])
        return first, last

    def _add(self, token: int, word: int, froms: Sequence[int]) -> int:
        """A new state that lasts as long as it may, reached from others."""
        state = len(self.tokens)
        self.tokens.append(token)
        self.words.append(word)
        self.ways.append([state, *froms])
        if token == _PAUSE:
            self.pauses.append(state)
        return state

    def emitted(self, heard: NDArray[np.float32], blank: int, boundary: int) -> NDArray[np.float32]:
        """The log probability of each state in each frame."""
        tokens = np.array(self.tokens)
        emitted = heard[:, np.maximum(tokens, 0)]
        emitted[:, tokens == _BLANK] = heard[:, [blank]]
        emitted[:, tokens == _PAUSE] = np.logaddexp(heard[:, [blank]], heard[:, [boundary]])
        return emitted
