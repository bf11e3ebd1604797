from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.document import Origin, RecognisedWord, Segment, Word, check_order, split_words
from editor.edits import (
    Change,
    Splice,
    cut,
    directed,
    edit_text,
    filled,
    merge,
    new_segment,
    restored,
    retimed,
    set_times,
    split,
)
from editor.errors import InvalidValue
from tests.support.chance import examples

HEARD = [
    RecognisedWord(0, "so", 1000, 1200, 0.9),
    RecognisedWord(1, "every", 1300, 1600, 0.9),
    RecognisedWord(2, "day", 1600, 1900, 0.9),
    RecognisedWord(3, "counts", 2000, 2500, 0.9),
]


def timed(text: str, *times: tuple[int, int], origin: str = "heard") -> Segment:
    words = tuple(
        Word(w, *t, "heard" if origin == "heard" else "placed", recognised_ids=(i,))
        for i, (w, t) in enumerate(zip(split_words(text), times, strict=True))
    )
    return Segment("a", text, words)


def line() -> Segment:
    return timed("so every day counts", (1000, 1200), (1300, 1600), (1600, 1900), (2000, 2500))


def typed(segment: Segment, *texts: str) -> Segment:
    for text in texts:
        segment = edit_text(segment, text, before_ms=500, after_ms=3000)
    return segment


def times(segment: Segment) -> list[tuple[str, int, int]]:
    return [(word.text, word.start_ms, word.end_ms) for word in segment.words]


def test_case_and_punctuation_keep_every_time() -> None:
    edited = typed(line(), "So, every day counts!")
    assert times(edited) == [
        ("So,", 1000, 1200),
        ("every", 1300, 1600),
        ("day", 1600, 1900),
        ("counts!", 2000, 2500),
    ]
    assert [word.origin for word in edited.words] == ["heard"] * 4


@pytest.mark.parametrize(
    "steps",
    [
        ("so day counts", "so every day counts"),
        ("", "so every day counts"),
        ("so e", "so ev", "so eve", "so every day counts"),
        ("counts", "day counts", "every day counts", "so every day counts"),
        ("so", "so every", "so every day", "so every day counts"),
        ("so every single day counts", "so every day counts"),
        ("well so every day counts", "so every day counts"),
        ("so every day counts now", "so every day counts"),
    ],
)
def test_what_is_typed_again_has_exactly_the_time_it_had(steps: tuple[str, ...]) -> None:
    assert times(typed(line(), *steps)) == times(line())


def test_joined_word_takes_the_time_of_both() -> None:
    assert times(typed(line(), "so everyday counts"))[1] == ("everyday", 1300, 1900)


def test_split_word_shares_the_time_by_letters() -> None:
    segment = timed("bonifai speaks", (1000, 1800), (2000, 2400))
    assert times(typed(segment, "Boni Fy speaks")) == [
        ("Boni", 1000, 1500),
        ("Fy", 1500, 1800),
        ("speaks", 2000, 2400),
    ]


def test_lost_word_takes_the_time_it_was_heard_at() -> None:
    segment = timed("so day counts", (1000, 1200), (1600, 1900), (2000, 2500))
    edited = edit_text(
        segment, "so every day counts", before_ms=500, after_ms=3000, recognised=HEARD
    )
    assert times(edited)[1] == ("every", 1300, 1600)
    assert (edited.words[1].origin, edited.words[1].recognised_ids) == ("heard", (1,))


def test_inserted_word_between_touching_ones_borrows_and_gives_back() -> None:
    wide = typed(line(), "so every single day counts")
    _, every, single, day, _ = wide.words
    assert (every.start_ms, day.end_ms) == (1300, 1900)
    assert single.end_ms - single.start_ms >= 20
    assert every.end_ms <= single.start_ms <= single.end_ms <= day.start_ms


def test_locked_neighbours_keep_their_times() -> None:
    locked = set_times(line(), 1, 2, 1300, 1900)
    edited = typed(locked, "so every single day counts")
    assert [times(edited)[i][1:] for i in (1, 3)] == [(1300, 1600), (1600, 1900)]


def test_newlines_become_spaces() -> None:
    assert typed(line(), "so every\nday counts ").text == "so every day counts"


def test_split_and_merge_give_the_line_back() -> None:
    first, second = split(line(), 8, new_id="b")
    assert (first.text, second.text, second.id) == ("so every", "day counts", "b")
    assert merge(first, second) == line()


def test_split_inside_a_word_shares_its_time() -> None:
    first, second = split(line(), 6, new_id="b")
    assert (first.words[-1].text, second.words[0].text) == ("eve", "ry")
    assert 1300 < second.words[0].start_ms < 1600


def test_a_word_too_short_to_be_cut_gives_two_that_begin_together() -> None:
    crowded = timed("so every day", (1000, 1020), (1000, 1020), (1000, 1020))
    first, second = split(crowded, 5, new_id="b")
    assert times(first) == [("so", 1000, 1020), ("ev", 1000, 1020)]
    assert times(second) == [("ery", 1000, 1020), ("day", 1000, 1020)]
    _, second = split(crowded, 11, new_id="b", not_after_ms=1010)
    assert times(second) == [("y", 1010, 1030)]


def test_what_a_cut_leaves_of_a_word_becomes_one_with_the_next() -> None:
    segment = timed("日本-ve", (1000, 1200), (1200, 1400), (1400, 1600))
    assert [word.text for word in segment.words] == ["日", "本-", "ve"]
    _, second = split(segment, 2, new_id="b")
    assert [(word.text, word.end_ms, word.recognised_ids) for word in second.words] == [
        ("-ve", 1600, (1, 2))
    ]


@examples(300)
@given(st.text("ab日本-「」。 x", min_size=1, max_size=12), st.integers(0, 12))
def test_both_parts_of_any_split_and_their_joint_hold_the_words_of_their_text(
    text: str, offset: int
) -> None:
    words = split_words(text)
    segment = Segment("a", text, tuple(Word(w, 50 * n, 50 * n + 40) for n, w in enumerate(words)))
    if not text[:offset].strip() or not text[offset:].strip():
        return
    first, second = split(segment, offset, new_id="b")
    for part in (first, second, merge(first, second)):
        assert [word.text for word in part.words] == split_words(part.text)


@pytest.mark.parametrize("offset", [0, 19])
def test_split_at_an_edge_is_refused(offset: int) -> None:
    with pytest.raises(InvalidValue):
        split(line(), offset, new_id="b")


def test_set_times_locks_and_refuses_to_pass_a_neighbour() -> None:
    moved = set_times(line(), 3, 3, 2100, 2400, not_after_ms=3000)
    assert (moved.words[3].origin, moved.words[3].locked) == ("manual", True)
    with pytest.raises(InvalidValue, match="neighbours"):
        set_times(line(), 3, 3, 1500, 2400)
    with pytest.raises(InvalidValue, match="20 ms"):
        set_times(line(), 0, 1, 1500, 1510)
    with pytest.raises(InvalidValue, match="no longer exists"):
        set_times(line(), 0, 4, 1500, 2500)


def test_new_segment_takes_what_was_heard_there() -> None:
    segment = new_segment("n", "Every day!", before_ms=1200, after_ms=2000, recognised=HEARD)
    assert times(segment) == [("Every", 1300, 1600), ("day!", 1600, 1900)]


def test_undo_keeps_times_that_alignment_mended_meanwhile() -> None:
    before = timed("so evry day", (0, 100), (100, 200), (200, 300), origin="placed")
    after = edit_text(before, "so every day", before_ms=0, after_ms=None)
    mended = replace(
        after,
        words=tuple(
            replace(word, start_ms=word.start_ms + 1000, end_ms=word.end_ms + 1000, origin="heard")
            for word in after.words
        ),
    )
    change = Change("text", (Splice(None, (before,), (after,)),))
    undone = restored(directed(change, forward=False), {"a": mended}, bounds=[(0, None)])
    (back,) = undone.splices[0].inserted
    assert back.text == "so evry day"
    assert (back.words[0].start_ms, back.words[2].start_ms) == (1000, 1200)


def test_undo_of_a_nudge_brings_the_old_time_back() -> None:
    before, after = line(), set_times(line(), 0, 0, 900, 1100)
    change = Change("times", (Splice(None, (before,), (after,)),))
    undone = restored(directed(change, forward=False), {"a": after}, bounds=[(0, None)])
    assert undone.splices[0].inserted == (before,)
    redone = restored(change, {"a": before}, bounds=[(0, None)])
    assert redone.splices[0].inserted == (after,)


def test_restored_segment_stays_between_its_neighbours() -> None:
    gone = timed("so", (100, 300), origin="placed")
    change = Change("delete", (Splice("x", (gone,), ()),))
    undone = restored(directed(change, forward=False), {}, bounds=[(5000, 5500)])
    assert undone.splices[0].inserted[0].words[0].start_ms == 5000


WORDS = st.sampled_from(
    ["so", "every", "day", "counts", "Counts!", "so,", "a", "日本", "x-y", "20%"]
)
TEXTS = st.lists(WORDS, max_size=8).map(" ".join)


@examples(200)
@given(st.lists(TEXTS, max_size=5))
def test_any_typing_keeps_the_invariants_and_the_bounds(texts: list[str]) -> None:
    segment = line()
    for text in texts:
        segment = edit_text(segment, text, before_ms=500, after_ms=3000, recognised=HEARD)
        assert segment.text == text
        assert all(500 <= word.start_ms <= 3000 for word in segment.words)


def test_neighbours_that_change_their_times_are_one_splice() -> None:
    def line(name: str, *starts: int) -> Segment:
        words = tuple(Word(f"w{start}", start, start + 50) for start in starts)
        return Segment(name, " ".join(word.text for word in words), words)

    def later(segment: Segment) -> Segment:
        words = tuple(
            replace(w, start_ms=w.start_ms + 5, end_ms=w.end_ms + 5) for w in segment.words
        )
        return replace(segment, words=words)

    a, b, c, d, e = line("a", 0), line("b", 100), line("c"), line("d", 300), line("e", 400)
    change = retimed([a, b, c, d, e], [a, later(b), c, later(d), e])
    assert change.splices == (Splice("a", (b, c, d), (later(b), c, later(d))),)
    change = retimed([a, b, c, d, e], [later(a), b, c, d, later(e)])
    assert change.splices == (Splice(None, (a,), (later(a),)), Splice("d", (e,), (later(e),)))
    assert retimed([a, b], [a, b]).splices == ()


def test_words_typed_before_one_that_reaches_into_the_next_segment_start_before_that() -> None:
    segment = timed("so", (900, 1400))
    written = edit_text(segment, "a b c so", before_ms=900, after_ms=950)
    assert [word.start_ms for word in written.words] == sorted(w.start_ms for w in written.words)
    assert all(900 <= word.start_ms <= 950 for word in written.words)


def test_a_word_takes_no_time_back_that_the_segment_above_has_now() -> None:
    lent = replace(timed("so on", (300, 500), (500, 900)), released=timed("so", (100, 500)).words)
    written = edit_text(lent, "so on it", before_ms=300, after_ms=None)
    assert written.words[0].start_ms == 300


def test_a_segment_cut_into_many_is_as_if_split_one_by_one() -> None:
    words = tuple(Word(text, n * 100, n * 100 + 90) for n, text in enumerate("abcdef"))
    released = tuple(Word("x", ms, ms + 20) for ms in (0, 150, 200, 399, 900))
    whole = Segment("s", "a b c d e f", words, "Ann", new_turn=True, note="n", released=released)
    parts = cut(whole, [2, 4], [("t", 3), ("u", 1)])
    rest, last = split(whole, 8, new_id="u")
    first, middle = split(rest, 4, new_id="t")
    assert parts == [first, replace(middle, revision=3), last]
    assert [part.released for part in parts] == [first.released, middle.released, last.released]


def test_many_are_joined_as_if_one_by_one() -> None:
    segments = [
        Segment("a", "Hi,", (Word("Hi,", 0, 150),), note="x"),
        Segment("b", "今", (Word("今", 100, 250),), kind="sound"),
        Segment("c", "日", (Word("日", 200, 350),), kind="sound", note="y"),
    ]
    assert merge(*segments) == merge(merge(segments[0], segments[1]), segments[2])
    assert merge(segments[0]) == segments[0]


def test_a_space_typed_at_the_end_changes_nothing() -> None:
    segment = timed("so on", (300, 500), (500, 900))
    assert edit_text(segment, "so on ", before_ms=400, after_ms=700) is segment


@given(
    st.lists(st.tuples(st.integers(0, 9000), st.booleans()), max_size=6),
    st.lists(st.integers(0, 9000), min_size=1, max_size=6),
)
def test_what_is_found_is_put_between_what_is_written_and_starts_rise(
    written: list[tuple[int, bool]], starts: list[int]
) -> None:
    def segment(name: str, start_ms: int, origin: Origin) -> Segment:
        words = tuple(
            Word(text, start_ms + n * 400, start_ms + n * 400 + 300, origin)
            for n, text in enumerate(["some", "words", "here"])
        )
        return Segment(name, "some words here", words)

    present, last_ms = list[Segment](), 0
    for number, (start_ms, is_known) in enumerate(sorted(written)):
        start_ms = max(start_ms, last_ms)
        present.append(segment(f"p{number}", start_ms, "manual" if is_known else "placed"))
        last_ms = present[-1].words[-1].start_ms
    found = [segment(f"f{n}", n * 1500 + start, "heard") for n, start in enumerate(sorted(starts))]
    filling = filled(present, found)
    moved = {one.id: one for one in filling.moved}
    text = [moved.get(one.id, one) for one in present]
    for splice in reversed(filling.splices):
        at = [one.id for one in text].index(splice.after_id) + 1 if splice.after_id else 0
        text[at:at] = splice.inserted
    check_order(text)
    assert [one.id for one in text if one.id[0] == "f"] == [one.id for one in found]
    assert all(one in text for one in present if one.words[0].origin == "manual")
