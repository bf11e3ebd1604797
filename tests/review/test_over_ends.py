"""Phrases that reach over the ends of texts."""

from __future__ import annotations

import pytest

from editor.review import Correction, Spanning, spanning


def found(texts: list[str], old: str, **flags: bool) -> list[Spanning]:
    return list(spanning(texts, Correction(old, "", **flags)))


def test_a_phrase_is_found_over_one_end_and_more() -> None:
    texts = [" things which", "is", "both new and old", "of things"]
    assert found(texts, "which is both") == [Spanning(0, 8, 2, 4, "which is both")]
    assert found(texts, "WHICH IS", any_case=True) == [Spanning(0, 8, 1, 2, "which is")]
    assert found(texts, "old of") == [Spanning(2, 13, 3, 2, "old of")]
    assert found(["私は学", "生です"], "学生") == [Spanning(0, 2, 1, 1, "学生")]


@pytest.mark.parametrize(
    ("old", "flags"),
    [
        ("things", {}),
        ("which ", {}),
        ("hich is b", {"is_whole_word": True}),
        ("which.is", {"is_pattern": True}),
        ("which is", {"is_similar": True}),
        ("both things", {}),
    ],
)
def test_what_is_within_a_text_or_no_phrase_is_left_to_others(
    old: str, flags: dict[str, bool]
) -> None:
    assert found(["things which", "is both", "things"], old, **flags) == (
        [Spanning(1, 3, 2, 6, "both things")] if old == "both things" else []
    )
    assert found([], old, **flags) == []
    assert found(["", " ", ""], old, **flags) == []
