"""The likeliest path of letters, against trying all paths."""

from __future__ import annotations

from itertools import groupby, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from editor.asr.forced.viterbi import ANY, letter_frames
from tests.support.chance import examples

BLANK, TOKENS = 0, 4


def read(path: tuple[int, ...]) -> list[int]:
    return [token for token, _ in groupby(path) if token != BLANK]


def best(log_probs: np.ndarray, letters: list[int]) -> float:
    paths = (p for p in product(range(TOKENS), repeat=len(log_probs)) if read(p) == letters)
    return max((sum(log_probs[f, t] for f, t in enumerate(p)) for p in paths), default=-np.inf)


@examples(60)
@given(
    st.integers(0, 10**6),
    st.integers(1, 6),
    st.lists(st.integers(1, TOKENS - 1), min_size=1, max_size=4),
)
def test_no_other_path_is_likelier(seed: int, frames: int, letters: list[int]) -> None:
    chance = np.random.default_rng(seed)
    log_probs = np.log(chance.dirichlet(np.ones(TOKENS), frames)).astype(np.float32)
    spans = letter_frames(log_probs, letters, blank=BLANK)
    likeliest = best(log_probs, letters)
    if not spans:
        assert likeliest == -np.inf
        return
    path = [BLANK] * frames
    for letter, (first, end) in zip(letters, spans, strict=True):
        path[first:end] = [letter] * (end - first)
    assert read(tuple(path)) == letters
    assert abs(sum(log_probs[f, t] for f, t in enumerate(path)) - likeliest) < 1e-3


def test_an_unknown_letter_may_be_any_but_no_blank() -> None:
    log_probs = np.log(np.array([[8, 1, 1], [1, 8, 1], [8, 1, 1], [1, 1, 8]]) / 10)
    assert letter_frames(log_probs.astype(np.float32), [ANY, 2], blank=0) == [(1, 2), (3, 4)]


def test_without_letters_there_is_nothing_to_find() -> None:
    assert letter_frames(np.zeros((5, 3), np.float32), [], blank=0) == []
