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
            "heard “equivalency”, sure (90%); “clevency” is not in the dictionary",
        ),
        (
            "before the equinox came",
            "before the Econox came",
            "heard “Econox”, sure (90%); sounds like the text; "
            "but “Econox” is not in the dictionary",
        ),
        (
            "we saw the dog there",
            "we saw the house|0.6 there",
            "heard “house”, likely (60%); does not sound like the text",
        ),
        (
            "we went to town",
            "we all went to town",
            "heard “all”, sure (90%), missing from the text",
        ),
        ("we all went to town", "we went to town", "nothing similar was heard here"),
    ],
)
def test_a_person_reads_why_a_place_is_in_doubt(written: str, said: str, why: str) -> None:
    assert doubts_of(evidence_of(written, said))[0].why == why


def test_a_word_beside_others_that_were_heard_otherwise_says_so() -> None:
    doubts = doubts_of(evidence_of("a mare gold ship", "a marigold|0.3 gold|0.4 ship"))
    reasons = {doubt.written: doubt.why for doubt in doubts}
    assert reasons["gold"] == "heard the same, not sure (40%); next to words heard differently"
    assert reasons["ship"] == "heard the same, sure (90%)"
