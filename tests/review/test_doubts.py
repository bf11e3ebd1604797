from __future__ import annotations

from editor.document import RecognisedWord, Segment, Word
from editor.review import DismissedDoubt, Doubt, DoubtKind, WordScores, is_dismissed, segment_doubts

HEARD = [
    RecognisedWord(0, "hello", 0, 300, 0.9),
    RecognisedWord(1, "Elad", 400, 700, 0.8),
    RecognisedWord(2, "how", 800, 900, 0.9),
    RecognisedWord(3, "are", 900, 1000, 0.9),
]


def word(text: str, at: int, *heard: int) -> Word:
    return Word(text, at, at + 100, recognised_ids=heard)


def doubts_in(*segments: Segment, listened: WordScores | None = None) -> list[Doubt]:
    found = segment_doubts(segments, HEARD, listened)
    return [doubt for segment in segments for doubt in found.get(segment.id, [])]


def test_what_was_heard_otherwise_is_a_doubt() -> None:
    segment = Segment(
        "s", "Hello, Alad how", (word("Hello,", 0, 0), word("Alad", 400, 1), word("how", 800, 2))
    )
    (doubt,) = doubts_in(segment)
    assert (doubt.kind, doubt.first_word, doubt.last_word) == ("different", 1, 1)
    assert (doubt.written, doubt.heard) == ("Alad", "Elad")


def test_word_that_is_missing_is_a_doubt_before_the_next_one() -> None:
    segment = Segment("s", "hello how", (word("hello", 0, 0), word("how", 800, 2)))
    (doubt,) = doubts_in(segment)
    assert (doubt.kind, doubt.first_word, doubt.last_word, doubt.heard) == (
        "not_written",
        1,
        0,
        "Elad",
    )


def test_word_that_was_not_heard_is_a_doubt() -> None:
    segment = Segment("s", "hello dear", (word("hello", 0, 0), word("dear", 400)))
    assert [d.kind for d in doubts_in(segment)] == ["not_heard"]


def test_sounds_are_no_doubts() -> None:
    segment = Segment("s", "(music)", (word("(music)", 0),), kind="sound")
    assert doubts_in(segment) == []


def doubt(start_ms: int, written: str = "Alad", heard: str = "Elad") -> Doubt:
    kind: DoubtKind = "different" if written else "not_written"
    return Doubt(kind, 0, 0, written, heard, 0.5, start_ms, start_ms + 100, "")


def test_a_kept_doubt_stays_kept_through_splits_and_another_recognition() -> None:
    kept = [DismissedDoubt("s", "different", "Alad", "Elad", 400, 700)]
    assert is_dismissed(doubt(9000), "s", kept)
    assert is_dismissed(doubt(450, heard="a lad"), "s", kept)
    assert is_dismissed(doubt(450), "half", kept)
    assert not is_dismissed(doubt(9000), "half", kept)
    assert not is_dismissed(doubt(9000, heard="a lad"), "s", kept)
    assert not is_dismissed(doubt(450, written="Alan"), "s", kept)


def test_a_doubt_about_something_missing_is_kept_by_what_was_heard() -> None:
    kept = [DismissedDoubt("s", "not_written", "", "you know", 400, 700)]
    assert is_dismissed(doubt(500, "", "you know"), "t", kept)
    assert not is_dismissed(doubt(500, "", "I mean"), "s", kept)


def test_words_in_other_pieces_than_the_text_alone_would_give_are_judged_too() -> None:
    segment = Segment("s", "-ve hello", (word("-", 0), word("ve", 100), word("hello", 200, 0)))
    doubts = doubts_in(segment)
    assert [(one.kind, one.written) for one in doubts] == [("not_heard", "ve")]
