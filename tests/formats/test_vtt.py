from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.captions import Cue
from editor.document import DraftSegment
from editor.errors import UnreadableTranscript
from editor.formats import Problem, read, vtt
from editor.formats.vtt_settings import CueSettings, cue_settings
from tests.support.chance import examples

WELL_FORMED = """\
WEBVTT - a title
Kind: captions

STYLE
::cue { color: red }

REGION
id:r
width:40%

NOTE not
text

first
00:01.000 --> 00:02.000 align:start
<v Ann>Hi &amp; <i>you</i>
there

00:00:03.000 --> 00:00:04.500
<v.loud Bob>Yes.</v>

00:00:05.000 --> 00:00:06.000
[door]
"""


def test_well_formed_file() -> None:
    assert read(WELL_FORMED.encode(), "a.vtt").drafts == (
        DraftSegment(
            "Hi & you there",
            "Ann",
            new_turn=True,
            start_ms=1000,
            end_ms=2000,
            line=15,
            line_ends=(2,),
        ),
        DraftSegment("Yes.", "Bob", new_turn=True, start_ms=3000, end_ms=4500, line=19),
        DraftSegment("[door]", kind="sound", start_ms=5000, end_ms=6000, line=22),
    )


@pytest.mark.parametrize(
    "data",
    [
        "00:01.000 --> 00:02.000\nHi.\n\n00:03.000 --> 00:04.500\nYou.\n",
        "WEBVTT\n00:01,000 --> 00:02,000\nHi.\n\n00:00:03,0 --> 00:00:04,5\nYou.\n",
        "WEBVTT\n\n0:1.0 --> 0:2.0\nHi.\n0:3.0 --> 0:4.5\nYou.\n",
        "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nHi.\n\nNOTE\nno text\n\n2\n"
        "00:03.000 --> 00:04.500\n\nYou.\n",
        "WEBVTT\n\nfirst name\n00:01.000 --> 00:02.000\nHi.\n\nsecond name\n"
        "00:03.000 --> 00:04.500\nYou.\nNOTES are text.\n",
    ],
)
def test_times_are_found_in_sloppy_files(data: str) -> None:
    drafts = read(data.encode(), "a.vtt").drafts
    assert [(d.text[:4], d.start_ms, d.end_ms) for d in drafts][:2] == [
        ("Hi.", 1000, 2000),
        ("You.", 3000, 4500),
    ]


def test_each_arrow_without_a_caption_is_told_of() -> None:
    data = """\
WEBVTT

00:01.000 --> 00:02.000
Hi.

00:00:61.000 --> 00:01:02.000
lost

00:03.000 --> 00:04.000
a --> b

00:05.000 --> 00:06.000

"""
    reading = read(data.encode(), "a.vtt")
    assert [draft.text for draft in reading.drafts] == ["Hi.", "a --> b"]
    assert reading.problems == (
        Problem(6, "00:00:61.000 --> 00:01:02.000\nlost", "its times cannot be read"),
        Problem(10, "a --> b", "its arrow was not read as times"),
        Problem(12, "00:05.000 --> 00:06.000", "this caption has no text"),
    )


def test_file_without_captions_is_told_of_and_one_without_signature_refused() -> None:
    for data in (b"WEBVTT", b"WEBVTT\n\nNOTE only this\n"):
        reading = read(data, "a.vtt")
        assert reading.drafts == ()
        assert reading.problems == (Problem(1, "WEBVTT", "the file holds no caption"),)
    with pytest.raises(UnreadableTranscript, match="no caption in it can be read"):
        read(b"NOTE only this\n", "a.vtt")


@examples(200)
@given(
    st.binary(max_size=60), st.sampled_from(["", " ", "\n", "\r\n\r\n00:01.000 --> 00:02.000\n"])
)
def test_no_bytes_below_a_signature_are_refused(data: bytes, head: str) -> None:
    reading = read(f"WEBVTT{head}".encode() + data, "a")
    assert reading.drafts or reading.problems


def test_voices_inside_a_caption_part_it() -> None:
    data = (
        b"WEBVTT\n\n00:00.000 --> 00:01.000\n<v Ann>Yes. <v Bob>Nope.\n\n"
        b"00:01.000 --> 00:02.000\nSo\n"
    )
    assert [(d.text, d.speaker, d.new_turn, d.start_ms) for d in read(data, "a.vtt").drafts] == [
        ("Yes.", "Ann", True, 0),
        ("Nope.", "Bob", True, 500),
        ("So", None, True, 1000),
    ]


def test_names_in_the_identifiers_of_cues_tell_who_speaks() -> None:
    data = (
        b'WEBVTT\n\n1 "Ana Ruiz" (1234)\n00:00.000 --> 00:01.000\nYes.\n\n'
        b'2 "Bo" (77)\n00:01.000 --> 00:02.000\nSo\n\n'
        b"intro\n00:02.000 --> 00:03.000\nAnd?\n"
    )
    found = [(one.text, one.speaker) for one in read(data, "a.vtt").drafts]
    assert found == [("Yes.", "Ana Ruiz"), ("So", "Bo"), ("And?", None)]


def test_automatic_captions_of_youtube_are_read_once_with_word_times() -> None:
    data = """\
WEBVTT
Kind: captions
Language: en

00:00:00.160 --> 00:00:02.470 align:start position:0%
~
hey<00:00:00.480><c> listeners</c><00:00:00.960><c> welcome</c>

00:00:02.470 --> 00:00:02.480 align:start position:0%
hey listeners welcome
~

00:00:02.480 --> 00:00:03.310 align:start position:0%
hey listeners welcome
okay

00:00:03.310 --> 00:00:03.320 align:start position:0%
okay
~

00:00:03.320 --> 00:00:05.000 align:start position:0%
okay
okay<00:00:03.500><c> to</c><00:00:04.000><c> no-priers</c>

00:00:09.000 --> 00:00:10.000 align:start position:0%
okay to no-priers
"""
    # A line of one space, here "~", keeps the place of the line to come.
    drafts = read(data.replace("~", " ").encode(), "a.vtt").drafts
    assert [(d.text, d.start_ms, d.end_ms, d.word_times_ms) for d in drafts] == [
        ("hey listeners welcome", 160, 2470, ((160, 480), (480, 960), (960, 2470))),
        ("okay", 2480, 3310, ()),
        ("okay to no-priers", 3320, 5000, ((3320, 3500), (3500, 4000), (4000, 5000))),
        ("okay to no-priers", 9000, 10_000, ()),
    ]


def test_inline_times_that_go_wrong_stay_inside_the_caption() -> None:
    data = b"WEBVTT\n\n00:01.000 --> 00:02.000\na<00:09.000><c> b c</c><00:00.500><c> d</c>\n"
    (draft,) = read(data, "a.vtt").drafts
    assert draft.word_times_ms == ((1000, 2000), (2000, 2020), (2000, 2020), (2000, 2020))


def test_cues_are_written_escaped_with_voices() -> None:
    cues = [
        Cue(0, 1500, ("Hi & <3", "a --> b"), None, True),
        Cue(1500, 3_600_000, ("Yes.",), "Ann & <Bob>", True),
        Cue(3_600_000, 3_600_001, (" ",)),
    ]
    assert vtt.write(cues) == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:01.500\n- Hi &amp; &lt;3\na --&gt; b\n\n"
        "00:00:01.500 --> 01:00:00.000\n<v Ann &amp; &lt;Bob&gt;>Yes.\n\n"
    )


def test_text_that_browsers_ignore_is_told_of() -> None:
    data = b"WEBVTT\nKind: x\n\nabove\n\n00:01.000 --> 00:02.000\nHi.\n\nmore text\n"
    reading = read(data, "a.vtt")
    assert [draft.text for draft in reading.drafts] == ["Hi."]
    assert reading.problems == (
        Problem(4, "above", "it belongs to no caption"),
        Problem(9, "more text", "it belongs to no caption"),
    )


def test_zeros_and_bytes_that_are_no_text_are_read_as_browsers_do() -> None:
    times = b"WEBVTT\n\n00:01.000 --> 00:02.000\n"
    assert read(times + b"a\0b\n", "a.vtt").drafts[0].text == "a\ufffdb"
    assert read(times + b"\x01" * 50, "a.vtt").drafts[0].text == "\x01" * 50


def test_settings_are_read_as_browsers_do() -> None:
    written = "vertical:rl line:-1 position:10%,line-left size:50% align:start region:r"
    assert cue_settings(written) == (CueSettings("rl", -1, True, 10, 50, "start"), ())
    assert cue_settings("line:20%,end align:middle size:101% x")[0] == CueSettings(
        line=20, snaps=False
    )
    assert cue_settings("align:middle size:101% x")[1] == ("align:middle", "size:101%", "x")


@pytest.mark.parametrize("data", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_a_mark_of_unicode_alone_is_a_file_without_captions(data: bytes) -> None:
    reading = read(data, "a.vtt")
    assert reading.drafts == ()
    assert reading.problems == (Problem(1, "", "the file holds no caption"),)
    with pytest.raises(UnreadableTranscript):
        read(data, "a.srt")


def test_hours_of_any_length_are_read_up_to_the_latest_time() -> None:
    hours = ["0" * 30 + "5", "1234567890", "2500000000", "2500000001", "9" * 40, "9" * 5000]
    cues = "".join(f"00:00.000 --> {each}:00:00.000\nHi\n\n" for each in hours)
    assert [draft.end_ms for draft in read(f"WEBVTT\n\n{cues}".encode(), "a.vtt").drafts] == [
        *(5 * 3_600_000, 1234567890 * 3_600_000),
        *[9_000_000_000_000_000] * 4,
    ]
