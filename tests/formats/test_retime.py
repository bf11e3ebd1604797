from __future__ import annotations

import pytest

from editor.errors import UnreadableTranscript
from editor.formats import read_and_retime

VTT = """WEBVTT - A talk

NOTE kept as it is, --> and all

STYLE
::cue { color: lime }

intro
00:02.000 --> 00:04.500 line:0 align:start
<v Ann>One <00:00:03.000><c>two</c>
  three

00:00:04.500 --> 00:00:06.000
- Four
"""

SRT = "\ufeff7\r\n0:00:01,5 --> 0:00:03,000\r\nOne\r\n\r\n9\r\n00:00:03,000 --> 00:00:04,000\r\nTwo"


def test_only_times_change_in_webvtt() -> None:
    moved = read_and_retime(VTT.encode(), "a.vtt", lambda ms: ms + 1000)
    assert moved.decode() == VTT.replace(
        "00:02.000 --> 00:04.500 line", "00:03.000 --> 00:05.500 line"
    ).replace("<00:00:03.000>", "<00:00:04.000>").replace(
        "00:00:04.500 --> 00:00:06.000", "00:00:05.500 --> 00:00:07.000"
    )


def test_numbers_texts_line_ends_and_byte_order_mark_stay_in_srt() -> None:
    moved = read_and_retime(SRT.encode(), "a.srt", lambda ms: ms - 1500)
    assert moved.decode() == SRT.replace(
        "0:00:01,5 --> 0:00:03", "00:00:00,000 --> 00:00:01"
    ).replace("01,000\r\nOne", "01,500\r\nOne").replace(
        "00:00:03,000 --> 00:00:04,000", "00:00:01,500 --> 00:00:02,500"
    )


def test_a_jump_back_makes_no_captions_overlap_that_did_not() -> None:
    moved = read_and_retime(SRT.encode(), "a.srt", lambda ms: ms if ms < 3000 else ms - 500)
    assert b"00:00:01,500 --> 00:00:02,500\r\nOne" in moved


def test_what_does_not_move_stays_as_it_is_written() -> None:
    assert read_and_retime(SRT.encode(), "a.srt", lambda ms: ms).decode() == SRT
    moved = read_and_retime(SRT.encode(), "a.srt", lambda ms: ms + 100 * (ms >= 3000))
    assert moved.decode() == SRT.replace("03,000 --> 00:00:04,000", "03,100 --> 00:00:04,100")


def test_a_text_without_times_cannot_be_moved() -> None:
    with pytest.raises(UnreadableTranscript, match="no caption times"):
        read_and_retime(b"Just a text.\n", "a.txt", lambda ms: ms)
