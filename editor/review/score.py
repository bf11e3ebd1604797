"""From signals to a score: how likely it is that a span of the text is wrong.

A logistic model; its weights are plain numbers, made by `python -m tests.tools.fit_doubts`.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from editor.review.signals import Signals

Weights = Mapping[str, float]

#: Where the words were listened for.
LISTENED: Weights = {"bias": -3.0, "different": 3.0, "unsure": 2.0}
#: Where they were not.
NOT_LISTENED: Weights = {"bias": -3.0, "different": 3.0, "unsure": 2.0}


def score_of(signals: Signals) -> float:
    """The score of a span, in [0, 1]; greater is worse."""
    weights = LISTENED if signals.keys() & {"unsure_listened", "unlikely"} else NOT_LISTENED
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in signals.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
