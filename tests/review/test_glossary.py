from __future__ import annotations

import pytest

from editor.review import learned_terms, other_spellings


@pytest.mark.parametrize(
    ("before", "after", "learned"),
    [
        ("we met a lot, in town", "we met Elad, in town", ["Elad"]),
        ("it is a Deepseek model", "it is a DeepSeek model", ["DeepSeek"]),
        ("grafted on a white horn tree", "grafted on a hawthorn tree", ["hawthorn"]),
        ("So our of and Sarah Goo said", "So Harvey and Sarah Guo said", ["Harvey", "Guo"]),
        # No name, none that is new, and no correction.
        ("and than it ends", "and then it ends", []),
        ("it ends. than they", "it ends. Then they", []),
        ("with (Elad) there", "with Elad, there", []),
        ("we met", "we met Elad", []),
        ("one two three four five", "Anna Berta Cilly Dora Emma", []),
    ],
)
def test_names_and_rare_terms_put_for_other_words_are_learned(
    before: str, after: str, learned: list[str]
) -> None:
    assert learned_terms(before, after, "en") == learned


def test_without_a_list_of_words_only_names_are_learned() -> None:
    assert learned_terms("on a white horn tree", "on a hawthorn tree", None) == []
    assert learned_terms("mit Herr Meier", "mit Herrn Meyer", None) == ["Herrn Meyer"]


def test_a_spelling_of_the_glossary_is_right() -> None:
    words = ["we", "use", "DeepSeq", "and", "DeepSeek", "here"]
    assert other_spellings(words, ["DeepSeek"]) == {2: "DeepSeek"}
    assert other_spellings(["we", "use", "DeepSeq", "here"], ["DeepSeek"]) == {2: "DeepSeek"}
    assert other_spellings(["we", "use", "DeepSeek", "here"], ["DeepSeek", "Elad"]) == {}
