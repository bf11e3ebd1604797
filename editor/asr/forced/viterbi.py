"""Where letters or phones are said: the likeliest path through states, by dynamic programming.

For models that give each frame a token or a blank (CTC, Graves et al. 2006); Viterbi's algorithm.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

#: Stands for a letter that the model does not know: any of its letters, but no blank.
ANY = -1


def best_path(
    emitted: NDArray[np.float32],
    ways: Sequence[Sequence[int]],
    *,
    firsts: Sequence[int],
    lasts: Sequence[int],
) -> NDArray[np.intp]:
    """The state of each frame on the likeliest path from one of `firsts` to one of `lasts`.

    `emitted`: float32 (frames, states), the log probability of each state in each frame. `ways` has
    the states from which each state is reached, itself first if it may last. Empty where no
    path is as short as the frames.
    """
    if not len(emitted):
        return np.empty(0, np.intp)
    froms = reached_from(ways)
    states = np.arange(len(ways))
    score = np.full(len(ways), -np.inf, np.float32)
    score[list(firsts)] = emitted[0, list(firsts)]
    back = np.zeros((len(emitted), len(ways)), np.int8)
    for frame in range(1, len(emitted)):
        scores = score[froms]
        back[frame] = best = scores.argmax(axis=0)
        score = scores[best, states] + emitted[frame]
    state = max(lasts, key=lambda last: score[last])
    if score[state] == -np.inf:
        return np.empty(0, np.intp)
    path = np.empty(len(emitted), np.intp)
    for frame in range(len(emitted) - 1, -1, -1):
        path[frame] = state
        state = froms[back[frame, state], state]
    return path


def reached_from(ways: Sequence[Sequence[int]]) -> NDArray[np.intp]:
    """The states from which each is reached, as (most ways, states); the first again where fewer.

    >>> reached_from([[0], [1, 0]]).tolist()
    [[0, 1], [0, 0]]
    """
    most = max(map(len, ways))
    return np.array([[*way, *[way[0]] * (most - len(way))] for way in ways], np.intp).T.copy()


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
    # Blank, letter, blank, letter, ..., blank. Over the blank between two letters goes only who
    # has another letter behind it.
    ways = [[0]]
    for n, letter in enumerate(letters):
        is_other = n and letter != letters[n - 1]
        ways += [[2 * n + 1, 2 * n, *([2 * n - 1] if is_other else [])], [2 * n + 2, 2 * n + 1]]
    path = best_path(
        _emitted(log_probs, letters, blank),
        ways,
        firsts=(0, 1),
        lasts=(2 * count, 2 * count - 1),
    )
    bounds = np.searchsorted(path, np.arange(2 * count + 2)).tolist()
    return [(bounds[2 * n + 1], bounds[2 * n + 2]) for n in range(count)]


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
