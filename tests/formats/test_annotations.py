"""Tables, labels, lyrics and tiers: passages with times, told by their content alone."""

from __future__ import annotations

from contextlib import suppress

import pytest

from editor.errors import UnreadableTranscript
from editor.formats import chosen_kind, read

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
EXMARALDA = """<?xml version="1.0"?><basic-transcription><head><speakertable>
<speaker id="S0"><abbreviation>Ida</abbreviation></speaker></speakertable></head><basic-body>
<common-timeline><tli id="T0" time="0.5"/><tli id="T1"/><tli id="T2" time="2.5"/></common-timeline>
<tier id="A" speaker="S0" category="v" type="t"><event start="T0" end="T1">Guten T</event>
<event start="T1" end="T2">ag.</event></tier><tier id="B" speaker="S0" category="en" type="a">
<event start="T0" end="T2">Good day.</event></tier></basic-body></basic-transcription>"""
TRANSCRIBER = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans><Speakers><Speaker id="s1" name="Ida"/><Speaker id="s2" name="Ole"/></Speakers><Episode>
<Section type="report"><Turn speaker="s1" startTime="0.5" endTime="4"><Sync time="0.5"/>
good<Event desc="b" type="noise"/> day
<Sync time="2.25"/>
all</Turn><Turn speaker="s1 s2" startTime="5" endTime="6"><Sync time="5"/><Who nb="1"/>yes
<Who nb="2"/>no</Turn></Section></Episode></Trans>"""
CHAT = """@UTF8
@Begin
@Participants:\tCHI Ross Target_Child, MOT Mother
*MOT:\tmore [*] , (be)cause &-um <you do> [//] (.) you want it ? \x150_1500\x15
%mor:\tx|y
*CHI:\txxx dat@c
\tgo +... \x152000_2900\x15
@End
"""
STM = """;; by hand
rec A Ida 0.50 2.00 <o,f0,female> good day
rec A inter_segment_gap 2.00 3.00 <o,,>
rec A Ole 3.00 4.00 <o,f0,male> yes
"""
CTM = """rec 1 0.50 0.30 good 0.9
<ALT_BEGIN>
rec 1 0.90 0.40 day 0.8
<ALT>
rec 1 0.90 0.40 they 0.2
<ALT_END>
rec 1 6.00 0.40 all NA
"""

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
    "CSV with units and a length": (
        "start_time (s),duration,text\n1.5,0.5,Hi\n2.5,1,Yes\n",
        [("Hi", None, 1500, 2000), ("Yes", None, 2500, 3500)],
    ),
    "CSV of ms, told by its head": (
        "Start (ms),End (ms),Text\n15,50,Hi\n25,300,Yes\n",
        [("Hi", None, 15, 50), ("Yes", None, 25, 300)],
    ),
    "CSV of spans": (
        "Time,Speaker,Text\n0:01 - 0:02,Ana,Hi\n0:03-0:05,Ben,Yes\n",
        [("Hi", "Ana", 1000, 2000), ("Yes", "Ben", 3000, 5000)],
    ),
    "CSV of heads in another language": (
        "Début;Fin;Locuteur;Texte\n0:01;0:02;Ana;Salut\n0:03;0:04;Ben;Oui\n",
        [("Salut", "Ana", 1000, 2000), ("Oui", "Ben", 3000, 4000)],
    ),
    "CSV without heads": (
        '00:00:01.500,00:00:02.500,Hello\n00:00:03.000,00:00:04.000,"Yes, sir"\n',
        [("Hello", None, 1500, 2500), ("Yes, sir", None, 3000, 4000)],
    ),
    "TSV without heads, with names": (
        "1.5\t2.5\tAna\tHello there\n3.0\t4.0\tBen\tYes you\n",
        [("Hello there", "Ana", 1500, 2500), ("Yes you", "Ben", 3000, 4000)],
    ),
    "labels": (
        "0.50\t1.25\tgo on\n\\\t100.0\t900.0\n2.0\t2.0\tstop\n",
        [("go on", None, 500, 1250), ("stop", None, 2000, 2240)],
    ),
    "short grid": (SHORT_GRID, [('so "we" go', "Ana", 0, 1500), ("yes", "Ben", 2250, 2430)]),
    "long grid": (LONG_GRID, [("number 7", None, 500, 3000)]),
    "tiers of ELAN": (EAF, [("go & see", "Ana", 500, 900)]),
    "tiers of EXMARaLDA": (EXMARALDA, [("Guten Tag.", "Ida", 500, 2500)]),
    "turns of Transcriber": (
        TRANSCRIBER,
        [
            ("good day", "Ida", 500, 2250),
            ("all", "Ida", 2250, 4000),
            ("yes", "Ida", 5000, 6000),
            ("no", "Ole", 5000, 6000),
        ],
    ),
    "utterances of CHAT": (
        CHAT,
        [
            ("more, because um you do you want it?", "MOT", 0, 1500),
            ("[unintelligible] dat go", "Ross", 2000, 2900),
        ],
    ),
    "turns of STM": (STM, [("good day", "Ida", 500, 2000), ("yes", "Ole", 3000, 4000)]),
    "words of CTM": (CTM, [("good day", None, 500, 1300), ("all", None, 6000, 6400)]),
    "words of CTM by channel": (
        "r A 0.5 0.3 good 0.9\nr A 0.9 0.4 day 0.9\nr B 6.0 0.4 yes 0.9\n",
        [("good day", "channel A", 500, 1300), ("yes", "channel B", 6000, 6400)],
    ),
    "labels with names": (
        "0.5\t1.5\tAna: go\n2.0\t3.0\tBen: no\n3.5\t4.0\tAna: yes\n4.0\t4.5\tBen: so\n",
        [
            ("go", "Ana", 500, 1500),
            ("no", "Ben", 2000, 3000),
            ("yes", "Ana", 3500, 4000),
            ("so", "Ben", 4000, 4500),
        ],
    ),
    "lyrics without tags": (
        "[00:01.00]Wait\n[00:02.50]Hold\n[00:04.00][00:09.00]On\n[00:06.00]\n",
        [
            ("Wait", None, 1000, 1240),
            ("Hold", None, 2500, 2740),
            ("On", None, 4000, 4120),
            ("On", None, 9000, 9120),
        ],
    ),
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


def test_words_of_lyrics_keep_their_times() -> None:
    text = "[00:01.00]<00:01.00> Go <00:01.50> on <00:02.25>\n[00:04.00]Hal<00:04.50>lo\n"
    drafts = read(text.encode(), "a.lrc").drafts
    assert [(d.text, d.word_times_ms) for d in drafts] == [
        ("Go on", ((1000, 1500), (1500, 2250))),
        ("Hallo", ((4000, 4500),)),
    ]


def test_words_of_an_aligner_become_turns_with_word_times() -> None:
    words = ["we", "go", "", "now", "or", "never", "so"]
    intervals = "".join(f'{n}\n{n + 1}\n"{word}"\n' for n, word in enumerate(words))
    tier = f'"IntervalTier"\n"Ida - words"\n0\n7\n7\n{intervals}'
    text = f'"ooTextFile"\n"TextGrid"\n\n0\n7\n<exists>\n1\n{tier}'
    drafts = read(text.encode("utf-16"), "a.TextGrid").drafts
    assert [(d.text, d.speaker, d.start_ms, d.end_ms) for d in drafts] == [
        ("we go now or never so", "Ida", 0, 7000)
    ]
    assert drafts[0].word_times_ms[1:3] == ((1000, 2000), (3000, 4000))


def test_a_tier_that_only_cuts_the_time_is_said_by_the_one_below() -> None:
    child = (
        '<TIER TIER_ID="tx" PARENT_REF="A" PARTICIPANT="Ana"><ANNOTATION><REF_ANNOTATION '
        'ANNOTATION_ID="b" ANNOTATION_REF="a"><ANNOTATION_VALUE>go on</ANNOTATION_VALUE>'
        "</REF_ANNOTATION></ANNOTATION></TIER>"
    )
    text = EAF.replace("go &amp; see", "").replace('<TIER TIER_ID="de" PARENT_REF="A"/>', child)
    text = text.replace("<ALIGNABLE_ANNOTATION", '<ALIGNABLE_ANNOTATION ANNOTATION_ID="a"')
    drafts = read(text.encode(), "a.eaf").drafts
    assert [(d.text, d.speaker, d.start_ms, d.end_ms) for d in drafts] == [
        ("go on", "Ana", 500, 900)
    ]


def test_a_tier_without_the_name_of_a_person_is_nobodys() -> None:
    text = EAF.replace('TIER_ID="A" PARTICIPANT="Ana"', 'TIER_ID="default"')
    assert [draft.speaker for draft in read(text.encode(), "a.eaf").drafts] == [None]


def test_slots_without_a_time_lie_between_others() -> None:
    slot = '<TIME_SLOT TIME_SLOT_ID="t1" TIME_VALUE="500"/>'
    text = EAF.replace(slot, f'{slot}<TIME_SLOT TIME_SLOT_ID="t0"/>').replace('1="t1"', '1="t0"')
    assert [d.start_ms for d in read(text.encode(), "a.eaf").drafts] == [700]


def test_numbers_in_a_row_are_no_table() -> None:
    for text in ("10, 20, apples\n30, 40, pears\n", "At 3:00, we met.\nAt 4:00, we left.\n"):
        assert read(text.encode(), "a.txt").format == "txt"


def test_damaged_files_are_read_or_refused() -> None:
    for text, _ in CASES.values():
        for at in range(1, len(text), 7):
            for damaged in (text[:at], text[:at] + text[at + 5 :]):
                with suppress(UnreadableTranscript):
                    assert read(damaged.encode(), "a.txt").drafts


@pytest.mark.parametrize(
    ("kind", "now"), [("labels", "audacity"), ("table", "csv"), ("chat", "cha")]
)
def test_a_kind_is_known_by_the_name_it_had_before(kind: str, now: str) -> None:
    assert chosen_kind(kind).name == now
