from __future__ import annotations

import random

import pytest

from editor.align import (
    comparable,
    coverage_of,
    link_spoken,
    outside,
    place_words,
    spread,
)
from editor.document import RecognisedWord


def recognised_line(text: str, start_ms: int = 0, first_id: int = 0) -> list[RecognisedWord]:
    return [
        RecognisedWord(first_id + i, word, start_ms + i * 400, start_ms + i * 400 + 300, 0.9)
        for i, word in enumerate(text.split())
    ]


def placed(
    text: str, recognised: list[RecognisedWord], end_ms: int
) -> list[tuple[str, int, int, str]]:
    texts = text.split()
    spoken = [any(c.isalnum() for c in word) for word in texts]
    links = link_spoken(texts, spoken, recognised)
    words = place_words(texts, spoken, links, recognised, start_ms=0, end_ms=end_ms)
    return [(word.text, word.start_ms, word.end_ms, word.origin) for word in words]


def test_equal_words_take_the_recognised_time_whatever_their_case() -> None:
    assert placed("Hello, World!", recognised_line("hello world"), 1000) == [
        ("Hello,", 0, 300, "heard"),
        ("World!", 400, 700, "heard"),
    ]


def test_joined_and_split_words_cover_the_whole_time() -> None:
    assert placed("go everyday now", recognised_line("go every day now"), 2000)[1] == (
        "everyday",
        400,
        1100,
        "heard",
    )


def test_a_word_recognised_as_two_others_begins_where_the_first_of_them_does() -> None:
    words = placed(
        "coding, multilinguality, cost", recognised_line("coding modeling duality cost"), 2000
    )
    assert words[1][1:3] == (400, 1100)


def test_lost_word_stands_between_its_neighbours_and_is_never_empty() -> None:
    words = placed("one two three", recognised_line("one three"), 1000)
    assert words[0][1] <= words[1][1] < words[1][2] <= words[2][1]
    assert words[1][3] == "placed"


def test_a_lost_word_beside_an_unwritten_passage_stands_at_its_neighbour() -> None:
    advert = "this show is brought to you by a maker of fine shoes"
    paused = [*recognised_line(advert), *recognised_line(advert, 12_000, 20)]
    text = "do you think that this is right for all of us"
    words = placed(f"Why {text}", [*paused, *recognised_line(text, 17_000, 40)], 30_000)
    assert 16_700 <= words[0][1] < words[0][2] <= words[1][1] == 17_000


@pytest.mark.parametrize(
    ("written", "said"), [("Привет, мир", "привет мир"), ("ＡＢＣ", "abc"), ("Straße", "STRASSE")]
)
def test_every_script_compares(written: str, said: str) -> None:
    assert [comparable(w) for w in written.split()] == [comparable(w) for w in said.split()]


def test_text_of_another_recording_is_hardly_recognised() -> None:
    chance = random.Random(3)
    common = ["the", "and", "of", "a", "to", "in"]
    texts = [chance.choice(common) if chance.random() < 0.4 else f"x{n}" for n in range(400)]
    other = [chance.choice(common) if chance.random() < 0.4 else f"y{n}" for n in range(400)]
    recognised = recognised_line(" ".join(other))
    spoken = [True] * len(texts)
    links = link_spoken(texts, spoken, recognised)
    words = place_words(texts, spoken, links, recognised, start_ms=0, end_ms=160_000)
    assert coverage_of(words, spoken, links, recognised).written_share < 0.1


def test_report_names_the_passages_of_either_side() -> None:
    recognised = recognised_line("one two three four this part is not in it nine ten eleven twelve")
    texts = ["one", "two", "three", "four", "nine", "ten", "eleven", "twelve"]
    spoken = [True] * len(texts)
    links = link_spoken(texts, spoken, recognised)
    words = place_words(texts, spoken, links, recognised, start_ms=0, end_ms=9000)
    (passage,) = coverage_of(words, spoken, links, recognised).unmatched_spans
    assert (passage.kind, passage.first_word, passage.text) == (
        "not_written",
        4,
        "this part is not in it",
    )


def test_time_is_shared_by_weight_across_intervals() -> None:
    assert spread([1, 3], [(0, 100), (200, 300)]) == [(0, 50), (50, 300)]
    assert outside([(0, 500), (700, 900)], (100, 1000)) == [(500, 700), (900, 1000)]
