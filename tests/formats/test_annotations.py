"""Tables, labels, lyrics and tiers: passages with times, told by their content alone."""

from __future__ import annotations

from contextlib import suppress

import pytest

from editor.errors import UnreadableTranscript
from editor.formats import read

SHORT_GRID = """"ooTextFile"
"TextGrid"

0
4
<exists>
2
"IntervalTier"
"Ana"
0
4
2
0
1.5
"so ""we"" go"
1.5
4
""
"TextTier"
"Ben"
0
4
1
2.25
"yes"
"""
LONG_GRID = """File type = "ooTextFile"
Object class = "TextGrid"

xmin = 0
xmax = 3
tiers? <exists>
size = 1
item []:
    item [1]:
        class = "IntervalTier"
        name = "words"
        xmin = 0
        xmax = 3
        intervals: size = 1
        intervals [1]:
            xmin = 0.5
            xmax = 3
            text = "number 7"
"""
EAF = """<?xml version="1.0"?><ANNOTATION_DOCUMENT><TIME_ORDER>
<TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="500"/><TIME_SLOT TIME_SLOT_ID="t2" TIME_VALUE="900"/>
</TIME_ORDER><TIER TIER_ID="A" PARTICIPANT="Ana"><ANNOTATION><ALIGNABLE_ANNOTATION
TIME_SLOT_REF1="t1" TIME_SLOT_REF2="t2"><ANNOTATION_VALUE>go &amp; see</ANNOTATION_VALUE>
</ALIGNABLE_ANNOTATION></ANNOTATION></TIER><TIER TIER_ID="de" PARENT_REF="A"/>
</ANNOTATION_DOCUMENT>"""
LRC = "[ar:Ana]\n[offset:+100]\n[00:01.50][00:09.50]go <00:02.00>on\n[01:00.5]end\n"

CASES = {
    "TSV of milliseconds": (
        'start\tend\ttext\n0\t900\tGo on.\n1500\t2000\tYes "so".\n',
        [("Go on.", None, 0, 900), ('Yes "so".', None, 1500, 2000)],
    ),
    "CSV of seconds": (
        'Speaker,Start,End,Text\nAna,0.5,1,"Go, on"\nBen,2,3,Yes\n',
        [("Go, on", "Ana", 500, 1000), ("Yes", "Ben", 2000, 3000)],
    ),
    "CSV of drop frames": (
        "Speaker Name;Start Time;End Time;Text\nAna;00:01:00;02;00:01:01;00;x\n".replace(
            "00:01:00;02;00:01:01;00", '"00;01;00;02";"00;01;01;00"'
        ),
        [("x", "Ana", 60_060, 60_994)],
    ),
    "CSV of clocks": ("Time,Name,Text\n1:02,Ana,x\n", [("x", "Ana", 62_000, 62_060)]),
    "labels": (
        "0.50\t1.25\tgo on\n\\\t100.0\t900.0\n2.0\t2.0\tstop\n",
        [("go on", None, 500, 1250), ("stop", None, 2000, 2240)],
    ),
    "short grid": (SHORT_GRID, [('so "we" go', "Ana", 0, 1500), ("yes", "Ben", 2250, 2430)]),
    "long grid": (LONG_GRID, [("number 7", None, 500, 3000)]),
    "tiers of ELAN": (EAF, [("go & see", "Ana", 500, 900)]),
    "lyrics": (
        LRC,
        [("go on", None, 1400, 1700), ("go on", None, 9400, 9700), ("end", None, 60_400, 60_580)],
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_passages_are_read(case: tuple[str, list[tuple[str, str | None, int, int]]]) -> None:
    text, passages = case
    result = read(text.encode(), "a.txt")
    assert [(d.text, d.speaker, d.start_ms, d.end_ms) for d in result.drafts] == passages
    assert result.recognised


def test_damaged_files_are_read_or_refused() -> None:
    for text, _ in CASES.values():
        for at in range(1, len(text), 7):
            for damaged in (text[:at], text[:at] + text[at + 5 :]):
                with suppress(UnreadableTranscript):
                    assert read(damaged.encode(), "a.txt").drafts
