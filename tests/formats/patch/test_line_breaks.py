"""A person's own captions with the lines broken where that person broke them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from editor.document import Segment, Transcript
from editor.edits import edit_text
from editor.edits.line_ends import end_line
from editor.formats import export_original, read
from editor.formats.exports import transcript_of

HEAD = "1\r\n00:00:01,000 --> 00:00:03,000\r\n"
LONG = "2\r\n00:00:04,000 --> 00:00:06,000\r\nThis is the longest of all lines.\r\nAnd another.\r\n"
Edit = Callable[[Segment], Segment]


def exported(text: str, name: str, edit: Edit) -> str:
    """A file in which the first segment was edited."""
    data = text.encode()
    reading = read(data, name)
    first, *rest = transcript_of(reading, name)[0].segments
    edited = Transcript((edit(first), *rest))
    return export_original(data, name, reading.encoding, edited).decode()


def moved(word: int, to: int) -> Edit:
    """The line ends behind another word."""
    return lambda segment: end_line(end_line(segment, word, ends_line=False), to)


@pytest.mark.parametrize(
    ("body", "edit", "broken"),
    [
        ("one two three\r\nfour", moved(2, 1), "one two\r\nthree four"),
        ("one two\r\nthree four", lambda s: end_line(s, 0), "one\r\ntwo\r\nthree four"),
        ("one two three", lambda s: end_line(s, 0), "one\r\ntwo three"),
        ("<i>one two</i>\r\n<i>three</i>", moved(1, 0), "<i>one\r\ntwo</i> <i>three</i>"),
        ("ANN: one  two\r\nthree", moved(1, 0), "ANN: one\r\ntwo three"),
        ("one two\r\nthree", lambda s: end_line(s, 1, ends_line=False), "one two three"),
        ("今日は\r\n晴れです", lambda s: end_line(s, 2, ends_line=False), "今日は晴れです"),
    ],
)
def test_lines_are_broken_where_a_person_broke_them(body: str, edit: Edit, broken: str) -> None:
    text = f"{HEAD}{body}\r\n\r\n{LONG}"
    assert exported(text, "a.srt", edit) == f"{HEAD}{broken}\r\n\r\n{LONG}"


def test_a_word_typed_behind_a_break_stays_in_its_line() -> None:
    text = "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ann>one two\nthree &amp; four</v>\n"

    def typed(segment: Segment) -> Segment:
        return edit_text(segment, "one two new three & four", before_ms=1000, after_ms=3000)

    written = exported(text, "a.vtt", typed)
    assert written == text.replace("\nthree", "\nnew three")


def test_what_the_person_left_alone_stays_as_the_file_has_it() -> None:
    def without_ends(segment: Segment) -> Segment:
        words = tuple(replace(word, ends_line=False) for word in segment.words)
        return replace(segment, words=words)

    # As one line it would be longer than any that the file has.
    body = "so long a line that it stays\r\nbroken where it is broken"
    assert exported(f"{HEAD}{body}\r\n\r\n{LONG}", "a.srt", without_ends).startswith(HEAD + body)
    # Texts of before breaks were kept know of none.
    alone = f"{HEAD}one two\r\nthree\r\n"
    assert exported(alone, "a.srt", without_ends) == alone
