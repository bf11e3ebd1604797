from __future__ import annotations

from dataclasses import replace

import pytest

from editor.document import Segment, Turn, Word
from editor.review import DismissedDoubt, Named, Voices, is_dismissed, speaker_doubts

#: One voice says twelve words, another the next twelve.
TURNS = (Turn(0, 3000, 0), Turn(3000, 6000, 1))
NAMED = (Named("Ada", 0, 3000), Named("Bob", 3000, 6000))


def segment(at: int, count: int, *, speaker: str | None = None, new_turn: bool = False) -> Segment:
    """Words at, at + 1 ... of the recording, four a second."""
    words = [Word(f"w{n}", 250 * n, 250 * n + 240) for n in range(at, at + count)]
    text = " ".join(word.text for word in words)
    return Segment(f"s{at}", text, tuple(words), speaker=speaker, new_turn=new_turn)


def found(
    *segments: Segment, turns: tuple[Turn, ...] = TURNS, named: tuple[Named, ...] = NAMED
) -> list[tuple[str, str, int, str]]:
    return [
        (key, one.kind, one.first_word, one.heard)
        for key, doubts in speaker_doubts(segments, Voices(turns, named)).items()
        for one in doubts
    ]


def test_another_voice_within_a_segment_and_at_its_start() -> None:
    assert found(segment(0, 24, speaker="Ada")) == [("s0", "another_voice", 12, "Bob")]
    above, below = segment(0, 12, speaker="Ada"), segment(12, 12, speaker="Ada")
    assert found(above, below) == [("s12", "another_voice", 0, "Bob")]
    assert found(segment(0, 24), named=()) == [("s0", "another_voice", 12, "")]


def test_right_turns_are_no_doubts_nor_is_what_hardly_speaks() -> None:
    above = segment(0, 12, speaker="Ada")
    assert found(above, segment(12, 12, speaker="Bob")) == []
    assert found(segment(0, 12), segment(12, 12, new_turn=True), named=()) == []
    # Two words of another voice, and one that speaks along with the first.
    assert found(segment(0, 14, speaker="Ada")) == []
    both = (Turn(0, 6000, 0), Turn(3000, 6000, 1))
    assert found(segment(0, 24, speaker="Ada"), turns=both) == []
    assert found(segment(0, 24, speaker="Ada"), turns=()) == []
    sound = replace(segment(12, 12, speaker="Ada"), kind="sound")
    assert found(above, sound) == []


def test_the_same_voice_goes_on_where_the_text_has_another_speaker() -> None:
    first = segment(0, 6, speaker="Ada")
    wrong = segment(6, 6, speaker="Bob", new_turn=True)
    last = segment(12, 12, speaker="Bob")
    assert found(first, wrong, last)[0] == ("s6", "same_voice", 0, "Ada")
    marked = replace(segment(6, 6, speaker="Speaker 1"), new_turn=True)
    of_voices = (Named("Speaker 1", 0, 3000),)
    above = replace(first, speaker="Speaker 1")
    assert found(above, marked, named=of_voices) == [("s6", "same_voice", 0, "Speaker 1")]
    # Paragraphs of somebody whom the text names twice.
    assert found(first, replace(marked, speaker="Ada")) == []


def test_two_people_heard_as_one_voice_give_no_doubts() -> None:
    parts = [segment(at, 6, speaker=name) for at, name in zip((0, 6, 12), "ABA", strict=True)]
    named = tuple(Named(name, 1500 * at, 1500 * at + 1500) for at, name in enumerate("ABA"))
    assert found(*parts, turns=(Turn(0, 6000, 0),), named=named) == []


@pytest.mark.parametrize(("kind", "is_kept"), [("another_voice", True), ("different", False)])
def test_a_decision_about_words_is_none_about_voices(kind: str, is_kept: bool) -> None:
    whole = segment(0, 24, speaker="Ada")
    (doubt,) = speaker_doubts([whole], Voices(TURNS, NAMED))["s0"]
    times = (doubt.start_ms, doubt.end_ms)
    kept = DismissedDoubt("other", kind, doubt.written, "x", *times)  # type: ignore[arg-type]
    assert is_dismissed(doubt, "s0", [kept]) is is_kept
