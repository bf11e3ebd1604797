from __future__ import annotations

import pytest

from editor.document import Segment, Transcript, Word, split_words, spoken_flags
from editor.errors import InvariantBroken


def segment(text: str, *times: tuple[int, int], segment_id: str = "a") -> Segment:
    words = tuple(Word(w, *t) for w, t in zip(split_words(text), times, strict=True))
    return Segment(segment_id, text, words)


def test_words_with_the_space_between_give_the_text() -> None:
    assert segment("Hey  you.", (0, 100), (100, 300)).end_ms == 300


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ((Word("b", 0, 100),), "does not match the text"),
        ((Word("a", 0, 100),), "has no words"),
        ((Word("a", 100, 200), Word("b", 50, 200)), "starts before the word in front of it"),
        ((Word("a", 0, 19), Word("b", 50, 200)), "lasts less than 20 ms"),
    ],
)
def test_broken_segment_is_refused(words: tuple[Word, ...], reason: str) -> None:
    with pytest.raises(InvariantBroken, match=reason):
        Segment("s", "a b", words)


def test_segments_start_in_order() -> None:
    first, second = segment("a", (500, 600)), segment("b", (400, 700), segment_id="b")
    with pytest.raises(InvariantBroken, match="it starts before the previous segment") as broken:
        Transcript((first, second))
    assert broken.value.segment_id == "b"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("one", ["one"]),
        ("don't - stop!", ["don't", "-", "stop!"]),
        ("「今日は、コーヒー」", ["「今", "日", "は、", "コー", "ヒー」"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("한국어 문장", ["한국어", "문장"]),
        ("iPhone手机2024年", ["iPhone", "手", "机", "2024", "年"]),
    ],
)
def test_words_follow_the_script(text: str, words: list[str]) -> None:
    assert split_words(text) == words


@pytest.mark.parametrize(
    ("text", "kind", "flags"),
    [
        ("(upbeat music)", "sound", [False, False]),
        ("well (laughs) yes", "speech", [True, False, True]),
        ("well (I mean it)", "speech", [True, True, True, True]),
        ("[loud crash] go", "speech", [False, False, True]),
        ("♪ la la ♪ - so", "speech", [False, False, False, False, False, True]),
    ],
)
def test_sounds_and_lone_marks_are_not_spoken(text: str, kind: str, flags: list[bool]) -> None:
    assert spoken_flags(text, kind="sound" if kind == "sound" else "speech") == flags
