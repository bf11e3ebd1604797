"""Which words of a text are said in a part of a recording, and where: the rest is left out.

As `phone_path`, with two ways more: speech that is not in the text is passed over between words, at
a price for each frame in which a phone is heard, and words that are not said are, at a price for
each of their phones. So a word is found only where it explains what is heard better than
neither would.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from editor.asr.forced.phone_path import PhoneSpan, States, Ways, spans_of
from editor.asr.forced.viterbi import reached_from

#: What a frame of unwritten speech costs, a phone of a word that is not said, and beginning to pass
#: words over, in nats. Words that are said fit at about -0.3 a frame in English and -2 in languages
#: that the network hears badly; words that are not at -5.
_FRAME_COST, _PHONE_COST, _BEGIN_COST = 4.0, 3.5, 8.0


def searched_words(
    heard: NDArray[np.float32], said: Sequence[Ways], *, blank: int, boundary: int
) -> list[PhoneSpan | None]:
    """Where each word is said, in frames of `heard` (see `found_words`); None for the unsaid."""
    words = [n for n, ways in enumerate(said) if ways]
    spans: list[PhoneSpan | None] = [None] * len(said)
    if not words or not len(heard):
        return spans
    states = States.of([said[n] for n in words])
    emitted = states.emitted(heard, blank, boundary)
    pauses = np.array(states.pauses)
    top = heard.max(axis=1)
    emitted[:, pauses] = np.maximum(emitted[:, pauses], top[:, None] - _FRAME_COST)
    costs = [_PHONE_COST * min(map(len, said[n])) for n in words]
    path = _path(emitted, states, np.concatenate([[0.0], np.cumsum(costs)]).astype(np.float32))
    for n, span in zip(words, spans_of(path, states, emitted, top, len(words)), strict=True):
        spans[n] = span
    return spans


def _path(
    emitted: NDArray[np.float32], states: States, passed: NDArray[np.float32]
) -> NDArray[np.intp]:
    """The best path; `passed` is what it costs to pass over all words before each pause.

    As `viterbi.best_path`, but in each frame a pause is also reached from any pause before it.
    """
    froms, own = reached_from(states.ways), np.arange(len(states.tokens))
    pauses = np.array(states.pauses)
    score = np.full(len(own), -np.inf, np.float32)
    score[states.firsts] = emitted[0, states.firsts]
    back = np.zeros((len(emitted), len(own)), np.int8)
    jumped = np.empty((len(emitted), len(pauses)), np.int32)
    places = np.arange(len(pauses), dtype=np.int32)
    for frame in range(len(emitted)):
        if frame:
            scores = score[froms]
            back[frame] = best = scores.argmax(axis=0)
            score = scores[best, own] + emitted[frame]
        # Passing words over takes no time: the best of all pauses before, each at its price.
        level = score[pauses] + passed
        highest = np.maximum.accumulate(level)
        source = np.maximum.accumulate(np.where(level >= highest, places, 0))
        after = highest - passed - _BEGIN_COST
        is_jump = (after > score[pauses]) & (source < places)
        jumped[frame] = np.where(is_jump, source, places)
        score[pauses] = np.where(is_jump, after, score[pauses])
    place_of = {int(state): place for place, state in enumerate(pauses)}
    state = max(states.lasts, key=lambda last: score[last])
    path = np.empty(len(emitted), np.intp)
    for frame in range(len(emitted) - 1, -1, -1):
        if (place := place_of.get(int(state))) is not None:
            state = pauses[jumped[frame, place]]
        path[frame] = state
        state = froms[back[frame, state], state]
    return path
