"""From signals to a score: how likely it is that a span of the text is wrong.

A logistic model; its weights are plain numbers, made by `python -m tests.tools.fit_doubts FOLDER`
from synthetic voices and seven minutes of recordings.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from editor.review.signals import Signals

Weights = Mapping[str, float]

#: By hand, since the fitted texts have too few: a name in several spellings is wrong somewhere.
_SPELLED_OTHERWISE = 3.0

#: Where the words were listened for.
LISTENED: Weights = {
    "bias": -4.14,
    "different": 3.25,
    "gain": 0.24,
    "not_heard": 2.64,
    "not_written": 4.36,
    "not_written_unsure": -2.39,
    "unlikely": 0.48,
    "unsure": 3.19,
    "unsure_near": 1.25,
    "spelled_otherwise": _SPELLED_OTHERWISE,
}
#: Where they were not.
NOT_LISTENED: Weights = {
    "bias": -4.1,
    "different": 4.92,
    "not_heard": 4.21,
    "not_written": 4.36,
    "not_written_unsure": -2.38,
    "unsure": 3.19,
    "unsure_near": 1.16,
    "spelled_otherwise": _SPELLED_OTHERWISE,
}


def score_of(signals: Signals, *, is_listened: bool) -> float:
    """The score of a span, in [0, 1], greater is worse; by the weights for what was done."""
    weights = LISTENED if is_listened else NOT_LISTENED
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in signals.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
