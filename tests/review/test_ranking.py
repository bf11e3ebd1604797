from __future__ import annotations

import pytest

from editor.review import Doubt, doubts_of
from tests.review.texts import evidence_of


def open_doubts(written: str, said: str) -> list[Doubt]:
    """In the order of the text, without what was heard as it is written."""
    doubts = [doubt for doubt in doubts_of(evidence_of(written, said)) if doubt.kind != "unsure"]
    return sorted(doubts, key=lambda doubt: doubt.first_word)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("So we paid $6 for it.", "so we paid six dollars for it"),
        ("It grew by 20% that year", "it grew by twenty percent that year"),
        ("About 5.5 million people came", "about five and a half million people came"),
        ("It's the colour we'd liked", "it is the color we would liked"),
        ("HELLO - there, my Friend!", "Hello there my friend"),
    ],
)
def test_what_a_voice_says_alike_is_no_doubt(written: str, said: str) -> None:
    assert open_doubts(written, said) == []


def test_several_words_heard_otherwise_are_one_doubt() -> None:
    (doubt,) = open_doubts("I asked a lot about the news", "I asked Elad about the news")
    assert (doubt.kind, doubt.first_word, doubt.last_word) == ("different", 2, 3)
    assert (doubt.written, doubt.heard) == ("a lot", "Elad")
    assert doubt.why.startswith("heard “Elad”, sure (90%)")


def test_words_that_only_one_side_has() -> None:
    missing, extra = open_doubts(
        "we went to town and then we ate some pears", "we all went to town and then we ate"
    )
    assert (missing.kind, missing.first_word, missing.last_word) == ("not_written", 1, 0)
    assert (missing.heard, missing.start_ms, missing.end_ms) == ("all", 400, 700)
    assert (extra.kind, extra.written, extra.heard) == ("not_heard", "some pears", "")


def test_what_stands_twice_and_was_said_once_is_repeated() -> None:
    (doubt,) = open_doubts(
        "the wind came up the wind came up and they reefed the sail",
        "the wind came up and they reefed the sail",
    )
    assert (doubt.kind, doubt.written) == ("repeated", "the wind came up")


def test_of_a_word_written_twice_and_heard_once_both_are_in_doubt() -> None:
    (doubt,) = open_doubts("of which the the factor wrote", "of which the factor wrote")
    assert (doubt.kind, doubt.first_word, doubt.last_word) == ("repeated", 2, 3)
    assert (doubt.written, doubt.heard) == ("the the", "the")
    assert doubt.why == "repeated in the text, heard once"


def test_words_missing_beside_one_that_is_alike_are_a_doubt_of_their_own() -> None:
    missing, different = open_doubts(
        "praised the rope, alum, and complained",
        "praised the rope forgave the album and complained",
    )
    assert (missing.kind, missing.first_word, missing.heard) == ("not_written", 3, "forgave the")
    assert (different.written, different.heard) == ("alum,", "album")
    different, extra = open_doubts("praised the alum quite early", "praised the album early")
    assert (different.written, different.heard) == ("alum", "album")
    assert (extra.kind, extra.written) == ("not_heard", "quite")


def test_unsure_words_come_last_and_the_least_sure_first() -> None:
    doubts = doubts_of(evidence_of("we met Alad in town", "we met Elad in|0.5 town"))
    assert [doubt.kind for doubt in doubts] == ["different", *["unsure"] * 4]
    assert doubts[1].written == "in"
    assert [d.kind for d in doubts_of(evidence_of("a b", "a b"), least_score=0.9)] == []


def test_listening_is_told_and_counts() -> None:
    said = "we met Elad in town"
    likely, unlikely = (
        doubts_of(
            evidence_of(
                "we met Alad in town",
                said,
                written_logs=[-0.1, -0.1, log, -0.1, -0.1],
                recognised_logs=[-0.1, -0.1, -0.2, -0.1, -0.1],
            )
        )[0]
        for log in (-0.3, -7.0)
    )
    assert unlikely.why.endswith("fits the sound better than the text")
    assert "fits the sound" not in likely.why
