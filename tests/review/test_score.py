from __future__ import annotations

from editor.document import split_words
from editor.review.score import SCORED, UNSCORED, score_of
from editor.review.signals import Signals
from editor.review.spans import Span
from tests.bench.realistic import (
    Case,
    average_precision,
    damaged,
    disagreement,
    effort,
    wrong_words,
)
from tests.review.texts import evidence_of
from tests.tools.fit_doubts import BY_HAND, LISTENED_ONLY, fitted_weights

TRUTH = split_words("we met Elad in the old town and he sold us two red pears")
WRITTEN = split_words("we met Alad in the old town and he told us two red pears")


def case() -> Case:
    said = "we met Elad in the old town and he told|0.4 us two read pears"
    return Case(evidence_of(" ".join(WRITTEN), said), wrong_words(WRITTEN, TRUTH))


def test_wrong_words_are_those_that_the_truth_does_not_have() -> None:
    numbers = split_words("it cost $6 and more"), split_words("it cost six dollars more")
    assert wrong_words(WRITTEN, TRUTH) == {2, 9}
    assert wrong_words(*numbers) == {2, 3}
    assert wrong_words(split_words("it cost more"), split_words("it has cost more")) == {0}


def test_effort_counts_the_words_seen_until_the_errors_are_found() -> None:
    def perfect(span: Span, signals: Signals) -> float:
        return float(span.first in (2, 9))

    assert effort([case()], perfect, 0.5) == 1 / 14
    assert effort([case()], perfect, 1.0) == 2 / 14
    assert average_precision([case()], perfect) == 1.0
    assert effort([case()], disagreement, 1.0) > 3 / 14
    assert average_precision([case()], disagreement) < 1.0


def test_planted_errors_are_one_word_in_ten() -> None:
    words = [f"w{n}" for n in range(2000)]
    share = len(wrong_words(damaged(words, seed=1), words)) / len(words)
    assert 0.06 < share < 0.13


def test_more_against_a_word_is_a_higher_score() -> None:
    scores = [score_of({"unsure": unsure}, is_scored=True) for unsure in (0.0, 0.5, 1.0, 2.0)]
    assert scores == sorted(scores)
    assert score_of({"different": 1.0, "unlikely": 8.0}, is_scored=True) > scores[0] + 0.5


def test_the_fit_gives_what_the_score_is_made_of() -> None:
    cases = [case(), case()]
    names = {"bias"} | {name for _, signals, _ in cases[0].places() for name in signals}
    assert set(fitted_weights(cases, is_scored=True)) == names
    assert set(UNSCORED) == set(SCORED) - LISTENED_ONLY
    assert set(SCORED) >= BY_HAND
