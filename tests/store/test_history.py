from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypedDict

import pytest

from editor.edits import Change, Splice
from editor.edits.window import Window
from editor.errors import EditConflict, InvariantBroken, NotFound, NothingToUndo, UndoBlocked
from editor.store import Resolved, Store
from tests.store.samples import (
    new_transcript,
    put,
    save_edit,
    segment,
    set_reviewed,
    texts,
    three_lines,
)
from tests.support.clock import Clock


def test_changed_segment_gets_the_next_revision_and_keeps_its_place(store: Store) -> None:
    transcript_id = three_lines(store)
    before = store.segment(transcript_id, "b")
    applied = save_edit(
        store,
        transcript_id,
        put(segment("b", "tree", 1000), over="b", after="a"),
        base_revisions={"b": 1},
    )
    (stored,) = applied.segments
    assert stored.segment == replace(segment("b", "tree", 1000), revision=2)
    assert (stored.position, stored.seq) == (before.position, applied.seq)
    assert (applied.can_undo, applied.can_redo, applied.removed_ids) == (True, False, ())


def test_what_an_edit_resolved_counts_while_it_holds(store: Store) -> None:
    transcript_id = three_lines(store)
    tree = put(segment("b", "tree", 1000), over="b", after="a")
    applied = save_edit(store, transcript_id, tree, base_revisions={"b": 1})
    store.save_resolved(transcript_id, applied.revision_id or 0, Resolved(2, ("Elad",)))
    assert (store.resolved_count(transcript_id), store.glossary(transcript_id)) == (2, ["Elad"])
    store.undo(transcript_id)
    assert (store.resolved_count(transcript_id), store.glossary(transcript_id)) == (0, [])


def test_split_merge_insert_and_delete_keep_the_order(store: Store) -> None:
    transcript_id = three_lines(store)
    save_edit(
        store,
        transcript_id,
        put(segment("a", "one"), segment("a2", "two", 100), over="a", after=None),
        base_revisions={"a": 1},
    )
    assert texts(store, transcript_id) == ["one", "two", "three", "four"]
    applied = save_edit(
        store,
        transcript_id,
        put(segment("b", "three four", 1000), over="bc", after="a2"),
        base_revisions={"b": 1, "c": 1},
    )
    assert applied.removed_ids == ("c",)
    save_edit(store, transcript_id, put(segment("z", "zero"), after=None), base_revisions={})
    save_edit(store, transcript_id, put(segment("e", "end", 3000), after="b"), base_revisions={})
    save_edit(store, transcript_id, put(over=["a2"], after="a"), base_revisions={"a2": 1})
    assert texts(store, transcript_id) == ["zero", "one", "three four", "end"]


def test_many_insertions_at_one_place_renumber_only_nearby(store: Store) -> None:
    transcript_id = three_lines(store)
    far = store.segment(transcript_id, "c").position
    moved = set()
    for number in range(60):
        applied = save_edit(
            store, transcript_id, put(segment(f"n{number}", "x", 100), after="a"), base_revisions={}
        )
        moved |= {stored.segment.id for stored in applied.segments} - {f"n{number}"}
    new = [stored.segment.id for stored in store.segments(transcript_id)]
    assert new == ["a", *(f"n{number}" for number in reversed(range(60))), "b", "c"]
    assert moved
    assert store.segment(transcript_id, "c").position == far


def test_conflict_leaves_everything_as_it_was(store: Store) -> None:
    transcript_id = three_lines(store)
    save_edit(store, transcript_id, set_reviewed("b"), base_revisions={"b": 1})
    with pytest.raises(EditConflict) as caught:
        save_edit(store, transcript_id, set_reviewed("b"), base_revisions={"b": 1})
    assert caught.value.facts() == {"segment_id": "b", "base_revision": 1, "current_revision": 2}
    assert len(store.revisions(transcript_id)) == 1


def test_segment_removed_meanwhile_is_a_conflict_and_an_unknown_one_not_found(
    store: Store,
) -> None:
    transcript_id = three_lines(store)
    reviewed = set_reviewed("b")(store.window(transcript_id, ["b"]))
    save_edit(store, transcript_id, put(over="b", after="a"), base_revisions={"b": 1})
    for bases in ({"b": 1}, {}):
        with pytest.raises(EditConflict if bases else NotFound):
            store.save(transcript_id, reviewed, base_revisions=bases)
    with pytest.raises(NotFound):
        store.save(transcript_id, reviewed, base_revisions={"z": 1})


@pytest.mark.parametrize(
    "splice",
    [
        Splice("a", (), (segment("n", "late", 5000),)),
        Splice("b", (), (segment("n", "early", 10),)),
        Splice("a", (segment("c", "four", 2000),), ()),
        Splice(None, (segment("a", "one two"), segment("c", "four", 2000)), ()),
    ],
)
def test_change_against_a_rule_is_refused_whole(store: Store, splice: Splice) -> None:
    transcript_id = three_lines(store)
    good = Splice("c", (), (segment("d", "end", 9000),))
    seq = store.transcript(transcript_id).seq
    with pytest.raises(InvariantBroken):
        store.save(transcript_id, Change("replace", (good, splice)), base_revisions={})
    assert texts(store, transcript_id) == ["one two", "three", "four"]
    assert store.transcript(transcript_id).seq == seq


def test_resent_edit_is_applied_once_and_answered_alike(store: Store) -> None:
    transcript_id = three_lines(store)
    build = put(segment("b", "tree", 1000), over="bc", after="a")
    change = build(store.window(transcript_id, None))
    bases = {"b": 1, "c": 1}
    first = store.save(transcript_id, change, base_revisions=bases, edit_id="e1")
    assert store.save(transcript_id, change, base_revisions=bases, edit_id="e1") == first
    assert len(store.revisions(transcript_id)) == 1


def test_change_without_splices_saves_nothing(store: Store) -> None:
    transcript_id = three_lines(store)
    seq = store.transcript(transcript_id).seq
    applied = save_edit(store, transcript_id, lambda window: Change("text", ()), base_revisions={})
    assert (applied.revision_id, applied.seq, applied.segments) == (None, seq, ())


def test_a_window_reaches_to_the_nearest_words_on_both_sides(store: Store) -> None:
    lines = [segment(name, name, 1000 * n) for n, name in enumerate("abcdefg")]
    lines = [replace(one, text="", words=()) if one.id in "cf" else one for one in lines]
    transcript_id = new_transcript(store, lines)
    seen = {name: store.window(transcript_id, [name]).segments for name in "adg"}
    assert {name: "".join(one.id for one in there) for name, there in seen.items()} == {
        "a": "ab",
        "d": "bcde",
        "g": "efg",
    }
    above = store.window(transcript_id, [])
    assert (above.below(None), above.first_start_below(None)) == (lines[0], 0)
    middle = store.window(transcript_id, ["d"])
    assert (middle.timed_above("d"), middle.first_start_below("d")) == (lines[1], 4000)
    assert len(store.window(transcript_id, None).segments) == 7


def test_undo_and_redo_walk_through_the_edits(store: Store) -> None:
    transcript_id = three_lines(store)
    states = [texts(store, transcript_id)]
    for build in (
        put(segment("a", "one"), segment("a2", "two", 100), over="a", after=None),
        put(segment("b", "three four", 1000), over="bc", after="a2"),
        put(over=["a2"], after="a"),
    ):
        save_edit(store, transcript_id, build, base_revisions={})
        states.append(texts(store, transcript_id))
    for state in reversed(states[:-1]):
        undone = store.undo(transcript_id)
        assert texts(store, transcript_id) == state
    assert (undone.can_undo, undone.can_redo) == (False, True)
    with pytest.raises(NothingToUndo):
        store.undo(transcript_id)
    for state in states[1:]:
        redone = store.redo(transcript_id)
        assert texts(store, transcript_id) == state
    assert (redone.can_undo, redone.can_redo) == (True, False)
    with pytest.raises(NothingToUndo):
        store.redo(transcript_id)


def test_step_of_several_places_is_undone_from_its_end(store: Store) -> None:
    transcript_id = three_lines(store)

    def build(window: Window) -> Change:
        halves = (segment("a", "one"), segment("a2", "two", 100))
        split = Splice(None, (window.segment("a"),), halves)
        below = Splice("a2", (window.segment("b"),), (segment("b", "tree", 1000),))
        return Change("replace", (split, below))

    save_edit(store, transcript_id, build, base_revisions={})
    store.undo(transcript_id)
    assert texts(store, transcript_id) == ["one two", "three", "four"]
    store.redo(transcript_id)
    assert texts(store, transcript_id) == ["one", "two", "tree", "four"]


def test_revision_grows_through_undo_and_return(store: Store) -> None:
    transcript_id = three_lines(store)
    save_edit(store, transcript_id, put(over="b", after="a"), base_revisions={"b": 1})
    store.undo(transcript_id)
    assert store.segment(transcript_id, "b").segment.revision == 3
    save_edit(store, transcript_id, set_reviewed("b"), base_revisions={"b": 3})
    store.undo(transcript_id)
    assert store.segment(transcript_id, "b").segment.revision == 5
    assert not store.segment(transcript_id, "b").segment.reviewed


def test_edit_after_undo_discards_what_could_be_done_again(store: Store) -> None:
    transcript_id = three_lines(store)
    save_edit(store, transcript_id, set_reviewed("a"), base_revisions={"a": 1})
    store.undo(transcript_id)
    applied = save_edit(store, transcript_id, set_reviewed("b"), base_revisions={"b": 1})
    assert not applied.can_redo
    with pytest.raises(NothingToUndo):
        store.redo(transcript_id)
    history = [(row.action, row.state) for row in store.revisions(transcript_id)]
    assert history == [("edit", "done"), ("undo", "done"), ("edit", "dropped")]


def test_undo_after_new_times_gives_back_the_text(store: Store) -> None:
    transcript_id = three_lines(store)
    save_edit(
        store,
        transcript_id,
        put(segment("b", "tree", 1000), over="b", after="a"),
        base_revisions={},
    )
    store.update_times(transcript_id, [("b", 2, segment("b", "tree", 1400).words)])
    store.undo(transcript_id)
    assert texts(store, transcript_id) == ["one two", "three", "four"]


def test_history_tells_who_when_before_and_after(store: Store, clock: Clock) -> None:
    transcript_id = three_lines(store)
    clock.ms += 7
    for name in "abc":
        save_edit(store, transcript_id, set_reviewed(name), base_revisions={}, author="Ann")
    newest, *older = store.revisions(transcript_id)
    (splice,) = newest.change.splices
    assert (newest.author, newest.created_ms, newest.kind) == ("Ann", clock.ms, "set")
    assert [line.reviewed for line in (*splice.removed, *splice.inserted)] == [False, True]
    assert store.revisions(transcript_id, limit=1, before=newest.id) == older[:1]


def test_changes_since_a_number_hold_each_segment_once(store: Store) -> None:
    transcript_id = three_lines(store)
    seq = store.transcript(transcript_id).seq
    save_edit(store, transcript_id, set_reviewed("b"), base_revisions={})
    save_edit(store, transcript_id, put(over="c", after="b"), base_revisions={})
    changes = store.changes_since(transcript_id, seq)
    assert [stored.segment.id for stored in changes.segments] == ["b"]
    assert (changes.removed_ids, changes.seq, changes.can_undo) == (("c",), seq + 2, True)
    assert store.changes_since(transcript_id, changes.seq).segments == ()
    whole = store.changes_since(transcript_id, 0).segments
    assert [stored.segment.id for stored in whole] == ["a", "b"]


def put_text(segment_id: str, text: str, start_ms: int = 0) -> Callable[[Window], Change]:
    """A builder for the change that gives a segment another text, wherever it stands."""

    def build(window: Window) -> Change:
        old, above = window.segment(segment_id), window.above(segment_id)
        new = replace(old, text=text, words=segment(segment_id, text, start_ms).words)
        return Change("text", (Splice(above.id if above else None, (old,), (new,)),))

    return build


class Who(TypedDict, total=False):
    """A person, or where nobody logs in a browser."""

    author: str
    client: str


ANN, BEN = Who(author="Ann"), Who(author="Ben")
HERE, THERE = Who(client="here"), Who(client="there")


@pytest.mark.parametrize(("ann", "ben"), [(ANN, BEN), (HERE, THERE)])
def test_each_undoes_and_does_again_their_own(store: Store, ann: Who, ben: Who) -> None:
    item = three_lines(store)
    save_edit(store, item, put_text("a", "uno"), base_revisions={}, **ann)
    save_edit(store, item, put_text("b", "tres", 1000), base_revisions={}, **ben)
    split = put(segment("c", "fo", 2000), segment("c2", "ur", 2100), over="c", after="b")
    save_edit(store, item, split, base_revisions={}, **ann)
    store.undo(item, **ann)
    assert (store.can_revert(item, **ann), store.can_revert(item, **ben)) == (
        (True, True),
        (True, False),
    )
    undone = store.undo(item, **ann)
    assert texts(store, item) == ["one two", "tres", "four"]
    assert (undone.can_undo, undone.can_redo) == (False, True)
    with pytest.raises(NothingToUndo):
        store.undo(item, **ann)
    save_edit(store, item, put_text("b", "drei", 1000), base_revisions={}, **ben)
    store.redo(item, **ann)
    store.redo(item, **ann)
    store.undo(item, **ben)
    assert texts(store, item) == ["uno", "tres", "fo", "ur"]
    # Whoever tells nothing of themselves takes the newest of all.
    store.undo(item)
    assert texts(store, item) == ["uno", "tres", "four"]


def test_what_somebody_else_said_since_stays_when_one_undoes(store: Store) -> None:
    item = three_lines(store)
    save_edit(store, item, put_text("b", "tres", 1000), base_revisions={}, **ANN)
    save_edit(store, item, set_reviewed("b"), base_revisions={}, **BEN)
    save_edit(store, item, put(segment("z", "zero", 500), after="a"), base_revisions={}, **BEN)
    store.undo(item, **ANN)
    assert texts(store, item) == ["one two", "zero", "three", "four"]
    assert store.segment(item, "b").segment.reviewed
    save_edit(store, item, put_text("b", "trois", 1000), base_revisions={}, **ANN)
    store.undo(item, **BEN)
    store.undo(item, **BEN)
    assert texts(store, item) == ["one two", "trois", "four"]
    assert not store.segment(item, "b").segment.reviewed


@pytest.mark.parametrize(
    ("ann", "ben"),
    [
        (put_text("b", "tres", 1000), put_text("b", "drei", 1000)),
        (put_text("b", "tres", 1000), put(over="b", after="a")),
        (put_text("b", "tres", 1000), put(segment("a", "all"), over="ab", after=None)),
        (put(over="b", after="a"), put(segment("b", "again", 1000), after="a")),
        (put(over="b", after="a"), put(segment("c", "all", 2000), over="ac", after=None)),
        (
            put(segment("a", "three", 0), over="ab", after=None),
            put(segment("a", "th"), segment("a2", "ree", 100), over="a", after=None),
        ),
        (
            put(segment("b", "th", 1000), segment("b2", "ree", 1100), over="b", after="a"),
            put(segment("x", "between", 1050), after="b"),
        ),
    ],
    ids=["typed", "deleted", "joined", "back", "joined around", "split", "put between"],
)
def test_what_somebody_else_changed_since_is_not_undone(
    store: Store,
    ann: Callable[[Window], Change],
    ben: Callable[[Window], Change],
) -> None:
    item = three_lines(store)
    save_edit(store, item, put_text("c", "fore", 2000), base_revisions={}, **ANN)
    save_edit(store, item, ann, base_revisions={}, **ANN)
    save_edit(store, item, ben, base_revisions={}, **BEN)
    then = texts(store, item)
    with pytest.raises(UndoBlocked) as blocked:
        store.undo(item, **ANN)
    assert (texts(store, item), store.can_revert(item, **ANN)) == (then, (True, False))
    if "fore" in then:
        store.undo(item, **ANN, before=blocked.value.revision_id)
        assert texts(store, item) == [text if text != "fore" else "four" for text in then]
    store.undo(item, **BEN)
    store.undo(item, **ANN)
    assert texts(store, item)[:2] == ["one two", "three"]
