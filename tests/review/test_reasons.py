from __future__ import annotations

import pytest

from editor.review import doubts_of
from tests.review.texts import evidence_of


@pytest.mark.parametrize(
    ("written", "said", "why"),
    [
        (
            "it is a clevency of scale",
            "it is a equivalency of scale",
            "heard “equivalency”, sure (90%); “clevency” is in no dictionary",
        ),
        (
            "before the equinox came",
            "before the Econox came",
            "heard “Econox”, sure (90%); sounds like what is written; "
            "but “Econox” is in no dictionary",
        ),
        (
            "we saw the dog there",
            "we saw the house|0.6 there",
            "heard “house”, likely (60%); sounds nothing like what is written",
        ),
        ("we went to town", "we all went to town", "heard “all”, sure (90%), and not written"),
        ("we all went to town", "we went to town", "nothing like it was heard here"),
    ],
)
def test_a_person_reads_why_a_place_is_in_doubt(written: str, said: str, why: str) -> None:
    assert doubts_of(evidence_of(written, said))[0].why == why


def test_a_word_beside_others_that_were_heard_otherwise_says_so() -> None:
    doubts = doubts_of(evidence_of("a mare gold ship", "a marigold|0.3 gold|0.4 ship"))
    reasons = {doubt.written: doubt.why for doubt in doubts}
    assert reasons["gold"] == "heard the same, not sure (40%); beside words heard otherwise"
    assert reasons["ship"] == "heard the same, sure (90%)"
