"""Fits the weights of the doubts: `python -m tests.tools.fit_doubts [FOLDER]`.

Prints what `editor.review.score` holds. Fitted on are the errors of `tiny.en` and planted ones, in
the passages made for it and in those of FOLDER: recordings (`*.wav`) with their true texts
(`*.txt`).
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.bench.passages import FITTED
from tests.bench.realistic import Case, folder_cases, planted_cases, spoken_cases

#: What is known only where the words were listened for.
LISTENED_ONLY = {"unlikely", "gain"}
#: Too rare in the data to be fitted.
BY_HAND = {"spelled_otherwise"}
_PENALTY = 3.0
_ROUNDS = 60


def fitted_weights(cases: Sequence[Case], *, is_scored: bool) -> dict[str, float]:
    """Weights by logistic regression (Newton's method), with a penalty on their squares."""
    places = [
        (signals, bool(words & case.wrong)) for case in cases for _, signals, words in case.places()
    ]
    left_out = BY_HAND if is_scored else BY_HAND | LISTENED_ONLY
    names = sorted({name for signals, _ in places for name in signals} - left_out)
    table = np.array([[signals.get(name, 0.0) for name in names] for signals, _ in places])
    weights = _regression(table, np.array([is_wrong for _, is_wrong in places], float))
    return dict(zip(["bias", *names], (round(float(w), 2) for w in weights), strict=True))


def _regression(table: NDArray[np.float64], wrong: NDArray[np.float64]) -> NDArray[np.float64]:
    mean, spread = table.mean(0), table.std(0) + 1e-9
    scaled = np.column_stack([np.ones(len(table)), (table - mean) / spread])
    penalty = _PENALTY * np.diag([0.0, *np.ones(table.shape[1])])
    weights = np.zeros(scaled.shape[1])
    for _ in range(_ROUNDS):
        guess = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (guess - wrong) + penalty @ weights
        curve = (scaled * (guess * (1 - guess))[:, None]).T @ scaled + penalty
        weights -= np.linalg.solve(curve, slope)
    plain = weights[1:] / spread
    return np.concatenate([[weights[0] - plain @ mean], plain])


def main() -> None:
    cases = [*spoken_cases(FITTED), *planted_cases(FITTED)]
    if len(sys.argv) > 1:
        for is_planted in (False, True):
            cases += folder_cases(Path(sys.argv[1]), is_planted=is_planted)
    for is_scored in (True, False):
        name = "SCORED" if is_scored else "UNSCORED"
        print(f"{name}: Weights = {fitted_weights(cases, is_scored=is_scored)}")


if __name__ == "__main__":
    main()
