"""How well words fit the phones that were heard: several wordings of one place compared."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from editor.asr.forced.pronunciations import Phones

#: Words said one after the other, each in one of its ways.
Chain = Sequence[Phones]

_NEVER = np.float32(-1e9)


def fits_of(
    heard: NDArray[np.float32], chains: Sequence[Chain], *, blank: int, boundary: int
) -> NDArray[np.float32]:
    """How much less likely each chain is than the likeliest of all tokens, in nats: 0 at best.

    `heard` is float32 (frames, tokens), log probabilities; `blank` and `boundary` are the tokens
    for nothing and for the edge of a word. Each chain is said from the first frame to the last,
    by Viterbi's path (see `phone_path`). float32 (chains,).
    """
    tokens, is_pause, is_there, is_skipped, ends = _states(chains, blank)
    emitted = heard[:, tokens]
    pause = np.logaddexp(heard[:, blank], heard[:, boundary])
    emitted = np.where(is_pause, pause[:, None, None], emitted) - heard.max(axis=1)[:, None, None]
    emitted = np.where(is_there, emitted, _NEVER)
    score = np.full(tokens.shape, _NEVER, np.float32)
    score[:, :2] = emitted[0, :, :2]
    for frame in emitted[1:]:
        best = score.copy()
        best[:, 1:] = np.maximum(best[:, 1:], score[:, :-1])
        over = np.where(is_skipped[:, 2:], score[:, :-2], _NEVER)
        best[:, 2:] = np.maximum(best[:, 2:], over)
        score = best + frame
    rows = np.arange(len(chains))
    fits: NDArray[np.float32] = np.maximum(score[rows, ends], score[rows, ends - 1])
    return fits


def _states(
    chains: Sequence[Chain], blank: int
) -> tuple[
    NDArray[np.intp], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.intp]
]:
    """Blank, phone, blank, phone, ..., blank for each chain: tokens, pauses, states, skips, ends.

    Between words the blank may be a pause; over the blank between two other phones leads a way.
    """
    said = [[phone for phones in chain for phone in phones] for chain in chains]
    ends = np.array([2 * len(phones) for phones in said], np.intp)
    shape = len(chains), int(ends.max()) + 1
    tokens = np.full(shape, blank, np.intp)
    is_pause, is_skipped = np.zeros(shape, bool), np.zeros(shape, bool)
    for row, (chain, phones) in enumerate(zip(chains, said, strict=True)):
        tokens[row, 1 : ends[row] : 2] = phones
        is_pause[row, [0, *(2 * count for count in accumulate(map(len, chain)))]] = True
        others = [n for n in range(1, len(phones)) if phones[n] != phones[n - 1]]
        is_skipped[row, [2 * n + 1 for n in others]] = True
    is_there = np.arange(shape[1]) <= ends[:, None]
    return tokens, is_pause, is_there, is_skipped, ends
