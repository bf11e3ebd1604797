from __future__ import annotations

from itertools import pairwise

import pytest

from editor.captions import Cue
from editor.document import DraftSegment
from editor.errors import UnreadableTranscript
from editor.formats import Problem, read, srt
from editor.formats.sandbox import by_start, retimed_apart


def said(data: str) -> list[tuple[str, int | None, int | None]]:
    reading = read(data.encode(), "a.srt")
    assert reading.problems == ()
    return [(draft.text, draft.start_ms, draft.end_ms) for draft in reading.drafts]


HI, YOU = ("Hi.", 1000, 2000), ("You.", 3000, 4500)


@pytest.mark.parametrize(
    "data",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nHi.\n\n2\n00:00:03,000 --> 00:00:04,500\nYou.\n",
        "1\r\n00:00:01,000 --> 00:00:02,000\r\nHi.\r\n\r\n2\r\n0:0:3,0 --> 0:0:4,5\r\nYou.",
        "1\r00:00:01,000 --> 00:00:02,000\rHi.\r\r2\r00:00:03,000 --> 00:00:04,500\rYou.\r",
        "1\n00:01.000 --> 00:02.000\nHi.\n\n2\n00:03.000 --> 00:04.500\nYou.\n",
        "00:00:01,000 --> 00:00:02,000\nHi.\n\n00:00:03,000 --> 00:00:04,500\nYou.\n",
        "00:00:01,000 --> 00:00:02,000\nHi.\n00:00:03,000 --> 00:00:04,500\nYou.\n",
        "1\n00:00:01,000 --> 00:00:02,000\nHi.\n2\n00:00:03,000 --> 00:00:04,500\nYou.\n",
        "1\n00:00:01,000 --> 00:00:02,000 X1:10 X2:20 Y1:1 Y2:9\n{\\an8}<i>Hi.</i>\n\n2\n"
        '00:00:03,000 --> 00:00:04,500\n\n<font color="#ff0000">You.</font>\n',
        "\ufeff1\n00:00:01 --> 00:00:02\nHi.\n\n\n\n2\n00:00:03,000-->00:00:04,500\nYou.",
    ],
)
def test_all_manner_of_files_read_alike(data: str) -> None:
    assert said(data) == [HI, YOU]


PLAIN = "1\n00:00:01,000 --> 00:00:02,000\nHi.\n\n2\n00:00:03,000 --> 00:00:04,500\nYou.\n"


@pytest.mark.parametrize(
    "data",
    [
        PLAIN.replace("\n", "\n\n"),
        PLAIN.replace("\n", "\r\r\n"),
        PLAIN.replace("\n\n", "\n \n"),
        PLAIN.replace(",000", ",0000").replace(",500", ",5000"),
        *[PLAIN.replace(",", mark) for mark in (".", ":", ";")],
        *[PLAIN.replace("-->", arrow) for arrow in ("->", "-- >", "—>", "==>", "-->>", "→")],
        PLAIN.replace("\n2\n", "\n\ufeff2\n"),
        PLAIN.replace("00:00:03", "\u200e00:00:03\u200e"),
        PLAIN.replace("00:00:01,000", "００：００：０１，０００"),
        PLAIN.replace("00\nHi.", "00 Hi.").replace("500\nYou.", "500 You."),
        PLAIN.replace("1\n", "1 ", 1).replace("2\n", "2 ", 1),
        PLAIN.replace("1\n", "#1.\n", 1).replace("\n2\n", "\n#2.\n", 1),
        PLAIN.replace("\n2\n", "\n1\n"),
        PLAIN.replace("\n", " \n  "),
        PLAIN.replace("Hi.", "{\\an8}{\\i1}<font color=red size=3><b>Hi.</b></font>{\\i0}"),
        PLAIN.replace("1\n", "1\n\n", 1),
        PLAIN[PLAIN.index("2\n0") :] + "\n" + PLAIN[: PLAIN.index("2\n0")],
    ],
)
def test_oddities_seen_in_the_wild_lose_nothing(data: str) -> None:
    reading = read(data.encode(), "a.srt")
    assert [(d.text, d.start_ms, d.end_ms) for d in reading.drafts] == [HI, YOU]


def test_line_ends_of_ass_are_white_space_in_srt() -> None:
    assert said(r"00:01.0 --> 00:02.0 Hi\Nyou\hthere in C:\News") == [
        ("Hi you\u00a0there in C:\\News", 1000, 2000)
    ]


def test_text_is_joined_over_lines_and_blank_lines() -> None:
    data = "1\n00:00:01,000 --> 00:00:02,000\nA\nB\n\nC\n\n2\n00:00:03,000 --> 00:00:04,000\n1984"
    assert said(data) == [("A B C", 1000, 2000), ("1984", 3000, 4000)]


def test_entities_are_text_and_so_is_a_forgotten_angle() -> None:
    data = "00:01.0 --> 00:02.0\nAT&amp;T &lt;3 a < b > c <laughs> R&D &copy2\n"
    assert said(data) == [("AT&T <3 a < b > c <laughs> R&D &copy2", 1000, 2000)]


def test_two_speakers_share_the_time_of_their_caption_by_length() -> None:
    data = "1\n00:00:01,000 --> 00:00:02,300\n- Hi.\n- Hello\nagain.\n"
    assert read(data.encode(), "a.srt").drafts == (
        DraftSegment("Hi.", new_turn=True, start_ms=1000, end_ms=1390, line=2),
        DraftSegment(
            "Hello again.", new_turn=True, start_ms=1390, end_ms=2300, line=2, line_ends=(0,)
        ),
    )


def test_dash_that_goes_on_with_a_sentence_is_no_speaker() -> None:
    assert said("00:01.0 --> 00:02.0\nI was going\n— you know — home.\n") == [
        ("I was going — you know — home.", 1000, 2000)
    ]


def test_what_cannot_be_read_is_told_with_its_text() -> None:
    data = """\
stray
1
00:00:01,000 --> 00:00:02,000
Hi.

2
00:00:99,000 --> 00:01:40,000
lost words

3
00:00:03,000 --> 00:00:04,500
You.

4
00:00:05,000 --> 00:00:06,000

"""
    reading = read(data.encode(), "a.srt")
    assert [draft.text for draft in reading.drafts] == ["Hi.", "You."]
    assert reading.problems == (
        Problem(1, "stray", "it belongs to no caption"),
        Problem(7, "00:00:99,000 --> 00:01:40,000\nlost words", "its times cannot be read"),
        Problem(15, "00:00:05,000 --> 00:00:06,000", "this caption has no text"),
    )


def test_file_without_a_readable_caption_is_refused() -> None:
    for data in (b"Hello\n", b"1\n00:00:99,000 --> 00:01:40,000\nlost\n"):
        with pytest.raises(UnreadableTranscript, match="no caption in it can be read"):
            read(data, "a.srt")


def test_captions_are_put_in_the_order_of_their_times() -> None:
    data = """\
00:10.0 --> 00:12.0
first

99:00:00.0 --> 99:00:01.0
later

00:11.0 --> 00:09.0
overlapping

-00:00:01.0 --> 00:13.0
negative

00:20.0 --> 00:20.0
no length
"""
    reading = read(data.encode(), "a.srt")
    assert [(draft.text, draft.start_ms, draft.end_ms) for draft in reading.drafts] == [
        ("negative", 0, 13_000),
        ("first", 10_000, 12_000),
        ("overlapping", 11_000, 11_660),
        ("no length", 20_000, 20_020),
        ("later", 356_400_000, 356_401_000),
    ]
    assert [(problem.line, problem.reason) for problem in reading.problems] == [
        (7, "it was put where its time belongs"),
        (7, "it ends before it starts"),
        (10, "it was put where its time belongs"),
    ]


def test_rolling_captions_are_read_once_and_told_of() -> None:
    lines = ["one two", "three four", "five six", "seven eight", "nine ten", "and so on"]
    data = "00:00.0 --> 00:01.0\none two\n\n"
    for at, (above, below) in enumerate(pairwise(lines), start=1):
        data += f"00:{at:02}.0 --> 00:{at + 1:02}.0\n{above}\n{below}\n\n"
    reading = read(data.encode(), "a.srt")
    assert [draft.text for draft in reading.drafts] == lines
    assert [problem.line for problem in reading.problems] == [4]


def test_repeated_captions_are_kept() -> None:
    data = "".join(f"00:0{n}.0 --> 00:0{n + 1}.0\nNo.\n\n" for n in range(6))
    assert [text for text, *_ in said(data)] == ["No."] * 6


def test_cues_are_written_numbered_with_marks_and_without_arrows() -> None:
    cues = [
        Cue(0, 1500, ("Hi & <3,", "a --> b"), None, True),
        Cue(1500, 3_600_000, ("Yes.",), "ANN", True),
        Cue(3_600_000, 3_600_001, ("(door)",), kind="sound"),
        Cue(3_600_001, 3_600_002, ("So.",), "ANN"),
    ]
    assert srt.write(cues) == (
        "1\n00:00:00,000 --> 00:00:01,500\n- Hi & <3,\na → b\n\n"
        "2\n00:00:01,500 --> 01:00:00,000\nANN: Yes.\n\n"
        "3\n01:00:00,000 --> 01:00:00,001\n(door)\n\n"
        "4\n01:00:00,001 --> 01:00:00,002\nSo.\n\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        "<b>no</b> tag",
        "&amp; &#169; R&D;",
        r"{\an8}up {x}",
        r"a\Nb \h C:\News",
        r"a\Nb",
        "at <00:01.000> <laughs>",
        "<v Al>Hi",
    ],
)
def test_typed_markup_is_text_again_when_read(text: str) -> None:
    assert said(srt.write([Cue(1000, 2000, (text,))])) == [(text, 1000, 2000)]


def test_only_what_looks_like_markup_is_touched() -> None:
    plain = "1 < 2 > 0, I <3 you, AT&T & Co; {so}"
    assert plain in srt.write([Cue(0, 1000, (plain,))])


def test_times_that_run_over_are_mended_and_told() -> None:
    data = (
        "1\n00:00:59,1000 --> 00:01:02,000\nOne.\n\n2\n00:01:60,200 --> 00:02:03,000\nTwo.\n\n"
        "3\n00:02:04,0600 --> 00:02:05,000\nThree.\n"
    )
    result = read(data.encode(), "a.srt")
    assert [draft.start_ms for draft in result.drafts] == [60_000, 120_200, 124_060]
    assert [(each.line, each.reason) for each in result.problems] == [
        (line, "it was taken for the time that it runs over to") for line in (2, 6)
    ]
    moved = retimed_apart(data.encode(), "a.srt", by_start(lambda ms: ms + 1000)).decode()
    assert "00:01:01,000 --> 00:01:03,000" in moved


def test_times_to_the_frame_are_read_at_the_rate_that_the_file_shows() -> None:
    text = "1\n00:00:01:12 --> 00:00:02:24\nOne\n\n2\n00:00:03:00 --> 00:00:04,500\nTwo\n"
    found = read(text.encode(), "a.srt")
    assert [(one.start_ms, one.end_ms) for one in found.captions] == [(1480, 2960), (3000, 4500)]
    assert [(one.line, "25 a second are taken" in one.reason) for one in found.problems] == [
        (2, True)
    ]
    faster = read(text.replace("01:12", "01:29").encode(), "a.srt")
    assert faster.captions[0].start_ms == 1967
    moved = retimed_apart(text.encode(), "a.srt", by_start(lambda ms: ms + 400 * (ms < 3000)))
    assert moved.decode() == text.replace("01:12", "01:22").replace("02:24", "03:00", 1)


def test_drop_frame_timecode_is_read_and_moved_as_such() -> None:
    text = "1\n00:00:59;29 --> 00:01:02;29\nOne\n\n2\n01:00:00;02 --> 01:00:02;00\nTwo\n"
    found = read(text.encode(), "a.srt")
    assert [(one.start_ms, one.end_ms) for one in found.captions] == [
        (60_027, 62_963),
        (3_600_063, 3_601_998),
    ]
    (told,) = found.problems
    assert "29.97 a second are taken" in told.reason
    moved = retimed_apart(text.encode(), "a.srt", by_start(lambda ms: ms + 1001 * (ms > 99_000)))
    assert moved.decode() == text.replace("00:02;00", "00:03;00").replace("00:00;02", "00:01;02")
    decimals = read(text.replace("59;29", "59;50").encode(), "a.srt")
    assert decimals.captions[0].start_ms == 59_500


def test_a_start_behind_its_end_and_the_next_caption_is_mended_and_told() -> None:
    text = (
        "1\n00:46:50,000 --> 00:46:55,000\nOne\n\n2\n00:48:43,000 --> 00:46:59,000\nTwo\n\n"
        "3\n00:46:59,000 --> 00:47:03,000\nThree\n"
    )
    result = read(text.encode(), "a.srt")
    assert [(d.text, d.start_ms, d.end_ms) for d in result.drafts] == [
        ("One", 2_810_000, 2_815_000),
        ("Two", 2_815_000, 2_819_000),
        ("Three", 2_819_000, 2_823_000),
    ]
    (told,) = result.problems
    assert (told.line, "from the end of the one before" in told.reason) == (6, True)
