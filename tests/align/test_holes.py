from __future__ import annotations

from editor.align import link_spoken
from editor.align.holes import Hole, holes_of, is_said
from editor.document import HeardWord

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


def heard(words: str, *, gap_ms: int = 1500) -> list[HeardWord]:
    """What was heard, a third of a second a word; `gap_ms` of sound where a bar stands."""
    found: list[HeardWord] = []
    at = 1000
    for word in words.split():
        if word == "|":
            at += gap_ms
            continue
        found.append(HeardWord(len(found), word, at, at + 300, 0.9))
        at += 300
    return found


def holes(words: list[HeardWord], silences: list[tuple[int, int]] | None = None) -> list[Hole]:
    spoken = [True] * len(TEXTS)
    links = link_spoken(TEXTS, spoken, words)
    return list(
        holes_of(TEXTS, spoken, links, words, start_ms=0, end_ms=20_000, silences=silences or [])
    )


def test_words_passed_over_are_a_hole_with_the_time_between_their_neighbours() -> None:
    words = heard("the keeper of the lighthouse | in his logbook")
    [hole] = holes(words)
    assert TEXTS[hole.written_first : hole.written_end] == ["wrote", "every", "morning"]
    assert hole.before[-1].text == "lighthouse"
    assert hole.after[0].text == "in"
    assert hole.start_ms == hole.before[0].start_ms
    assert hole.end_ms == hole.after[-1].end_ms


def test_without_sound_for_it_there_is_no_hole() -> None:
    assert holes(heard("the keeper of the lighthouse in his logbook")) == []
    words = heard("the keeper of the lighthouse | in his logbook", gap_ms=4000)
    assert len(holes(words)) == 1
    assert holes(words, [(1300, 7000)]) == []


def test_where_something_else_was_heard_there_is_no_hole() -> None:
    assert holes(heard("the keeper of the lighthouse | by day and night | in his logbook")) == []


def test_what_is_said_is_likely_on_the_whole() -> None:
    assert is_said([-0.1, -7.0, -0.2])
    assert not is_said([-5.0, -4.5])
    assert not is_said([])
