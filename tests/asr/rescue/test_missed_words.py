from __future__ import annotations

from dataclasses import replace

from editor.align import link_spoken
from editor.asr.rescue.missed_words import (
    ChunkBounds,
    MissedWords,
    is_likelier,
    is_said,
    may_be_said,
    missed_words_of,
)
from editor.document import RecognisedWord

TEXTS = [
    "the",
    "keeper",
    "of",
    "the",
    "lighthouse",
    "wrote",
    "every",
    "morning",
    "in",
    "his",
    "logbook",
]


def recognised(words: str, *, gap_ms: int = 1500) -> list[RecognisedWord]:
    """What was recognised, a third of a second a word; `gap_ms` of sound where a bar stands."""
    found: list[RecognisedWord] = []
    at = 1000
    for word in words.split():
        if word == "|":
            at += gap_ms
            continue
        found.append(RecognisedWord(len(found), word, at, at + 300, 0.9))
        at += 300
    return found


def holes(
    words: list[RecognisedWord],
    silences: list[tuple[int, int]] | None = None,
    *,
    is_start: bool = False,
    is_end: bool = False,
) -> list[MissedWords]:
    spoken = [True] * len(TEXTS)
    return list(
        missed_words_of(
            TEXTS,
            spoken,
            link_spoken(TEXTS, spoken, words),
            words,
            ChunkBounds(0, 12_000, is_start, is_end, silences or []),
        )
    )


def test_words_missed_are_a_gap_with_the_time_between_their_neighbours() -> None:
    words = recognised("the keeper of the lighthouse | in his logbook")
    [missed] = holes(words)
    assert TEXTS[missed.written_first : missed.written_end] == ["wrote", "every", "morning"]
    assert missed.before[-1].text == "lighthouse"
    assert missed.after[0].text == "in"
    assert missed.start_ms == missed.before[0].start_ms
    assert missed.end_ms == missed.after[-1].end_ms


def test_without_sound_for_it_there_is_no_gap() -> None:
    assert holes(recognised("the keeper of the lighthouse in his logbook")) == []
    words = recognised("the keeper of the lighthouse | in his logbook", gap_ms=4000)
    assert len(holes(words)) == 1
    assert holes(words, [(1300, 7000)]) == []


def test_where_something_else_was_recognised_there_is_no_gap() -> None:
    assert (
        holes(recognised("the keeper of the lighthouse | by day and night | in his logbook")) == []
    )


def test_unsure_words_in_a_gap_are_junk() -> None:
    words = recognised("the keeper of the lighthouse bored heavy in his logbook")
    assert holes(words) == []
    unsure = [
        replace(word, probability=0.2) if word.text in ("bored", "heavy", "in") else word
        for word in words
    ]
    [missed] = holes(unsure)
    assert missed.junk == {5, 6, 7}


def test_the_ends_of_the_text_are_gaps_where_the_recording_ends_too() -> None:
    words = recognised("wrote every morning")
    assert holes(words) == []
    assert [h.written_first for h in holes(words, is_start=True, is_end=True)] == [0, 8]


def test_in_noise_words_count_as_said_if_others_are_less_likely() -> None:
    assert may_be_said([-6.0, -5.0])
    assert not may_be_said([-7.0])
    assert is_likelier([-5.0], [-6.5])
    assert not is_likelier([-5.0], [-5.5])


def test_what_is_said_is_likely_on_the_whole() -> None:
    words = ["in", "his", "logbook"]
    assert is_said(words, [-0.1, -7.0, -0.2])
    assert not is_said(words, [-5.0, -4.5, -5.0])
    assert not is_said([], [])


def test_a_hesitation_is_said_however_unlikely() -> None:
    assert is_said(["Um,"], [-9.0])
    assert not is_said(["um", "logbook"], [-9.0, -9.0])
