from __future__ import annotations

import pytest

from editor.review import doubts_of, segment_doubts
from editor.review.style import style_difference
from tests.review.test_segments import timed
from tests.review.texts import evidence_of


@pytest.mark.parametrize(
    ("written", "said", "difference"),
    [
        ("so it is.", "so it is.", None),
        ("so, it is", "so it is.", "punctuation differs"),
        ("So it is", "so it is", "capitals differ"),
        ("So, it is", "so it is", "capitals and punctuation differ"),
        ("north-east", "northeast", "hyphens or spaces differ"),
        ("alright", "all right", "spelling differs"),
        ("20%", "twenty percent", "numbers or signs differ"),
        ("it's", "it is", "one is a contraction"),
        ("colour", "color", "spelling differs"),
    ],
)
def test_what_differs_is_told(written: str, said: str, difference: str | None) -> None:
    assert style_difference(written.split(), said.split()) == difference


WRITTEN = "we paid $6 for the colour, and it's here"
SAID = "we paid six dollars for the color and it is here now"


def test_differences_of_style_are_listed_behind_all_doubts_where_that_is_wished() -> None:
    evidence = evidence_of(WRITTEN, SAID)
    plain = doubts_of(evidence, least_score=0.5)
    assert [doubt.heard for doubt in plain] == ["now"]
    listed = doubts_of(evidence, least_score=0.5, with_style=True)
    assert listed[:1] == plain
    assert [(d.kind, d.written, d.heard, d.why) for d in listed[1:]] == [
        ("style", "$6", "six dollars", "sounds the same; numbers or signs differ"),
        ("style", "colour,", "color", "sounds the same; spelling differs"),
        ("style", "it's", "it is", "sounds the same; one is a contraction"),
    ]


def test_segments_tell_them_where_that_is_wished() -> None:
    segments, heard = timed(SAID.removesuffix(" now"), WRITTEN)
    assert segment_doubts(segments, heard) == {}
    doubts = segment_doubts(segments, heard, with_style=True)["s0"]
    assert [(d.kind, d.written) for d in doubts] == [
        ("style", "$6"),
        ("style", "colour,"),
        ("style", "it's"),
    ]
