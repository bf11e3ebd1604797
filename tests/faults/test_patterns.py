"""No text lets a pattern of ours take more than linear time."""

from __future__ import annotations

import re

import pytest

from editor.formats.patch import speakers
from tests.support.patterns import Used, built, patterns, too_slow

#: Patterns that are put together at work, as they may look then. What a person looks for has a
#: bound of time; the others hold that text escaped.
BUILT = {
    "formats/patch/speakers.py": re.compile(
        rf"{speakers.LEAD}(Ann)(?=[ \u00a0\u202f]?[:：])", re.MULTILINE
    ),
    "review/find_replace.py": re.compile(r"(?<!\w)(?:Ann)(?!\w)"),
    "library/edits.py": re.compile(r"(?<!\w)Ann(?!\w)"),
}


def test_no_pattern_takes_more_than_linear_time() -> None:
    found = patterns()
    assert len(found) > 80
    made = [Used(place, pattern, frozenset(["search"])) for place, pattern in BUILT.items()]
    slow = {used.place: text for used in [*found, *made] if (text := too_slow(used))}
    assert not slow


def test_each_pattern_put_together_at_work_is_known() -> None:
    assert {place.partition(":")[0] for place in built()} == BUILT.keys()


@pytest.mark.parametrize(
    ("pattern", "ask"),
    [
        (r"(?:[A-Za-z]\w*:\S*\s*)*", "fullmatch"),
        (r"(\d+:\d{1,2}),(\d+)", "sub"),
        (r"<v\s+([^>]*)>", "fullmatch"),
        (r"(?:a|a)*b", "match"),
        (r"\s*$", "search"),
    ],
)
def test_slow_patterns_are_found(pattern: str, ask: str) -> None:
    assert too_slow(Used("", re.compile(pattern), frozenset([ask])))
