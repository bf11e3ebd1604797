"""Where letters are said: forced alignment with a model that gives each frame a letter or a blank.

The best path through "blank, letter, blank, letter, ..., blank", by dynamic programming over frames
(Graves et al. 2006, the alignment of CTC; Viterbi's algorithm).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

#: Stands for a letter that the model does not know: any of its letters, but no blank.
ANY = -1


def letter_frames(
    log_probs: NDArray[np.float32], letters: Sequence[int], *, blank: int
) -> list[tuple[int, int]]:
    """The frames [first, end) of each letter on the likeliest path.

    `log_probs`: float32 (frames, tokens), logs of probabilities. `letters` are tokens other than
    `blank`, or `ANY`. Empty where there are too few frames for the letters.
    """
    count = len(letters)
    doubled = sum(a == b for a, b in pairwise(letters))
    if not count or len(log_probs) < count + doubled:
        return []
    states = 2 * count + 1
    emitted = _emitted(log_probs, letters, blank)
    # Over the blank between two letters goes only who has another letter behind it.
    skips = np.zeros(states, bool)
    skips[3::2] = [a != b for a, b in pairwise(letters)]
    score = np.full(states, -np.inf, np.float32)
    score[:2] = emitted[0, :2]
    back = np.zeros((len(emitted), states), np.int8)
    for frame in range(1, len(emitted)):
        ways = np.full((3, states), -np.inf, np.float32)
        ways[0] = score
        ways[1, 1:] = score[:-1]
        ways[2, 2:] = np.where(skips[2:], score[:-2], -np.inf)
        back[frame] = ways.argmax(axis=0)
        score = ways.max(axis=0) + emitted[frame]
    return _followed_back(back, score, count)


def _emitted(
    log_probs: NDArray[np.float32], letters: Sequence[int], blank: int
) -> NDArray[np.float32]:
    """The log probability of each state in each frame."""
    any_letter = np.delete(log_probs, blank, axis=1).max(axis=1)
    emitted = np.empty((len(log_probs), 2 * len(letters) + 1), np.float32)
    emitted[:, 0::2] = log_probs[:, [blank]]
    for n, letter in enumerate(letters):
        emitted[:, 2 * n + 1] = any_letter if letter == ANY else log_probs[:, letter]
    return emitted


def _followed_back(
    back: NDArray[np.int8], score: NDArray[np.float32], count: int
) -> list[tuple[int, int]]:
    state = len(score) - 1 if score[-1] >= score[-2] else len(score) - 2
    spans = [(0, 0)] * count
    for frame in range(len(back) - 1, -1, -1):
        letter, is_letter = divmod(state, 2)
        if is_letter:
            end = spans[letter][1] or frame + 1
            spans[letter] = (frame, end)
        state -= int(back[frame, state])
    return spans
