"""Fillers of each language, and what is none."""

from __future__ import annotations

from dataclasses import replace

import pytest

from editor.document import Segment, Word, split_words
from editor.edits import strike
from editor.review import find_fillers


def said(text: str) -> Segment:
    words = enumerate(split_words(text))
    return Segment("a", text, tuple(Word(w, 100 * n, 100 * n + 90) for n, w in words))


@pytest.mark.parametrize(
    ("language", "text", "sure", "likely"),
    [
        (
            "en",
            "So, ummmm, I mean it was, you know, good. UH!",
            ["ummmm,", "UH!"],
            ["I mean", "you know,"],
        ),
        ("de", "er sagte äääh um acht, ähm, halt nicht", ["äääh", "ähm,"], ["halt"]),
        ("fr", "euuuh je suis d'accord, heu", ["euuuh", "heu"], []),
        ("pl", "vitamina e, eeee, yyy", ["eeee,", "yyy"], []),
        ("ja", "今日は、えーと、いい天気", ["えーと、"], []),
        ("zh", "呃我想那个好", ["呃"], ["那个"]),
        ("ar", "آه نعم يعني لا", ["آه"], ["يعني"]),
        (None, "um like hmm", ["hmm"], []),
        ("xx", "ähm no", ["ähm"], []),
    ],
)
def test_fillers_are_found_by_language(
    language: str | None, text: str, sure: list[str], likely: list[str]
) -> None:
    found = find_fillers([said(text)], language)
    assert [one.written for one in found if one.is_sure] == sure
    assert [one.written for one in found if not one.is_sure] == likely


def test_a_filler_has_its_place_and_goes_once_it_is_struck_out() -> None:
    segment = said("we can, um, go on")
    (one,) = find_fillers([segment], "en")
    assert (one.before, one.written, one.after) == ("we can,", "um,", "go on")
    assert (one.first_word, one.last_word, one.start_ms, one.end_ms) == (2, 2, 200, 290)
    assert find_fillers([strike(segment, [(2, 2)])], "en") == []
    assert find_fillers([replace(segment, kind="sound")], "en") == []
