from __future__ import annotations

from dataclasses import replace

import pytest

from editor.captions import PRESETS, Rules, cues_by_rules, lint
from editor.document import Transcript
from editor.formats import read
from editor.formats.exports import Options, convert, lint_file
from tests.captions.test_captions import lines_of, transcript

NETFLIX = PRESETS["netflix"]
SRT = (
    "1\n00:00:01,000 --> 00:00:02,000\n- Hi.\n- Hello, how are you?\n\n"
    "2\n00:00:03,000 --> 00:00:05,000\nI am fine, thank you.\n"
)


def test_what_two_say_too_briefly_shares_a_caption() -> None:
    text = transcript("- Are you coming?", "- In a minute.", "- Good. Then we wait here.")
    cues = cues_by_rules(text, NETFLIX)
    assert lines_of(cues) == ["- Are you coming?|- In a minute.", "Good. Then we wait here."]
    assert [word.text for word in cues[0].words] == ["Are", "you", "coming?", "In", "a", "minute."]
    assert (cues[0].start_ms, cues[0].new_turn, cues[1].new_turn) == (0, False, True)
    assert lint(cues, NETFLIX) == []


@pytest.mark.parametrize(
    "text",
    [
        # Long enough to be read alone.
        transcript("- Are you coming?", "- In a minute.", word_ms=900),
        # Too far from each other.
        transcript("- Yes.", "- No.", pause_ms=3000),
        # No room in one line behind a dash.
        transcript("- Yes.", "- We will not be there before the end of it."),
        # A sound is no speaker.
        transcript("- Yes.", "- (door)"),
        # One speaker.
        transcript("Yes.", "No.", word_ms=100, pause_ms=2500),
        # Names stand before lines already.
        transcript("Ann: Yes.", "- No."),
    ],
)
def test_others_stay_as_they_are(text: Transcript) -> None:
    assert all(
        len(cue.segment_id or "") and "- " not in cue.lines[0]
        for cue in cues_by_rules(text, NETFLIX)
    )


@pytest.mark.parametrize(
    "rules", [replace(NETFLIX, lines=1), Rules("y", line_chars=42, min_ms=833, turn_mark=">> ")]
)
def test_rules_may_have_no_room_for_it(rules: Rules) -> None:
    assert len(cues_by_rules(transcript("- Yes.", "- No."), rules)) == 2


def test_dialogue_of_a_file_is_no_flash_and_breaks_no_rule() -> None:
    written = convert(SRT.encode(), "a.srt", format_name="srt", options=Options(NETFLIX)).data
    assert [(one.text, one.start_ms, one.end_ms) for one in read(written, "a.srt").captions] == [
        ("- Hi.\n- Hello, how are you?", 1000, 2300),
        ("I am fine, thank you.", 3000, 5000),
    ]
    assert lint_file(written, "a.srt", NETFLIX)[0] == []
    turns = [(one.text, one.new_turn) for one in read(written, "a.srt").drafts]
    assert turns[:2] == [("Hi.", True), ("Hello, how are you?", True)]
