from __future__ import annotations

import time

import pytest

from editor.document import DraftSegment, Segment, Transcript, Word
from editor.errors import UnreadableTranscript
from editor.formats import txt


def test_lines_become_drafts_with_their_speakers() -> None:
    text = """\
(upbeat music)
- Hey listeners,

welcome back.
>> ANN: Thank you.
And so on.
[laughs]
Das ist:
And then he said: go
— Speaker 2: Oh?
"""
    assert txt.read(text, "a.txt").drafts == (
        DraftSegment("(upbeat music)", kind="sound", line=1),
        DraftSegment("Hey listeners,", new_turn=True, line=2),
        DraftSegment("welcome back.", line=4),
        DraftSegment("Thank you.", "ANN", new_turn=True, line=5),
        DraftSegment("And so on.", "ANN", line=6),
        DraftSegment("[laughs]", kind="sound", line=7),
        DraftSegment("Das ist:", "ANN", line=8),
        DraftSegment("And then he said: go", "ANN", line=9),
        DraftSegment("Oh?", "Speaker 2", new_turn=True, line=10),
    )


def test_names_alone_above_what_is_said_are_speakers_and_headings_are_lines() -> None:
    spoken = "Lena Fox:\n\nThe well is dry.\n\nIs it?\nOmar:\nSince May: all.\nLena Fox:\nYes."
    assert [(one.speaker, one.text, one.line) for one in txt.read(spoken, "a.txt").drafts] == [
        ("Lena Fox", "The well is dry.", 3),
        ("Lena Fox", "Is it?", 5),
        ("Omar", "Since May: all.", 7),
        ("Lena Fox", "Yes.", 9),
    ]
    recipe = "We bake.\nIngredients:\nflour\nand eggs\nMethod:\nmix it"
    assert [one.text for one in txt.read(recipe, "a.txt").drafts] == recipe.split("\n")


def test_file_of_blank_lines_is_refused() -> None:
    with pytest.raises(UnreadableTranscript, match="holds no text"):
        txt.read(" \n\n\t\n", "a.txt")


@pytest.mark.parametrize("piece", ["word ", "(", "♪ ", "Ann: ", ">>", "x", "- ", "A ", "A.B:"])
def test_line_of_ten_megabytes_is_read_in_time(piece: str) -> None:
    line = piece * (10_000_000 // len(piece))
    begun = time.perf_counter()
    assert txt.read(line, "a.txt").drafts
    assert time.perf_counter() - begun < 10


def test_marks_are_restored_where_the_turn_changes() -> None:
    def segment(text: str, speaker: str | None = None, *, turn: bool = False) -> Segment:
        sound = text.startswith("(")
        words = tuple(Word(word, 0, 100) for word in text.split())
        return Segment(text, text, words, speaker, "sound" if sound else "speech", turn)

    transcript = Transcript(
        (
            segment("So."),
            segment("Hi.", "ANN", turn=True),
            segment("(door)"),
            segment("Well.", "ANN"),
            segment("No.", "ANN", turn=True),
            segment("Yes.", "BOB"),
            segment("Who?"),
            segment("Me\nand you.", turn=True),
        )
    )
    assert txt.write(transcript) == (
        "So.\nANN: Hi.\n(door)\nWell.\n- ANN: No.\nBOB: Yes.\n- Who?\n- Me and you.\n"
    )
