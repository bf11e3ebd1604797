from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.captions import (
    PRESETS,
    Cue,
    Rules,
    cues_by_rules,
    cues_from_segments,
    cues_of,
    cues_of_each,
    is_shown_over,
    lint,
    with_youtube_marks,
)
from editor.captions.costs import sentence_starts
from editor.document import Kind, Segment, Transcript, Word, join_lines, split_words
from tests.support.chance import examples


def transcript(*lines: str, word_ms: int = 300, pause_ms: int = 0) -> Transcript:
    """Segments with evenly spaced words; a line may begin with "- " (turn), "Ann: " or "("."""
    segments, at_ms = [], 0
    for number, line in enumerate(lines):
        speaker, text = ("Ann", line[5:]) if line.startswith("Ann: ") else (None, line)
        text = text.removeprefix("- ")
        words = []
        for word in split_words(text):
            words.append(Word(word, at_ms, at_ms + word_ms))
            at_ms += word_ms
        at_ms += pause_ms
        kind: Kind = "sound" if text.startswith("(") else "speech"
        turn = line.startswith("- ")
        segments.append(Segment(str(number), text, tuple(words), speaker, kind, turn))
    return Transcript(tuple(segments))


def lines_of(cues: tuple[Cue, ...]) -> list[str]:
    return ["|".join(cue.lines) for cue in cues]


texts = st.lists(st.text("abc .,-A今は\n\u00a0", min_size=0, max_size=60), min_size=0, max_size=6)


@st.composite
def transcripts(draw: st.DrawFn) -> Transcript:
    segments, start_ms = [], 0
    for number, text in enumerate(draw(texts)):
        words = []
        for word in split_words(text):
            start_ms += draw(st.sampled_from([0, 0, 1, 200, 400, 3000]))
            words.append(Word(word, start_ms, start_ms + draw(st.sampled_from([20, 250, 9000]))))
        speaker = draw(st.sampled_from([None, "Ann", "Bob"]))
        kind: Kind = draw(st.sampled_from(["speech", "sound"]))
        turn = draw(st.booleans())
        segments.append(Segment(str(number), text, tuple(words), speaker, kind, turn))
    return Transcript(tuple(segments))


def assert_sound(
    text: Transcript,
    cues: tuple[Cue, ...],
    is_over: Callable[[Segment, Segment], bool],
) -> None:
    said = [word.text for word in text.words()]
    shown = [word for cue in cues for word in split_words(join_lines(spoken_lines(cue)))]
    lasting = {a.id for a, b in pairwise(filled(text)) if is_over(a, b)}
    assert shown == said if not lasting else sorted(shown) == sorted(said)
    assert sum(cue.word_count for cue in cues) == len(said)
    assert all(cue.start_ms < cue.end_ms for cue in cues)
    assert all(a.start_ms <= b.start_ms for a, b in pairwise(cues))
    plain = [cue for cue in cues if cue.segment_id not in lasting]
    assert all(a.end_ms <= b.start_ms for a, b in pairwise(plain))


def spoken_lines(cue: Cue) -> list[str]:
    """Without the dashes of two speakers in one caption."""
    marks = len(split_words(join_lines(cue.lines))) - cue.word_count
    return [line.removeprefix("- ") for line in cue.lines] if marks == 2 else list(cue.lines)


def filled(text: Transcript) -> list[Segment]:
    return [segment for segment in text.segments if segment.words]


def lasts_into(above: Segment, below: Segment) -> bool:
    return (above.end_ms or 0) > below.words[0].start_ms


@examples(150)
@given(transcripts(), st.sampled_from([*PRESETS.values(), Rules("narrow", line_chars=8, lines=3)]))
def test_every_word_comes_once_in_order_and_cues_do_not_overlap(
    text: Transcript, rules: Rules
) -> None:
    cues = cues_by_rules(text, rules)
    assert_sound(text, cues, is_shown_over)
    for cue in cues:
        assert len(cue.lines) <= rules.lines
        assert all(
            len(line) <= rules.line_chars or len(split_words(line)) == 1 for line in cue.lines
        )
        assert rules.max_ms is None or cue.end_ms - cue.start_ms <= rules.max_ms


@examples(100)
@given(transcripts())
def test_own_lines_keep_every_word_too(text: Transcript) -> None:
    assert_sound(text, cues_from_segments(text), lasts_into)


def test_own_lines_are_one_cue_a_segment_with_its_times() -> None:
    text = transcript("Hey listeners,", "welcome back.", pause_ms=100)
    assert cues_from_segments(text) == (
        Cue(0, 600, ("Hey listeners,",), word_count=2),
        Cue(700, 1300, ("welcome back.",), word_count=2),
    )


def test_long_own_line_is_folded_but_stays_one_cue() -> None:
    line = "This line is too long for the screen, so it is folded where a clause ends."
    assert lines_of(cues_from_segments(transcript(line))) == [
        "This line is too long for the screen,|so it is folded where a clause ends."
    ]


def test_own_line_that_is_long_and_slow_is_split() -> None:
    line = "One sentence that goes on for quite some time here. " * 4
    cues = cues_from_segments(transcript(line.strip()))
    assert len(cues) > 1
    assert all(cue.lines[-1].endswith(".") for cue in cues)


def test_cues_end_where_sentences_and_clauses_end() -> None:
    text = transcript(
        "We went to the", "market. Then it rained,", "and all of us got wet before the bus came."
    )
    assert lines_of(cues_by_rules(text, Rules("one line", line_chars=42, lines=1))) == [
        "We went to the market. Then it rained,",
        "and all of us got wet before the bus came.",
    ]


def test_article_stays_with_its_noun() -> None:
    text = transcript("He is carrying the umbrella that his grandmother gave him")
    for cue in cues_by_rules(text, Rules("short", line_chars=20)):
        assert not any(line.endswith((" the", " his", " that")) for line in cue.lines)


def test_speakers_and_sounds_stand_alone() -> None:
    cues = cues_by_rules(
        transcript("Hi.", "- Yes?", "(music)", "So.", "Ann: Well."), PRESETS["bbc"]
    )
    assert [(cue.lines[0], cue.new_turn, cue.speaker, cue.kind) for cue in cues] == [
        ("Hi.", False, None, "speech"),
        ("Yes?", True, None, "speech"),
        ("(music)", False, None, "sound"),
        ("So.", False, None, "speech"),
        ("Well.", False, "Ann", "speech"),
    ]


def test_first_line_leaves_room_for_the_name() -> None:
    cues = cues_by_rules(transcript("Ann: one two six"), Rules("tight", line_chars=12, lines=2))
    assert lines_of(cues) == ["one|two six"]


def test_youtube_has_arrows_for_speakers_and_sounds_in_square_brackets() -> None:
    text = transcript("(upbeat music)", "Ann: Well.", "Ann: So.", "- Yes?", "(door)", "No.")
    cues = with_youtube_marks(cues_by_rules(text, PRESETS["youtube"]))
    assert lines_of(cues) == [
        "[upbeat music]",
        ">> Ann: Well. So.",
        ">> Yes?",
        "[door]",
        "No.",
    ]
    assert not any(cue.speaker or cue.new_turn for cue in cues)


@pytest.mark.parametrize(
    ("preset", "times"),
    [
        ("youtube", [(0, 200), (400, 600)]),
        # Each is shown too briefly to stand alone.
        ("netflix", [(0, 1233)]),
        ("bbc", [(0, 400), (400, 733)]),
        ("dcmp", [(0, 1733)]),
    ],
)
def test_out_times_follow_the_preset(preset: str, times: list[tuple[int, int]]) -> None:
    text = transcript("- Yes.", "- No.", word_ms=200, pause_ms=200)
    cues = cues_by_rules(text, PRESETS[preset])
    assert [(cue.start_ms, cue.end_ms) for cue in cues] == times


@examples(300)
@given(
    st.text('aB .!?\u00a0\u2003\x85今。é😀\n"', max_size=40),
    st.sampled_from([None, "de", "ja", "xx"]),
)
def test_sentences_begin_within_their_text(text: str, language: str | None) -> None:
    starts = sentence_starts(text, language)
    assert starts <= set(range(len(text) + 1))
    assert 0 in starts


def test_abbreviations_end_no_sentence_and_names_stay_whole() -> None:
    line = "We met with Dr. Mary Smith at the U.S. embassy in Paris. Then John Brown came in too."
    rules = Rules("narrow", line_chars=24, lines=3)
    lines = [line for cue in cues_by_rules(transcript(line), rules) for line in cue.lines]
    assert not any(line.endswith(("Dr.", "Mary", "John", " in", " the")) for line in lines)


def test_three_lines_are_folded_as_well_as_two() -> None:
    line = "He went to the house of the man who had the key of the door to the old garden."
    rules = Rules("vertical", line_chars=25, lines=3)
    assert lint(cues_by_rules(transcript(line), rules), rules) == []


def test_a_hundred_thousand_words_take_seconds() -> None:
    line = "So we went home, and then the rain began to fall on all of us."
    text = transcript(*[line] * 6667)
    begun = time.process_time()
    cues_by_rules(text, PRESETS["netflix"])
    assert time.process_time() - begun < 5


@examples(60)
@given(st.lists(transcripts(), max_size=4), st.sampled_from(["lines", "netflix", "bbc"]))
def test_texts_cut_at_once_get_the_cues_that_each_gets_alone(
    texts: list[Transcript], preset: str
) -> None:
    rules = PRESETS[preset]
    assert cues_of_each(texts, rules) == [cues_of(one, rules) for one in texts]


def test_what_is_shown_over_others_stays_whole_where_it_fits() -> None:
    sign = "A sign on the wall of the office, over all that people say"
    words = tuple(Word(word, 1000 + n, 1020 + n) for n, word in enumerate(split_words(sign)))
    words = (*words[:-1], Word(words[-1].text, words[-1].start_ms, 8500))
    said = transcript("First we say this.", "And then another thing.", word_ms=700)
    below = [
        Segment(
            one.id,
            one.text,
            tuple(Word(w.text, w.start_ms + 1500, w.end_ms + 1500) for w in one.words),
        )
        for one in said.segments
    ]
    cues = cues_by_rules(Transcript((Segment("sign", sign, words), *below)), PRESETS["netflix"])
    assert lines_of(cues) == [
        "A sign on the wall of the office,|over all that people say",
        "First we say this. And then another thing.",
    ]
    assert (cues[0].start_ms, cues[0].end_ms) == (1000, 8000)
