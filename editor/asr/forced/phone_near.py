"""Words found in phones that are hard to hear, near where another ear puts them.

Under other voices the likeliest path through a text's phones follows whoever is heard best. So each
frame of a word costs the more, the further it is from where the word is expected.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from editor.asr.forced.phone_path import PhoneSpan, States, Ways, spans_of
from editor.asr.forced.viterbi import best_path

#: Within so many frames a word is where it is expected; further off, each of its frames costs so
#: much for each frame between, in nats, up to so many.
_SLACK_FRAMES, _COST, _FURTHEST = 3, 0.06, 100
#: However unlikely a phone is beside the likeliest, another voice may drown it.
_LEAST = -10.0


def words_near(
    heard: NDArray[np.float32],
    said: Sequence[Ways],
    expected: Sequence[tuple[float, float]],
    *,
    blank: int,
    boundary: int,
) -> list[PhoneSpan | None]:
    """Where each word is, as `phone_path.found_words`, near its frames [first, end) in `expected`.

    Words never change places.
    """
    states = States.of(said)
    top = heard.max(axis=1)
    emitted = np.maximum(states.emitted(heard, blank, boundary) - top[:, None], _LEAST)
    frames = np.arange(len(heard))[:, None]
    firsts, ends = np.array(expected, np.float32).reshape(-1, 2).T
    off = np.maximum(firsts - frames, frames - ends) - _SLACK_FRAMES
    costs = (_COST * np.clip(off, 0, _FURTHEST)).astype(np.float32)
    words = np.array(states.words)
    (own,) = np.nonzero(words >= 0)
    emitted[:, own] -= costs[:, words[own]]
    path = best_path(emitted, states.ways, firsts=states.firsts, lasts=states.lasts)
    return spans_of(path, states, emitted, np.zeros_like(top), len(said))
