from __future__ import annotations

from editor.asr.realign_rules import with_realigned
from editor.document import Segment, Word, has_guesses

LIKELY, UNLIKELY = -1.0, -9.0


def words(*spans: tuple[str, int, int, str]) -> list[Word]:
    return [
        Word(text, start, end, "placed" if how == "guess" else "heard", locked=how == "locked")
        for text, start, end, how in spans
    ]


LINE = words(
    ("so", 0, 300, "heard"),
    ("every", 300, 500, "guess"),
    ("single", 500, 700, "guess"),
    ("day", 1500, 1800, "heard"),
)


def starts(of: list[Word]) -> list[int]:
    return [word.start_ms for word in of]


def test_guessed_words_move_to_where_they_are_recognised() -> None:
    found = [(10, 290), (420, 800), (810, 1400), (1510, 1790)]
    listened = with_realigned(LINE, range(4), found, [LIKELY] * 4)
    assert listened == [
        LINE[0],
        Word("every", 420, 800, "listened", 0.368),
        Word("single", 810, 1400, "listened", 0.368),
        LINE[3],
    ]


def test_words_that_are_not_said_there_stay() -> None:
    found = [(10, 290), (420, 800), (810, 1400), (1510, 1790)]
    logs = [LIKELY, UNLIKELY, UNLIKELY, LIKELY]
    assert with_realigned(LINE, range(4), found, logs) == LINE


def test_nothing_is_believed_where_known_words_are_found_elsewhere() -> None:
    found = [(400, 600), (700, 800), (810, 1400), (1900, 2100)]
    assert with_realigned(LINE, range(4), found, [LIKELY] * 4) == LINE


def test_a_time_beyond_a_neighbour_is_pressed_or_refused() -> None:
    near = [(10, 290), (420, 800), (1600, 1700), (1510, 1790)]
    assert starts(with_realigned(LINE, range(4), near, [LIKELY] * 4)) == [0, 420, 1500, 1500]
    far = [(10, 290), (420, 800), (1900, 2000), (1510, 1790)]
    assert with_realigned(LINE, range(4), far, [LIKELY] * 4) == LINE


def test_a_locked_word_is_neither_moved_nor_passed() -> None:
    line = words(("a", 0, 100, "guess"), ("[x]", 300, 400, "locked"), ("b", 500, 600, "guess"))
    found = [(350, 380), (390, 480)]
    assert with_realigned(line, [0, 2], found, [LIKELY] * 2) == line
    found = [(50, 250), (450, 480)]
    assert starts(with_realigned(line, [0, 2], found, [LIKELY] * 2)) == [50, 300, 450]


def test_the_bounds_hold_at_the_edges() -> None:
    line = words(("a", 1000, 1100, "guess"), ("b", 1200, 1300, "guess"))
    found = [(900, 1000), (1500, 1700)]
    within = with_realigned(
        line, [0, 1], found, [LIKELY] * 2, not_before_ms=1000, not_after_ms=1400
    )
    assert [(word.start_ms, word.end_ms) for word in within] == [(1000, 1020), (1400, 1700)]


def test_the_word_before_gives_back_what_it_held_too_long() -> None:
    line = words(("a", 0, 600, "heard"), ("b", 600, 700, "guess"), ("c", 900, 990, "heard"))
    found = [(0, 300), (400, 800), (900, 990)]
    listened = with_realigned(line, range(3), found, [LIKELY] * 3)
    assert [(word.start_ms, word.end_ms) for word in listened] == [(0, 400), (400, 800), (900, 990)]


def test_only_spoken_words_without_a_known_time_are_guesses() -> None:
    assert has_guesses(Segment("s", "so every single day", tuple(LINE)))
    assert not has_guesses(Segment("s", "so day", (LINE[0], LINE[3])))
    assert not has_guesses(Segment("s", "[music]", (Word("[music]", 0, 500),)))
