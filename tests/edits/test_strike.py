"""Words struck out, restored, and what is left of a text without them."""

from __future__ import annotations

import pytest

from editor import edits
from editor.document import Segment, Transcript, Word
from editor.edits import Change, Splice
from editor.edits.undo import is_as_left, restored
from editor.edits.versions import difference
from editor.edits.without_struck import without_struck
from editor.errors import NotPossible


def said(text: str, *struck: int, **facts: object) -> Segment:
    words = tuple(
        Word(word, 100 * n, 100 * n + 90, struck=n in struck) for n, word in enumerate(text.split())
    )
    return Segment("a", text, words, **facts)  # type: ignore[arg-type]


def left(*segments: Segment) -> list[str]:
    return [one.text for one in without_struck(Transcript(segments)).segments]


@pytest.mark.parametrize(
    ("text", "struck", "shown"),
    [
        ("So um I think", [1], "So I think"),
        ("Um, and then we went.", [0], "And then we went."),
        ("I said yes, you know.", [3, 4], "I said yes."),
        ("Well. Uh, iPhone users", [1], "Well. iPhone users"),
        ("“Uh, no,” he said", [0], "“No,” he said"),
        ("he (um) said", [1], "he said"),
        ("Was it, uh? Yes.", [2], "Was it? Yes."),
        ("er said  it", [0], "said  it"),
        ("مرحبا اه بكم", [1], "مرحبا بكم"),
    ],
)
def test_what_is_struck_out_leaves_a_text_that_can_be_read(
    text: str, struck: list[int], shown: str
) -> None:
    assert left(said(text, *struck)) == [shown]


def test_words_without_spaces_between_them_close_up() -> None:
    texts = ["我", "呃", "想。"]
    words = tuple(Word(t, 100 * n, 100 * n + 90, struck=n == 1) for n, t in enumerate(texts))
    assert left(Segment("a", "我呃想。", words)) == ["我想。"]


def test_a_segment_that_is_struck_out_hands_on_its_turn_and_its_chapter() -> None:
    gone = said("um well", 0, 1, new_turn=True, note="# Beginning")
    below = Segment("b", "we", (Word("we", 900, 990),), note="ask")
    (kept,) = without_struck(Transcript((gone, below))).segments
    assert (kept.text, kept.new_turn, kept.note) == ("we", True, "# Beginning\nask")


def test_times_stay_and_words_that_do_not_exist_are_refused() -> None:
    struck = edits.strike(said("a b c"), [(1, 2)])
    assert [word.struck for word in struck.words] == [False, True, True]
    assert edits.strike(struck, [(1, 2)], struck=False) == said("a b c")
    (kept,) = without_struck(Transcript((struck,))).segments
    assert [(word.text, word.start_ms) for word in kept.words] == [("a", 0)]
    with pytest.raises(NotPossible):
        edits.strike(said("a"), [(0, 1)])


@pytest.mark.parametrize(
    ("text", "struck"),
    [
        ("so umm I think", [False, True, False, False]),
        ("so, um, I do think", [False, True, False, False, False]),
        ("so I think", [False, False, False]),
        ("so well um I think", [False, False, True, False, False]),
    ],
)
def test_a_strike_stays_while_the_text_around_it_is_typed(text: str, struck: list[bool]) -> None:
    typed = edits.edit_text(said("so um I think", 1), text, before_ms=0, after_ms=None)
    assert [word.struck for word in typed.words] == struck


def undone(change: Change, now: Segment) -> Segment:
    back = edits.directed(change, forward=False)
    (splice,) = restored(back, {"a": now}, bounds=[(0, None)]).splices
    return splice.inserted[0]


def test_undoing_a_strike_restores_the_words_at_the_times_they_have_now() -> None:
    before, after = said("so um"), said("so um", 1)
    change = Change("strike", (Splice(None, (before,), (after,)),))
    moved = edits.set_times(after, 1, 1, 500, 600)
    assert undone(change, moved) == edits.set_times(before, 1, 1, 500, 600)
    back = edits.directed(change, forward=False)
    assert is_as_left(back, {"a": moved})
    assert not is_as_left(back, {"a": said("so um", 0, 1)})


def test_undoing_other_edits_leaves_strikes_of_others_alone() -> None:
    before = said("so um")
    for change, now in [
        (Change("times", (Splice(None, (before,), (edits.set_times(before, 0, 0, 0, 50),)),)), 0),
        (Change("text", (Splice(None, (before,), (said("so uh"),)),)), 1),
    ]:
        (splice,) = change.splices
        struck = edits.strike(splice.inserted[0], [(0, 0)])
        assert [word.struck for word in undone(change, struck).words] == [True, False], now


def test_an_earlier_version_brings_its_strikes_back() -> None:
    ((splice),) = difference([said("so um")], [said("so um", 1)]).splices
    assert splice.inserted == (said("so um", 1),)
