"""Names replaced by pseudonyms: in the words, beside them, and what is told of it."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest

from editor.document import Segment, Transcript, Word, split_words
from editor.edits.pseudonyms import Pseudonyms
from editor.errors import InvalidValue

LIST = [
    "# who is who",
    "Anna Berg, Anna, Dr. Berg = Person A",
    "Köln=Ort 1",
    "王芳 = 甲",
    "سلمى = شخص",
    "Will",
]
NAMES = Pseudonyms.from_lines(LIST)


def said(text: str, **facts: str) -> Segment:
    words = enumerate(split_words(text))
    timed = tuple(Word(w, 1000 * n, 1000 * n + 900) for n, w in words)
    return Segment("a", text, timed, **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("“Anna Berg,” said Anna's friend.", "“Person A,” said Person A's friend."),
        ("Dr. Berg (Anna) in Köln!", "Person A (Person A) in Ort 1!"),
        ("anna will come to köln", "Person A Person 1 come to Ort 1"),
        ("Will will come", "Person 1 will come"),
        ("Johanna und Annabell in Kölner", "Johanna und Annabell in Kölner"),
        ("我是王芳。", "我是甲。"),
        ("قالت سلمى نعم", "قالت شخص نعم"),
    ],
)
def test_names_are_replaced_as_whole_words(text: str, shown: str) -> None:
    segment = NAMES.in_segment(said(text))
    assert (segment.text, NAMES.in_text(text)) == (shown, shown)


def test_what_stands_beside_the_text_is_replaced_and_times_stay() -> None:
    whole = said("so Anna Berg came", speaker="Anna Berg", note="# Köln\nask Anna")
    segment = NAMES.in_segment(whole)
    assert (segment.speaker, segment.note) == ("Person A", "# Ort 1\nask Person A")
    assert [(w.text, w.start_ms, w.end_ms) for w in segment.words] == [
        ("so", 0, 900),
        ("Person", 1000, 2478),
        ("A", 2478, 2900),
        ("came", 3000, 3900),
    ]
    assert NAMES.spans(Transcript((whole,))) == [(1000, 2900)]
    assert (
        NAMES.in_file_name("Interview_Anna-Berg (Köln).mp3")
        == "Interview_Person A-Berg (Ort 1).mp3"
    )


def test_the_report_counts_and_tells_what_is_like_a_name_and_stays() -> None:
    talk = Transcript(
        (said("Anna and Berg and Anna-Lena will meet Annas and Ana", speaker="Anna"),)
    )
    assert NAMES.report(talk) == [
        "Person A: 3 ×",
        "Left, but like a name of the list: Berg (1), Anna-Lena (1), will (1), Ana (1)",
    ]
    assert NAMES.report(Transcript((said("nobody"),))) == ["No name of the list was found"]


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        (["= X"], "line 1: write Name"),
        (["Anna ="], "line 1"),
        (["# x", ""], "no names"),
        (["Anna", "", "anna = X"], "line 3: a name is there twice"),
    ],
)
def test_a_list_that_cannot_be_meant_is_refused(lines: list[str], says: str) -> None:
    with pytest.raises(InvalidValue, match=says):
        Pseudonyms.from_lines(lines)


def test_codes_stay_on_names_and_tell_none() -> None:
    whole = said("so Anna Berg came")
    codes = [("Anna",), ("a", "b"), ("a",), ()]
    words = (replace(word, codes=own) for word, own in zip(whole.words, codes, strict=True))
    segment = NAMES.in_segment(replace(whole, words=tuple(words)))
    assert [word.codes for word in segment.words] == [("Person A",), ("a",), ("a",), ()]


def test_long_lists_take_no_longer_for_each_word() -> None:
    names = Pseudonyms.from_lines(f"Name{number}" for number in range(20_000))
    whole = Transcript((said("so it went on and on " * 1000),))
    began_s = time.process_time()
    assert names.in_transcript(whole).segments[0].text == whole.segments[0].text
    assert names.report(whole) == ["No name of the list was found"]
    # Each word against each name takes a minute.
    assert time.process_time() - began_s < 5


@pytest.mark.parametrize(
    ("lines", "facts", "shown"),
    [
        (["I met Anna", "Berg, today."], {}, ["I met Person A,", "today."]),
        (["It was Dr.", "Berg"], {}, ["It was Person A"]),
        (["So Anna", "Berg's house"], {"speaker": "Anna Berg"}, ["So Person A's", "house"]),
        (["我说王", "芳。好"], {}, ["我说甲。", "好"]),
        (["I met Anna", "Cologne"], {}, ["I met Person A", "Cologne"]),
        (["only Dr.", "Berg"], {"new_turn": True}, ["only Dr.", "Berg"]),
    ],
)
def test_a_name_that_goes_over_the_end_of_a_segment_is_replaced(
    lines: list[str], facts: dict[str, Any], shown: list[str]
) -> None:
    segments = []
    for number, line in enumerate(lines):
        words = tuple(
            Word(w, 9000 * number + 1000 * n, 9000 * number + 1000 * n + 900)
            for n, w in enumerate(split_words(line))
        )
        own: dict[str, Any] = {} if number == 0 and "new_turn" in facts else facts
        segments.append(replace(Segment(str(number), line, words), note=str(number), **own))
    talk = Transcript(tuple(segments))
    assert [one.text for one in NAMES.in_transcript(talk).segments] == shown
    notes = "".join(one.note for one in NAMES.in_transcript(talk).segments).replace("\n", "")
    assert notes == "01"
    if "new_turn" in facts:
        return
    covered = NAMES.spans(talk)
    assert covered
    # Not the seconds between the two parts.
    assert all(end - start < 2000 for start, end in covered)


def test_a_segment_without_a_name_between_two_of_one_speaker_is_theirs() -> None:
    said = (("Anna Berg", "Well,"), (None, "ask Dr."), ("Anna Berg", "Berg first"))
    talk = Transcript(
        tuple(
            Segment(
                str(n),
                text,
                tuple(Word(w, 900 * n, 900 * n + 90) for w in text.split()),
                speaker=who,
            )
            for n, (who, text) in enumerate(said)
        )
    )
    texts = [one.text for one in NAMES.in_transcript(talk).segments]
    assert texts == ["Well,", "ask Person A", "first"]
