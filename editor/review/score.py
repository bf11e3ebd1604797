"""From signals to a score: how likely it is that a span of the text is wrong.

A logistic model; its weights are plain numbers, made by `python -m tests.tools.fit_doubts FOLDER`
from synthetic voices and seven minutes of recordings, with the errors of a small model and with
planted ones.
"""

from __future__ import annotations

from collections.abc import Mapping
from math import exp

from editor.review.signals import Signals

Weights = Mapping[str, float]

#: By hand, since the fitted texts have too few: a name in several spellings is wrong somewhere.
_SPELLED_OTHERWISE = 3.0
#: The same of terms of the glossary that sound more like what was said: of 16 such places that
#: were measured, 15 were wrong.
_SOUNDS_LIKE = 3.0

#: Where the words were listened for.
SCORED: Weights = {
    "bias": -4.15,
    "alike": -1.0,
    "beside": 0.6,
    "different": 4.36,
    "gain": 0.06,
    "heard_rare": 2.35,
    "heard_unknown_alike": -1.4,
    "least_alike": -1.36,
    "not_heard": 5.35,
    "not_written": 6.55,
    "not_written_unsure": -2.37,
    "passed_over": -2.23,
    "unlikely": 0.21,
    "unsure": 2.61,
    "unsure_near": 0.24,
    "written_rare": -2.58,
    "written_unknown": 1.34,
    "sounds_like": _SOUNDS_LIKE,
    "spelled_otherwise": _SPELLED_OTHERWISE,
}
#: Where they were not.
UNSCORED: Weights = {
    "bias": -4.14,
    "alike": -1.69,
    "beside": 0.6,
    "different": 5.53,
    "heard_rare": 2.38,
    "heard_unknown_alike": -1.35,
    "least_alike": -2.07,
    "not_heard": 6.91,
    "not_written": 6.54,
    "not_written_unsure": -2.37,
    "passed_over": -2.21,
    "unsure": 2.61,
    "unsure_near": 0.23,
    "written_rare": -1.55,
    "written_unknown": 1.16,
    "sounds_like": _SOUNDS_LIKE,
    "spelled_otherwise": _SPELLED_OTHERWISE,
}


def score_of(signals: Signals, *, is_scored: bool) -> float:
    """The score of a span, in [0, 1], greater is worse; by the weights for what was done."""
    weights = SCORED if is_scored else UNSCORED
    total = weights["bias"] + sum(weights.get(name, 0.0) * value for name, value in signals.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, total))))
