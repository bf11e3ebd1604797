"""Captions that overlap in a person's own file overlap the same way in whatever comes of it."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import count, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.align.drafts import imported_starts, segments_from_drafts, timed_segments
from editor.captions import PRESETS, cues_of
from editor.captions.resegment import broken_anew
from editor.document import DraftSegment, RecognisedWord, Segment, Transcript
from editor.edits import edit_text, merge, split, with_present_times
from editor.edits.shift import moved_segments
from editor.formats import read
from editor.formats.exports import Options, convert
from tests.support.chance import examples
from tests.support.reading import reading_here

SIGN = DraftSegment("HARBOUR OFFICE", start_ms=1000, end_ms=9000)
TALK = [
    DraftSegment("Is anyone in?", start_ms=1500, end_ms=3000),
    DraftSegment("Only the cat.", start_ms=3200, end_ms=5000),
    DraftSegment("Then we wait.", start_ms=5200, end_ms=7000),
]


def segments(*drafts: DraftSegment) -> list[Segment]:
    numbers = count()
    made = segments_from_drafts(drafts, duration_ms=20_000, new_id=lambda: f"s{next(numbers)}")
    Transcript(tuple(made))
    return made


def spans(lines: list[Segment]) -> list[tuple[int | None, int | None]]:
    return [(line.start_ms, line.end_ms) for line in lines]


def recognised_of(*drafts: DraftSegment, late_ms: int = 0) -> list[RecognisedWord]:
    words = [word for line in segments(*drafts) for word in line.words]
    return [
        RecognisedWord(n, word.text, word.start_ms - late_ms, word.end_ms - late_ms, 0.9)
        for n, word in enumerate(words)
    ]


@st.composite
def overlapping(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    found, start_ms = [], 0
    for number in range(draw(st.integers(1, 8))):
        start_ms += draw(st.sampled_from([0, 20, 500, 3000]))
        length_ms = draw(st.sampled_from([40, 400, 2500, 7000, 60_000]))
        text = " ".join(f"w{number}" for _ in range(draw(st.sampled_from([1, 2, 6, 40]))))
        if length_ms > 7000 and len(text) > 84:
            length_ms = 7000  # Longer ones of so much text are split.
        found.append((start_ms, start_ms + length_ms, text))
    return found


def shown(data: bytes, name: str) -> list[tuple[int, int, str]]:
    found = read(data, name).shown
    return [(one.start_ms, one.end_ms, one.text.replace("\n", " ")) for one in found]


@reading_here
@examples(40)
@given(overlapping(), st.sampled_from(["srt", "vtt", "ass", "ttml"]))
def test_captions_come_back_from_the_document_and_its_json_with_the_times_of_their_file(
    captions: list[tuple[int, int, str]], kind: str
) -> None:
    cue = "{}.{:03}s"
    lines = [
        f'<p begin="{cue.format(*divmod(a, 1000))}" end="{cue.format(*divmod(b, 1000))}">{t}</p>'
        for a, b, t in captions
    ]
    body = "".join(lines)
    ttml = f'<tt xmlns="http://www.w3.org/ns/ttml"><body><div>{body}</div></body></tt>'.encode()
    kept = Options(keeps_captions=True)
    data = convert(ttml, "a.ttml", format_name=kind, options=kept).data
    assert shown(data, f"a.{kind}") == captions
    document = convert(data, f"a.{kind}", format_name="json", options=Options()).data
    for source, name in ((data, f"a.{kind}"), (document, "a.json")):
        again = convert(source, name, format_name="vtt", options=Options()).data
        assert shown(again, "a.vtt") == captions


@pytest.mark.parametrize("name", ["netflix", "youtube", "bbc"])
def test_rules_let_a_sign_stay_over_the_talk_and_no_line_flash_up(name: str) -> None:
    lines = segments(SIGN, *TALK)
    rules = PRESETS[name]
    cues = cues_of(Transcript(tuple(lines)), rules)
    assert all(cue.end_ms - cue.start_ms >= 1500 for cue in cues)
    sign = [cue for cue in cues if cue.segment_id == "s0"]
    assert sign[0].start_ms == 1000
    assert sign[-1].end_ms == min(9000, sign[-1].start_ms + (rules.max_ms or 9000))
    assert [cue.start_ms for cue in cues] == sorted(cue.start_ms for cue in cues)
    change = broken_anew(lines, rules, new_id=lambda: "new")
    assert all(one.id != "s0" for splice in change.splices for one in splice.removed)


def test_lines_that_roll_up_take_turns_by_rules() -> None:
    drafts = [
        DraftSegment("one line that rolls", start_ms=n * 2000, end_ms=n * 2000 + 4500)
        for n in range(8)
    ]
    cues = cues_of(Transcript(tuple(segments(*drafts))), PRESETS["youtube"])
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(cues))


def test_captions_of_one_time_are_shown_together_by_rules() -> None:
    drafts = [DraftSegment(f"line {n}", start_ms=5000, end_ms=9000) for n in range(9)]
    cues = cues_of(Transcript(tuple(segments(*drafts))), PRESETS["netflix"])
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == [(5000, 9000)] * 9


@pytest.mark.parametrize("late_ms", [0, 700])
def test_alignment_lets_what_overlaps_overlap_moved_as_the_file_is(late_ms: int) -> None:
    lines = segments(SIGN, *TALK)
    recognised = recognised_of(*TALK, late_ms=late_ms)
    timed, _ = timed_segments(lines, recognised, duration_ms=20_000, silences=[])
    moved = [(a - late_ms, b - late_ms) for a, b in ((1000, 9000), (1500, 3000), (3200, 5000))]
    assert spans(timed)[:3] == moved
    by_file = imported_starts([SIGN, *TALK], timed)
    again, _ = timed_segments(
        timed, recognised, duration_ms=20_000, silences=[], imported_ms=by_file
    )
    assert spans(again) == spans(timed)


def test_a_line_whose_end_was_recognised_ends_with_that() -> None:
    first = DraftSegment("So the rent goes up", start_ms=1000, end_ms=6000)
    second = DraftSegment("By how much?", start_ms=3000, end_ms=4500)
    recognised = recognised_of(first, second)
    recognised = [replace(word, end_ms=min(word.end_ms, 3000)) if n < 5 else word
             for n, word in enumerate(recognised)]  # fmt: skip
    timed, _ = timed_segments(segments(first, second), recognised, duration_ms=20_000, silences=[])
    assert spans(timed) == [(1000, 3000), (3000, 4500)]
    timed, _ = timed_segments(
        segments(first, second), recognised[:3], duration_ms=9000, silences=[]
    )
    assert timed[0].end_ms == 6000


@pytest.mark.parametrize(
    "text", ["HARBOUR", "THE HARBOUR OFFICE", "HARBOUR OFFICE IS HERE", "SHIPS"]
)
def test_a_line_written_anew_stays_over_the_one_below(text: str) -> None:
    for below in (TALK[0], replace(SIGN, text="a b c")):
        sign, following = segments(SIGN, below)
        written = edit_text(sign, text, before_ms=0, after_ms=following.start_ms)
        assert (written.start_ms, written.end_ms) == (1000, 9000)
        Transcript((written, following))
        back = edit_text(written, "HARBOUR OFFICE", before_ms=0, after_ms=following.start_ms)
        assert (back.start_ms, back.end_ms) == (1000, 9000)


def test_both_parts_of_a_split_line_stay_and_joined_ones_till_the_last_goes() -> None:
    sign, talk, *rest = segments(SIGN, *TALK)
    parts = split(sign, 8, new_id="new", not_after_ms=talk.start_ms)
    assert [part.end_ms for part in parts] == [9000, 9000]
    Transcript((*parts, talk, *rest))
    assert (merge(*parts).start_ms, merge(*parts).end_ms) == (1000, 9000)
    joined = merge(sign, talk)
    assert (joined.start_ms, joined.end_ms) == (1000, 9000)
    assert spans(list(with_present_times((sign, talk), (sign, talk)))) == spans([sign, talk])


def test_moving_what_follows_leaves_a_sign_where_it_stands() -> None:
    moved = moved_segments(segments(SIGN, *TALK), 5, 3500)
    assert spans(moved)[:2] == [(1000, 9000), (1500, 3000)]
    assert moved[2].start_ms == 3500


def test_json_with_overlaps_is_read_back_as_it_is() -> None:
    data = convert(b"1\n00:00:01,000 --> 00:00:09,000\nA sign\n\n2\n00:00:01,500 --> 00:00:03,000\n"
                   b"Hi.\n", "a.srt", format_name="json", options=Options()).data  # fmt: skip
    again = convert(data, "a.json", format_name="json", options=Options()).data
    words = [[one["words"] for one in json.loads(each)["segments"]] for each in (data, again)]
    assert words[0] == words[1]
