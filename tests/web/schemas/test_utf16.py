from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.edits.utf16 import code_point_offset, utf16_length, utf16_spans
from editor.errors import InvalidValue


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_length_and_offsets_agree_with_an_encoder(text: str) -> None:
    assert utf16_length(text) == units(text)
    for index in range(len(text) + 1):
        assert code_point_offset(text, units(text[:index])) == index


def test_words_after_emoji_stand_where_the_browser_sees_them() -> None:
    text = "a 👩‍🎤 b\u0301 𝒞d"
    words = text.split()
    assert utf16_spans(text, words) == [
        (units(text[: text.index(word)]), units(word)) for word in words
    ]


@pytest.mark.parametrize("offset", [-1, 4])
def test_offset_outside_the_text_is_refused(offset: int) -> None:
    with pytest.raises(InvalidValue, match="has changed here"):
        code_point_offset("a😀", offset)
