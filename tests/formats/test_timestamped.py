"""Text with times and names in the forms that programs and people write."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.formats import read
from editor.formats.timestamped import is_timestamped
from tests.support.chance import examples

Turn = tuple[str | None, str, int | None]

LAYOUTS: dict[str, tuple[str, list[Turn]]] = {
    "name and time above each turn": (
        "Lena Fox  0:04\nThe well is dry.\n\nIs it?\n\nOmar  12:10\nSince May.\n\n"
        "Transcribed by https://example.org",
        [
            ("Lena Fox", "The well is dry.", 4000),
            ("Lena Fox", "Is it?", None),
            ("Omar", "Since May.", 730000),
        ],
    ),
    "a date and a duration in the head": (
        "Well talk\nFri, Nov 27, 2026 10:00AM • 42:31\n\nKEYWORDS\nwell, water\n\n"
        "Lena Fox  00:04\nThe well is dry.\n\nOmar  00:09\nSince May.\n",
        [("Lena Fox", "The well is dry.", 4000), ("Omar", "Since May.", 9000)],
    ),
    "time in brackets behind the name": (
        "Speaker 1 (00:04):\nThe well is dry.\n\nSpeaker 2 (01:00:09):\nSince May: all of it.\n",
        [("Speaker 1", "The well is dry.", 4000), ("Speaker 2", "Since May: all of it.", 3609000)],
    ),
    "time, name and text in one line": (
        "[00:00:04] Lena Fox: The well is dry.\n[00:00:09] Omar: Since May.\n"
        "[00:00:12] Lena Fox: [sighs] Yes.\n",
        [
            ("Lena Fox", "The well is dry.", 4000),
            ("Omar", "Since May.", 9000),
            ("Lena Fox", "[sighs] Yes.", 12000),
        ],
    ),
    "name, time and text in one line": (
        "Lena: [00:04] The well is dry.\nOmar: [00:09] Since May.\nLena: [00:12] Yes.",
        [
            ("Lena", "The well is dry.", 4000),
            ("Omar", "Since May.", 9000),
            ("Lena", "Yes.", 12_000),
        ],
    ),
    "a name with a colon, a tab, a time and a tab": (
        "Speaker 1:\t00:04\tThe well is dry.\nSpeaker 2:\t00:09\tSince May.\n",
        [("Speaker 1", "The well is dry.", 4000), ("Speaker 2", "Since May.", 9000)],
    ),
    "times by strokes": (
        "00'04'' Lena: The well is dry.\n00'09'' Omar: Since May.\n00'12'' Lena: Yes.\n",
        [
            ("Lena", "The well is dry.", 4000),
            ("Omar", "Since May.", 9000),
            ("Lena", "Yes.", 12_000),
        ],
    ),
    "times and brackets of full width": (
        "说话人 1（00:04）：井干了。\n说话人 2（00：09）：五月起。\n说话人 1（00:12）：是的。\n",
        [
            ("说话人 1", "井干了。", 4000),
            ("说话人 2", "五月起。", 9000),
            ("说话人 1", "是的。", 12_000),
        ],
    ),
    "seconds from and to without brackets": (
        "4.20-5.50: The well is dry.\n9.00-11.50: Since May.\n",
        [(None, "The well is dry.", 4200), (None, "Since May.", 9000)],
    ),
    "names in bold, as they are copied": (
        "[00:00:04] **Lena Fox:** The well is dry.\n\n[00:00:09] **Omar**: Since May.\n",
        [("Lena Fox", "The well is dry.", 4000), ("Omar", "Since May.", 9000)],
    ),
    "captions of an editing program": (
        "@ Captions, version 1\n\n<begin subtitles>\n\n"
        "00:00:04:00 00:00:06:12\nThe well\nis dry.\n\n"
        "00:00:09:00 00:00:11:00\nSince May.\n\n<end subtitles>\n",
        [(None, "The well is dry.", 4000), (None, "Since May.", 9000)],
    ),
    "captions of a program for discs": (
        "$FontName = Arial\n00:00:04:00,00:00:06:12,The well | is dry.\n"
        "00:00:09:00,00:00:11:00,Since May.\n",
        [(None, "The well is dry.", 4000), (None, "Since May.", 9000)],
    ),
    "time and name above": (
        "A talk\n\n00:00:04 Speaker 1\nThe well is dry.\n\n00:00:09 Speaker 2\nSince May.",
        [("Speaker 1", "The well is dry.", 4000), ("Speaker 2", "Since May.", 9000)],
    ),
    "name above the time": (
        "Lena Fox\n00:04\nThe well is dry.\n\nOmar\n00:09\nSince May.\nThis one.",
        [
            ("Lena Fox", "The well is dry.", 4000),
            ("Omar", "Since May.", 9000),
            ("Omar", "This one.", None),
        ],
    ),
    "a span of frames above the name": (
        "00;00;04;00 - 00;00;06;15\nLena Fox\nThe well is dry.\n\n"
        "00;00;09;00 - 00;00;10;00\nOmar\nSince May.\n",
        [("Lena Fox", "The well is dry.", 4004), ("Omar", "Since May.", 9009)],
    ),
    "times alone": (
        "0:04\nwe came at 3:30 to the well\n0:09\nand it was dry\n1:00:00\nall of it",
        [
            (None, "we came at 3:30 to the well", 4000),
            (None, "and it was dry", 9000),
            (None, "all of it", 3600000),
        ],
    ),
    "a time where a turn ends": (
        "I: Since when? #00:00:04-2#\nB: Since May. #00:00:09-0#\nI: May? #00:00:12-0#",
        [("I", "Since when?", None), ("B", "Since May.", 4200), ("I", "May?", 9000)],
    ),
    "times of the day": (
        "[Lena Fox] 09:30:04\nThe well is dry.\n\n[Omar] 09:30:09\nSince May.\n",
        [("Lena Fox", "The well is dry.", 0), ("Omar", "Since May.", 5000)],
    ),
    "dates with times of the day": (
        "[2026-05-04T09:30:04] The well is dry.\n[2026-05-04T09:30:09] Since May.\n",
        [(None, "The well is dry.", 0), (None, "Since May.", 5000)],
    ),
    "dates with seconds": (
        "[2026-05-04T4.5s] The well is dry.\n[2026-05-04T9.5s] Since May.\n",
        [(None, "The well is dry.", 4500), (None, "Since May.", 9500)],
    ),
    "seconds": (
        "[4.00s -> 9.50s] The well is dry.\n[9.50s -> 12.00s] Since May.",
        [(None, "The well is dry.", 4000), (None, "Since May.", 9500)],
    ),
    "cells": (
        "Talk in May\n\n00:00:04\tLena\tThe well is dry.\n"
        "00:00:09\tOmar\tSince May.\n00:00:12\tLena\tYes.",
        [
            ("Lena", "The well is dry.", 4000),
            ("Omar", "Since May.", 9000),
            ("Lena", "Yes.", 12_000),
        ],
    ),
    "names alone above paragraphs": (
        "INTERVIEWER\nIs the well dry?\n\nROSA\nSince May.\nAll of it.\n\nINTERVIEWER\nSo long?\n",
        [
            ("INTERVIEWER", "Is the well dry?", None),
            ("ROSA", "Since May.", None),
            ("ROSA", "All of it.", None),
            ("INTERVIEWER", "So long?", None),
        ],
    ),
    "hours of the day": (
        "2:05 PM Lena: The well is dry.\n2:06 PM Omar: Since May.\n2:09 PM Lena: Yes.\n",
        [
            ("Lena", "The well is dry.", 0),
            ("Omar", "Since May.", 60_000),
            ("Lena", "Yes.", 240_000),
        ],
    ),
    "times glued to words": (
        "0:04we came to the well\n0:09and it was dry\n0:12all of it",
        [
            (None, "we came to the well", 4000),
            (None, "and it was dry", 9000),
            (None, "all of it", 12_000),
        ],
    ),
    "the name in the last cell": (
        "Span\tContent\tWho\n0:04 - 0:09\tIs the well dry?\tRosa Diaz\n"
        "0:09 - 0:12\tSince May.\tOmar\n0:12 - 0:15\tSo long.\tRosa Diaz\n",
        [
            ("Rosa Diaz", "Is the well dry?", 4000),
            ("Omar", "Since May.", 9000),
            ("Rosa Diaz", "So long.", 12_000),
        ],
    ),
    "a name above several times": (
        "Model: large\n\nSPEAKER_00\n[00:04 - 00:06] Is the well dry?\n\n"
        "SPEAKER_01\n[00:06 - 00:09] Since May.\n[00:09 - 00:12] All of it.\n",
        [
            ("SPEAKER_00", "Is the well dry?", 4000),
            ("SPEAKER_01", "Since May.", 6000),
            ("SPEAKER_01", "All of it.", 9000),
        ],
    ),
    "a time twice, in words and figures": (
        "Lena Fox\n0 minutes 4 seconds\n0:04\nThe well is dry.\nOmar\n1 minute 9 seconds\n"
        "1:09\nSince May.\n",
        [("Lena Fox", "The well is dry.", 4000), ("Omar", "Since May.", 69_000)],
    ),
    "names in a script without capitals": (
        "发言人1  00:04\n井干了。\n\n发言人2  00:09\n从五月开始。\n\n发言人1  00:12\n是的。\n",
        [
            ("发言人1", "井干了。", 4000),
            ("发言人2", "从五月开始。", 9000),
            ("发言人1", "是的。", 12_000),
        ],
    ),
    "numbers of lines, question and answer": (
        "           12\n 1     Q.  Is the well dry?\n 2     A.  Since May, I\n 3  believe.\n"
        " 4         MR. FOX:  Objection.\n 5     Q.  All of it?\n 6     A.  Yes.\n"
        "           13\n 1     Q.  And the other?\n 2     A.  No.\n",
        [
            ("Q", "Is the well dry?", None),
            ("A", "Since May, I", None),
            ("A", "believe.", None),
            ("MR. FOX", "Objection.", None),
            ("Q", "All of it?", None),
            ("A", "Yes.", None),
            ("Q", "And the other?", None),
            ("A", "No.", None),
        ],
    ),
    "times every five minutes, which no turn begins at": (
        "Weekly - Transcript\nAttendees\nLena Fox, Omar\n00:00:00\nLena Fox: It is dry.\n"
        "Omar: Since May.\nLena Fox: Yes.\n00:05:00\nOmar: So: rain.\nLena Fox: Soon.\n",
        [
            ("Lena Fox", "It is dry.", None),
            ("Omar", "Since May.", None),
            ("Lena Fox", "Yes.", None),
            ("Omar", "So: rain.", None),
            ("Lena Fox", "Soon.", None),
        ],
    ),
    "timecodes by their name": (
        "TC: 00:00:04\nLena Fox: The well is dry.\nTC: 00:00:12\nOmar: Since May.\n",
        [("Lena Fox", "The well is dry.", 4000), ("Omar", "Since May.", 12000)],
    ),
    "timecodes by their name in brackets": (
        "(Timecode 00:04) The well is dry.\n(Timecode 00:12) Since May.\n",
        [(None, "The well is dry.", 4000), (None, "Since May.", 12000)],
    ),
    "times behind what is said": (
        "Lena Fox: The well is dry. (0:04)\nOmar: Since May. (0:09)\nLena Fox: Yes. (0:12)\n",
        [
            ("Lena Fox", "The well is dry.", None),
            ("Omar", "Since May.", 4000),
            ("Lena Fox", "Yes.", 9000),
        ],
    ),
    "one such time in a short meeting": (
        "Weekly - Transcript\nLena Fox: It is dry.\nOmar: Since May.\n00:05:00\n"
        "Omar: So: rain.\nMeeting ended after 00:07:31\n",
        [
            ("Lena Fox", "It is dry.", None),
            ("Omar", "Since May.", None),
            ("Omar", "So: rain.", None),
        ],
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_times_and_names_are_told_from_words(layout: tuple[str, list[Turn]]) -> None:
    text, turns = layout
    result = read(text.encode(), "a.txt")
    assert [(d.speaker, d.text, d.start_ms) for d in result.drafts] == turns
    assert result.format == "timestamped"


PROSE = [
    "Ngeno won it in 3:31.\nThen Lund, in 3:32.\nThen Ahmed with 3:34.",
    "Breakfast is at 8:00\nLunch is at 12:30\nDinner is at 19:15",
    "9:00 we ate by the sea\n10:30 we swam\n12:15 we slept",
    "The sea\nis deep.\n\nThe sky\nis high.\n\nWe sang.",
    "At 10:30 we met.\nAt 11:15 we left.\nAt 12:00 we slept.",
    "12:15 was the train we missed.\nThe next one came.\nNobody was on it.",
    "It is written (3:16) so.\nAnd (4:2) so.",
    "The score was 3:20 in the end.\nSo we went home at 7:45.",
    "Chapter 2: the well.\nChapter 3: the rain.",
    "We met at 10:30\nWe left at 11:30\nand that was all",
    "We met 9:00 to 10:00 here.\nThen 10:00 to 11:00 we ate.\nAnd 12:00-13:00 we slept.",
    # Days of a diary, which rise as times do.
    "01.02.24\nThe well is dry.\n15.03.24\nIt is dug.\n20.04.24\nThere is water.\n",
]


@pytest.mark.parametrize("text", PROSE)
def test_times_that_were_said_are_words(text: str) -> None:
    result = read(text.encode(), "a.txt")
    assert result.format == "txt"
    assert [(draft.text, draft.speaker) for draft in result.drafts] == [
        (line, None) for line in text.split("\n") if line
    ]


_PIECES = st.sampled_from(
    [
        "0:03",
        "[00:00:05]",
        "(1:10)",
        "#00:00:09-1#",
        "9:99",
        "Ana",
        "Ana:",
        "the sea,",
        "-",
        "\t",
        "  ",
        "\n",
        "\n\n",
        ":",
        "[",
        "00;00;01;02",
        "x" * 70,
        "3 s",
        "1.5s -> 2s",
        "田中：",
        "**",
    ]
)


@given(st.lists(_PIECES, max_size=40).map(" ".join))
@examples(60)
def test_any_text_is_read_and_its_words_are_kept_or_told(text: str) -> None:
    data = f"So be it.\n{text}\nThe end.".encode()
    result = read(data, "a.txt", kind="timestamped")
    shown = " ".join([*(d.text for d in result.drafts), *(p.text for p in result.problems)])
    assert "The end." in shown
    assert text.count("the sea,") <= shown.count("the sea,")


def test_forty_thousand_lines_are_read_in_time() -> None:
    lines = [f"Ana Ruiz  {n // 60}:{n % 60:02}\nAnd so on: (3:16) and on" for n in range(20_000)]
    text = "\n".join(lines)
    begun = time.perf_counter()
    assert is_timestamped(text)
    assert len(read(text.encode(), "a.txt").drafts) == 20_000
    assert time.perf_counter() - begun < 20
