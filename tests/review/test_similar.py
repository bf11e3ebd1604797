from __future__ import annotations

import random
import time

import pytest

from editor.document import split_words
from editor.review.similar import similar_places
from editor.review.spellings import may_be_the_same, other_spellings, spelling_groups

TEXT = split_words("""
Welcome back to No Priers. We talk about Deepseek with Alad. It is open, and "deep-seek" is cheap.
Alad asked why DeepSeq won; I asked a lot too. Find NoPryersPod or no-priers.com. Deep seek it is.
""")


def found(wanted: str) -> list[tuple[str, str]]:
    return [(place.text, place.likeness) for place in similar_places(TEXT, wanted)]


def test_places_in_other_case_spelling_and_over_several_words() -> None:
    assert found("DeepSeek") == [
        ("Deepseek", "case"),
        ("deep-seek", "spelling"),
        ("DeepSeq", "spelling"),
        ("Deep seek", "spelling"),
    ]
    assert found("no priers") == [("No Priers", "case"), ("no-priers.com", "spelling")]


def test_places_by_sound() -> None:
    assert found("Elad") == [("Alad", "sound"), ("Alad", "sound"), ("a lot", "sound")]


def test_place_tells_its_words() -> None:
    (place, *_) = similar_places(TEXT, "No Priers")
    assert (place.first_word, place.last_word, place.score) == (3, 4, 1.0)


@pytest.mark.parametrize("wanted", ["", "—", "xylophone"])
def test_what_is_nowhere_is_not_found(wanted: str) -> None:
    assert similar_places(TEXT, wanted) == []


def test_a_long_text_is_searched_at_once() -> None:
    chance = random.Random(5)
    known = [
        "".join(chance.choice("abdeiklmnorstu") for _ in range(chance.randint(1, 9)))
        for _ in range(12_000)
    ]
    words = [chance.choice(known) for _ in range(100_000)]
    words[50_000] = "deep-seek"
    started = time.process_time()
    places = similar_places(words, "DeepSeek")
    assert time.process_time() - started < 1.5  # 0.3 s on an idle machine
    assert 50_000 in [place.first_word for place in places]


def test_names_are_grouped_by_what_they_may_mean() -> None:
    groups = spelling_groups(TEXT, [("a lot", "Elad"), ("Alad", "Elad"), ("why", "how")])
    doubtful = [group for group in groups if group.is_doubtful]
    assert sorted(sorted(group.spellings.items()) for group in doubtful) == [
        [("Alad", 2), ("a lot", 1)],
        [("DeepSeq", 1), ("Deepseek", 1), ("deep-seek", 1)],
        [("No Priers", 1), ("NoPryersPod", 1), ("no-priers.com", 1)],
    ]
    assert [group.heard for group in doubtful if "Alad" in group.spellings] == [("Elad",)]


def test_each_word_of_such_a_name_knows_another_spelling() -> None:
    others = other_spellings(TEXT)
    assert others[TEXT.index("Deepseek")] in ("deep-seek", "DeepSeq")
    assert TEXT.index("Alad.") not in others


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("America", "American"),
        ("Murray Gellman", "Murray"),
        ("Anna", "Otto"),
        ("V3", "V4"),
        ("self-improving", "self-driving"),
        ("AIs", "AI's"),
    ],
)
def test_different_names_are_not_the_same(one: str, other: str) -> None:
    assert not may_be_the_same(one, other)
