from __future__ import annotations

from dataclasses import replace
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.captions import PRESETS, Rules, cues_of, lint
from editor.captions.resegment import broken_anew
from editor.document import Segment, Transcript, join_lines
from editor.edits import Change
from editor.errors import NotFound
from tests.captions.test_captions import transcript, transcripts
from tests.support.chance import examples

LINES = PRESETS["lines"]
NETFLIX = replace(PRESETS["netflix"], keeps_lines=True)


def applied(segments: tuple[Segment, ...], change: Change) -> tuple[Segment, ...]:
    """The segments after a change, each splice in the place it names."""
    now = list(segments)
    for splice in change.splices:
        ids = [one.id for one in now]
        at = ids.index(splice.after_id) + 1 if splice.after_id is not None else 0
        assert tuple(now[at : at + len(splice.removed)]) == splice.removed
        now[at : at + len(splice.removed)] = splice.inserted
    return tuple(now)


def mended(text: Transcript, rules: Rules, only: str | None = None) -> Transcript:
    ids = count()
    change = broken_anew(text.segments, rules, only=only, new_id=lambda: f"new{next(ids)}")
    assert change.kind == "break"
    return Transcript(applied(text.segments, change))


def rules_broken(text: Transcript, rules: Rules) -> list[str]:
    return [each.rule for each in lint(cues_of(text, rules), rules)]


def severity(text: Transcript, rules: Rules) -> tuple[int, int]:
    """Errors, then warnings."""
    found = [each.severity for each in lint(cues_of(text, rules), rules)]
    return found.count("error"), found.count("warning")


def test_a_line_that_is_too_long_is_cut_where_a_sentence_ends() -> None:
    line = "This is a sentence that fills a line and more. " * 3
    text = transcript(line.strip(), word_ms=230)
    assert "lines" in rules_broken(text, LINES)
    after = mended(text, LINES)
    assert all(segment.text.endswith(".") for segment in after.segments)
    assert rules_broken(after, LINES) == []
    assert after.segments[0].id == "0"


def test_a_line_too_short_to_be_read_joins_its_neighbour() -> None:
    text = transcript("We went to town", "today.", "Then we came home again.", word_ms=200)
    assert "min_ms" in rules_broken(text, NETFLIX)
    after = mended(text, NETFLIX)
    assert rules_broken(after, NETFLIX) == []
    assert len(after.segments) < 3


def test_an_article_goes_down_to_its_noun() -> None:
    text = transcript("We went to the", "market in the morning.", word_ms=400)
    assert rules_broken(text, NETFLIX) == ["bad_break"]
    after = mended(text, NETFLIX, only="0")
    assert rules_broken(after, NETFLIX) == []


def test_other_speakers_turns_and_sounds_are_never_joined() -> None:
    text = transcript("Yes.", "- No.", "(door)", "Ann: So.", word_ms=100)
    assert set(rules_broken(text, NETFLIX)) == {"min_ms", "gap"}
    assert mended(text, NETFLIX) == text


def test_only_the_named_line_is_mended() -> None:
    line = "This is a sentence that fills a line and more. " * 3
    text = transcript(line.strip(), "- " + line.strip(), word_ms=230)
    after = mended(text, LINES, only="1")
    assert after.segments[0] == text.segments[0]
    assert len(after.segments) > 2
    with pytest.raises(NotFound):
        broken_anew(text.segments, NETFLIX, only="gone", new_id=str)


@examples(150)
@given(transcripts(), st.sampled_from([NETFLIX, LINES, PRESETS["dcmp"]]))
def test_fixes_keep_every_word_its_time_and_break_fewer_rules(
    text: Transcript, rules: Rules
) -> None:
    rules = replace(rules, keeps_lines=True)
    after = mended(text, rules)
    assert list(after.words()) == list(text.words())
    assert len({segment.id for segment in after.segments}) == len(after.segments)
    joined = [join_lines(segment.text.split("\n")) for segment in text.segments]
    assert "".join("".join(joined).split()) == "".join(
        "".join(segment.text for segment in after.segments).split()
    )
    assert severity(after, rules) <= severity(text, rules)
