from __future__ import annotations

import random
import re

import pytest

from editor.errors import UnreadableTranscript
from editor.formats.patch import ttml_times
from editor.formats.sandbox import Move, by_start, retimed_apart

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
    moved = retimed_apart(VTT.encode(), "a.vtt", by_start(lambda ms: ms + 1000))
    assert moved.decode() == VTT.replace(
        "00:02.000 --> 00:04.500 line", "00:03.000 --> 00:05.500 line"
    ).replace("<00:00:03.000>", "<00:00:04.000>").replace(
        "00:00:04.500 --> 00:00:06.000", "00:00:05.500 --> 00:00:07.000"
    )


def test_numbers_texts_line_ends_and_byte_order_mark_stay_in_srt() -> None:
    moved = retimed_apart(SRT.encode(), "a.srt", by_start(lambda ms: ms - 1500))
    assert moved.decode() == SRT.replace(
        "0:00:01,5 --> 0:00:03", "00:00:00,000 --> 00:00:01"
    ).replace("01,000\r\nOne", "01,500\r\nOne").replace(
        "00:00:03,000 --> 00:00:04,000", "00:00:01,500 --> 00:00:02,500"
    )


def test_a_jump_back_makes_no_captions_overlap_that_did_not() -> None:
    moved = retimed_apart(SRT.encode(), "a.srt", by_start(lambda ms: ms if ms < 3000 else ms - 500))
    assert b"00:00:01,500 --> 00:00:02,500\r\nOne" in moved


def test_what_does_not_move_stays_as_it_is_written() -> None:
    assert retimed_apart(SRT.encode(), "a.srt", by_start(lambda ms: ms)).decode() == SRT
    moved = retimed_apart(SRT.encode(), "a.srt", by_start(lambda ms: ms + 100 * (ms >= 3000)))
    assert moved.decode() == SRT.replace("03,000 --> 00:00:04,000", "03,100 --> 00:00:04,100")


def test_a_text_without_times_cannot_be_moved() -> None:
    with pytest.raises(UnreadableTranscript, match="no caption times"):
        retimed_apart(b"Just a text.\n", "a.txt", by_start(lambda ms: ms))


ASS = (
    "[Script Info]\r\nScriptType: v4.00+\r\n[Events]\r\n"
    "Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\r\n"
    "Dialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{\\k50}One, 0:00:01.00\r\n"
    "Comment: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,kept\r\n"
    "Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,Two"
)


def without(line: int) -> Move:
    return lambda timing: None if timing.line == line else (timing.start_ms, timing.end_ms)


def test_dialogue_of_ass_is_moved() -> None:
    moved = retimed_apart(ASS.encode(), "a.ass", by_start(lambda ms: ms + 500)).decode()
    assert moved == ASS.replace(
        "0,0:00:01.00,0:00:02.00,Default,,0,0,0,,{", "0,0:00:01.50,0:00:02.50,Default,,0,0,0,,{"
    ).replace("0:00:03.00,0:00:04.00", "0:00:03.50,0:00:04.50")
    kept = retimed_apart(ASS.encode(), "a.ass", without(5)).decode()
    assert kept.split("\r\n") == [line for line in ASS.split("\r\n") if "One" not in line]


def test_what_is_left_out_goes_whole_and_numbers_go_on() -> None:
    kept = retimed_apart(SRT.encode(), "a.srt", without(2)).decode()
    assert kept == "\ufeff7\r\n00:00:03,000 --> 00:00:04,000\r\nTwo"
    assert retimed_apart(VTT.encode(), "a.vtt", without(9)).decode() == (
        VTT[: VTT.index("intro")] + VTT[VTT.index("00:00:04.500 --> 00:00:06") :]
    )


TTML = """\ufeff<?xml version="1.0"?>\r
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"\r
    ttp:frameRate="24" ttp:frameRateMultiplier="1000 1001" ttp:tickRate="10000000">\r
<body><div begin='10s' end="1m">\r
  <p region="é" begin="00:00:01" dur="1.5s">One<br/><span begin="500ms">two</span> &amp;</p>\r
  <p begin="30000000t" end="40000000t">Three</p>\r
</div><div>\r
  <p begin="00:01:00:12" end="00:01:02:00" xml:id="4">Four</p><p begin="1500f" end="64.50s">5</p>\r
  <p end="70s" begin="00:01:06.5">Six</p>\r
</div></body></tt>\r
"""


def test_ttml_is_moved_in_the_notation_of_each_time() -> None:
    moved = retimed_apart(TTML.encode(), "a.ttml", by_start(lambda ms: ms + 250)).decode()
    assert moved == TTML.replace("'10s' end=\"1m\"", "'10.25s' end=\"1.00417m\"").replace(
        '"00:01:00:12" end="00:01:02:00"', '"00:01:00:18" end="00:01:02:06"'
    ).replace('"1500f" end="64.50s"', '"1506f" end="64.75s"').replace(
        'end="70s" begin="00:01:06.5"', 'end="70.25s" begin="00:01:06.75"'
    )
    assert retimed_apart(TTML.encode(), "a.ttml", by_start(int)).decode() == TTML


def test_ttml_moved_by_chance_is_read_where_it_was_moved() -> None:
    chance = random.Random(7)
    # In one line, as many are written, and not in the order of time.
    plain = re.sub(r'(begin|end|dur)="[^"]*"', r'\1="9s"', TTML[1:]).replace("\r\n", "")
    for _ in range(40):
        starts = [chance.randrange(9**6) for _ in ttml_times.timings(plain, "a.ttml")]
        spans = [(start, start + chance.randrange(1, 9**4)) for start in starts]
        plain = ttml_times.with_spans(plain, "a.ttml", spans)
        found = [(one.start_ms, one.end_ms) for one in ttml_times.timings(plain, "a.ttml")]
        assert found == spans


def test_what_is_left_out_of_ttml_goes_with_its_line() -> None:
    lines = TTML.split("\n")
    kept = retimed_apart(TTML.encode(), "a.ttml", without(6)).decode().split("\n")
    assert kept == [*lines[:5], *lines[6:]]
    kept = retimed_apart(TTML.encode(), "a.ttml", without(8)).decode().split("\n")
    assert kept == [*lines[:7], "  \r", *lines[8:]]
