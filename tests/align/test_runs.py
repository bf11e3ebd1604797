from __future__ import annotations

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.align import link_words
from editor.align.anchors import cuts_between, trusted_anchors
from editor.align.distance import runs_by_distance
from editor.align.gaps import with_single_gaps
from editor.align.runs import trusted_runs
from tests.bench.texts import damaged, judged, prose, recognised_of

SOME_WORDS = st.lists(st.sampled_from(list("abcdefgh")), max_size=60)


@pytest.mark.parametrize("seed", [201, 202, 203, 204, 205, 206])
def test_a_chorus_in_and_around_a_missing_passage_derails_nothing(seed: int) -> None:
    case = damaged(10_000, seed)
    recall, gross = judged(link_words(case.written, case.recognised), case)
    assert recall >= 0.995
    assert gross == 0


def test_between_anchors_as_much_is_found_as_in_the_whole() -> None:
    case = damaged(20_000, 210)
    ids = {word: k for k, word in enumerate(dict.fromkeys(case.written + case.recognised))}
    a, b = ([ids[word] for word in side] for side in (case.written, case.recognised))
    whole = sum(length for _, _, length in runs_by_distance(a, b))
    bounds = [(0, 0), *cuts_between(a, b), (len(a), len(b))]
    assert len(bounds) > 15
    parts = sum(
        length
        for (i, j), (end_i, end_j) in pairwise(bounds)
        for _, _, length in runs_by_distance(a[i:end_i], b[j:end_j])
    )
    assert parts >= whole * 0.998


def test_anchors_are_words_that_were_said_there() -> None:
    case = damaged(20_000, 211)
    ids = {word: k for k, word in enumerate(dict.fromkeys(case.written + case.recognised))}
    a, b = ([ids[word] for word in side] for side in (case.written, case.recognised))
    anchors = trusted_anchors(a, b)
    assert len(anchors) > 8000
    # A wrong word may by chance be the right one of the place beside it.
    off = [abs(i - said) for i, j in anchors if (said := case.origin[j]) is not None]
    assert max(off) <= 1
    assert sum(off) <= 3


@given(SOME_WORDS, SOME_WORDS)
def test_runs_are_equal_words_and_rise_on_both_sides(a: list[str], b: list[str]) -> None:
    runs = trusted_runs(a, b)
    for i, j, length in runs:
        assert a[i : i + length] == b[j : j + length] != []
    for before, after in pairwise(runs):
        assert before[0] + before[2] <= after[0]
        assert before[1] + before[2] <= after[1]


@given(st.data())
def test_one_gap_is_found_wherever_words_were_cut_out(data: st.DataObject) -> None:
    a = data.draw(st.lists(st.integers(0, 5), min_size=20, max_size=80))
    first = data.draw(st.integers(0, len(a) - 12))
    b = a[:first] + a[first + 12 :]
    runs = with_single_gaps(list(runs_by_distance(a, b)), a, b)
    assert sum(length for _, _, length in runs) == len(b)
    starts = [0, *(i + length for i, _, length in runs)]
    ends = [*(i for i, _, _ in runs), len(a)]
    assert sorted(end - start for start, end in zip(starts, ends, strict=True))[-1] == 12


def test_texts_of_two_recordings_are_let_alone_at_any_length() -> None:
    chance = random.Random(5)
    case = recognised_of(prose(chance, 60_000), range(60_000), chance)
    other = prose(chance, 50_000)
    links = link_words(other, case.recognised)
    assert len(links) < 0.03 * len(other)


@given(SOME_WORDS, SOME_WORDS)
def test_links_rise_and_stay_inside(a: list[str], b: list[str]) -> None:
    links = link_words(a, b)
    for link in links:
        assert 0 <= link.written_first < link.written_end <= len(a)
        assert 0 <= link.recognised_first < link.recognised_end <= len(b)
    for one, next_one in pairwise(links):
        assert one.written_end <= next_one.written_first
        assert one.recognised_end <= next_one.recognised_first


def test_a_long_text_that_stands_twice_leaves_one_gap_of_its_length() -> None:
    chance = random.Random(6)
    once = prose(chance, 50_000)
    case = recognised_of(once, range(50_000), chance)
    links = link_words(once + once, case.recognised)
    assert len(links) > 0.95 * len(case.origin) * 0.97
    gaps = [b.written_first - a.written_end for a, b in pairwise(links)]
    outside = links[0].written_first, 100_000 - links[-1].written_end
    (gap,) = [gap for gap in (*gaps, *outside) if gap > 1000]
    assert abs(gap - 50_000) < 20
    said = [(i, case.origin[link.recognised_first]) for link in links if (i := link.written_first)]
    assert all(o is None or abs(i % 50_000 - o) <= 8 for i, o in said)


def test_one_word_said_all_the_time_is_no_chance() -> None:
    assert len(link_words(["la"] * 2000, ["la"] * 1500)) == 1500


@pytest.mark.parametrize("size", [12, 46, 400])
def test_of_two_passages_that_changed_places_one_is_linked(size: int) -> None:
    first, second = ([f"{part}{n}" for n in range(size)] for part in "ab")
    runs = trusted_runs([*first, *second], [*second, *first])
    assert runs in ([(0, size, size)], [(size, 0, size)])


def test_what_is_common_is_found_between_unsaid_and_unwritten_words() -> None:
    common = [f"c{n}" for n in range(60)]
    unsaid, unwritten = ([f"{part}{n}" for n in range(100)] for part in "uv")
    assert trusted_runs([*unsaid, *common], [*common, *unwritten]) == [(100, 0, 60)]


_LAMP = "the keeper climbed every evening to light a lamp above harbour cliffs"
_BREAD = "our baker kneads warm bread before sunrise while neighbours still sleep soundly"
_MISHEARD = "a keepers climb ever evenings two lighted the lamps abound harbours cliff"


def test_other_words_of_some_like_letters_are_not_linked() -> None:
    assert link_words(_LAMP.split(), _BREAD.split()) == []
    assert link_words(_BREAD.split(), _LAMP.split()) == []


def test_many_misheard_words_in_a_row_are_linked() -> None:
    links = link_words(_LAMP.split(), _MISHEARD.split())
    assert len(links) >= 8
    assert all(link.written_first == link.recognised_first for link in links)


@pytest.mark.parametrize("seed", [47, 98, 1071, 1496])
def test_links_rise_where_a_passage_is_written_again_and_again(seed: int) -> None:
    chance = random.Random(seed)
    passage = [str(chance.randrange(8)) for _ in range(chance.randrange(10, 60))]
    written = passage * chance.randrange(2, 8)
    recognised = written[: chance.randrange(5, len(written))]
    if chance.random() < 0.5:
        at = chance.randrange(len(written))
        written[at:at] = [f"x{number}" for number in range(chance.randrange(8, 40))]
    runs = trusted_runs(written, recognised)
    for (i, j, length), (next_i, next_j, _) in pairwise(runs):
        assert next_i >= i + length
        assert next_j >= j + length
