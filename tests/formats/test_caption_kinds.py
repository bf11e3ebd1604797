"""Captions of other programs than SubRip's and WebVTT's, told by their content alone."""

from __future__ import annotations

from contextlib import suppress

import pytest

from editor.errors import UnreadableTranscript
from editor.formats import ReadResult, read

POP_ON = """Scenarist_SCC V1.0

00:00:01:00\t94ae 94ae 9420 9420 9470 9470 57e5 ecec 2c20 79e5 73ae 942c 942c 942f 942f

00:00:04:00\t942c 942c
"""
#: "One." rolls up as "Two." comes below it.
ROLL_UP = """Scenarist_SCC V1.0

00:00:01:00\t9425 9425 94ad 94ad 9470 9470 4f6e e5ae

00:00:03:00\t9425 9425 94ad 94ad 9470 9470 54f7 efae
"""
SAMI = """<SAMI><HEAD><STYLE><!-- P {} .ENCC {Name: English; lang: en} --></STYLE></HEAD><BODY>
<SYNC Start=1000><P Class=ENCC>Go <i>on</i>,<br>please
<P Class=FRCC>Va
<SYNC Start=2500><P Class=ENCC>&nbsp;
<SYNC Start=3000 ><P Class="ENCC">a &lt; b
</BODY></SAMI>"""
MICRODVD = "{1}{1}25\n{25}{50}{y:i}Hi|{Y:b}you\n{75}{}On\n"
MPL2 = "[10][25]/Hi|you\n[30][40]On\n"
SUBVIEWER = """[INFORMATION]
[TITLE]Ferry
[END INFORMATION]
[SUBTITLE]
[COLF]&HFFFFFF,[STYLE]bd,[SIZE]18,[FONT]Arial
00:00:01.50,00:00:02.80
Go on,[br]please
"""
SAMI_SAID = [("Go on, please", 1000, 2500), ("a < b", 3000, 3480)]

CASES = {
    "SCC, pop-on": (POP_ON, "scc", [("Well, yes.", 1435, 4004)]),
    "SCC, roll-up": (ROLL_UP, "scc", [("One.", 1068, 3070), ("Two.", 3070, 3610)]),
    "SAMI below a comment": (f"<!-- by hand -->\n{SAMI}", "sami", SAMI_SAID),
    "SAMI": (SAMI, "sami", SAMI_SAID),
    "MicroDVD": (MICRODVD, "frames", [("Hi you", 1000, 2000), ("On", 3000, 3120)]),
    "MPL2": (
        "[10][25]/Hi|you\n[30][40]On\n",
        "frames",
        [("Hi you", 1000, 2500), ("On", 3000, 4000)],
    ),
    "SubViewer": (SUBVIEWER, "sbv", [("Go on, please", 1500, 2800)]),
}


def said(result: ReadResult) -> list[tuple[str, int | None, int | None]]:
    return [(draft.text, draft.start_ms, draft.end_ms) for draft in result.drafts]


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_captions_are_read(case: tuple[str, str, list[tuple[str, int, int]]]) -> None:
    text, form, captions = case
    result = read(text.encode(), "a.txt")
    assert (result.format, said(result)) == (form, captions)


def test_lines_and_styles_are_kept() -> None:
    for text in (SAMI, MICRODVD):
        shown = read(text.encode(), "a.txt").shown[0]
        assert "\n" in shown.text
        assert [one.name for one in shown.styles if one.name == "i"] == ["i"]


def test_what_is_guessed_or_left_out_is_told() -> None:
    (guess,) = read(b"{24}{48}Hi\n", "a.sub").problems
    assert "23.976 frames per second assumed" in guess.reason
    (other,) = read(SAMI.encode(), "a.smi").problems
    assert (other.line, other.text) == (2, "frcc")


def test_damaged_files_are_read_or_refused() -> None:
    for text, _, _ in CASES.values():
        for at in range(1, len(text), 7):
            for damaged in (text[:at], text[:at] + text[at + 5 :], text[:at] + "4" + text[at:]):
                with suppress(UnreadableTranscript):
                    assert read(damaged.encode(), "a.txt").drafts
