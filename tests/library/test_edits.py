"""An edit is made on what was read once, saved in few statements, and judged when it is saved."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import event

from editor.document import RecognisedWord
from editor.edits.commands import AnyEdit, EditRequest
from editor.edits.window import Window
from editor.errors import EditConflict
from editor.library import edits
from editor.library.edits import apply_edit
from editor.store import Store
from tests.store.samples import new_transcript, put, save_edit, segment, texts


def edit_of(**body: Any) -> AnyEdit:
    return EditRequest.model_validate(body).root


def recognised_lines(store: Store, count: int) -> str:
    """A transcript of lines that say "Alad" where "Elad" was recognised."""
    bare = [segment(f"s{n}", f"so Alad said {n}", 1000 * n) for n in range(count)]
    ids = itertools.count()
    lines = [
        replace(
            line, words=tuple(replace(word, recognised_ids=(next(ids),)) for word in line.words)
        )
        for line in bare
    ]
    words = [word for line in lines for word in line.words]
    heard = [
        RecognisedWord(n, word.text.replace("Alad", "Elad"), word.start_ms, word.end_ms, 0.9)
        for n, word in enumerate(words)
    ]
    transcript_id = new_transcript(store, lines)
    store.save_chunk(transcript_id, "base", 0, 0, 1000 * count, heard)
    return transcript_id


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """What is asked of the database meanwhile, a transaction's beginning included."""
    asked: list[str] = []

    def note(*args: Any) -> None:
        asked.append(args[2])

    engine = store._database.engine
    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


def test_a_typed_word_takes_seven_statements_and_its_judging_six(store: Store) -> None:
    transcript_id = recognised_lines(store, 20)
    typed = edit_of(kind="text", segment_id="s9", base_revision=1, text="so Elad said 9")
    with statements(store) as asked:
        edited = apply_edit(store, transcript_id, typed)
    asked = [one for one in asked if not one.startswith("BEGIN")]
    at = next(n for n, one in enumerate(asked) if one.startswith("UPDATE transcripts"))
    saving, judging = asked[: at + 5], asked[at + 5 :]
    assert [one.split()[0] for one in saving] == [
        *("SELECT", "SELECT"),
        *("UPDATE", "SELECT", "INSERT", "UPDATE", "INSERT"),
    ]
    # The last saves what it resolved, and what was learned.
    assert [one.split()[0] for one in judging] == ["SELECT"] * 6 + ["UPDATE"]
    assert edited.learned == ("Elad",)
    assert store.resolved_count(transcript_id) == 1


@pytest.mark.parametrize("is_undone", [False, True])
def test_many_places_take_no_more_statements_than_two(store: Store, is_undone: bool) -> None:
    counts = []
    for count in (2, 20, 300):
        transcript_id = recognised_lines(store, count)
        places = [
            {"segment_id": f"s{n}", "base_revision": 1, "start": 3, "length": 4, "new": "Elad"}
            for n in range(count)
        ]
        with statements(store) as asked:
            apply_edit(store, transcript_id, edit_of(kind="correct", places=places))
        if is_undone:
            with statements(store) as asked:
                store.undo(transcript_id)
        counts.append(len(asked))
        said = "Alad" if is_undone else "Elad"
        assert texts(store, transcript_id) == [f"so {said} said {n}" for n in range(count)]
    # Where many are to be written, their places are looked for before the write begins.
    assert counts[0] + 2 == counts[1] == counts[2]


def test_a_large_edit_counts_on_from_what_others_wrote_while_it_found_its_places(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript_id = recognised_lines(store, 30)
    place = store._placed_ahead
    others = iter([put(segment("new", "hm", 29_900), after="s29"), None])

    def placed(*args: Any) -> Any:
        ahead = place(*args)
        other = next(others, None)
        if other:
            save_edit(store, transcript_id, other, base_revisions={}, client="other")
        return ahead

    monkeypatch.setattr(store, "_placed_ahead", placed)
    places = [
        {"segment_id": f"s{n}", "base_revision": 1, "start": 3, "length": 4, "new": "Elad"}
        for n in range(25)
    ]
    seq = store.transcript(transcript_id).seq
    edited = apply_edit(store, transcript_id, edit_of(kind="correct", places=places))
    assert (edited.applied.seq, texts(store, transcript_id)[-1]) == (seq + 2, "hm")
    since = store.changes_since(transcript_id, seq + 1).segments
    assert [one.segment.text for one in since] == [f"so Elad said {n}" for n in range(25)]


def test_an_edit_is_made_anew_where_others_changed_what_is_around_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript_id = recognised_lines(store, 3)
    read = store.window
    others = iter([put(segment("new", "hm", 800), after="s0"), None])

    def window(*args: Any, **named: Any) -> Window:
        found = read(*args, **named)
        other = next(others, None)
        if other:
            save_edit(store, transcript_id, other, base_revisions={}, client="other")
        return found

    def merge(store: Store) -> Sequence[str]:
        both = edit_of(
            kind="merge",
            segment_id="s1",
            base_revision=1,
            next_id="s2",
            next_revision=1,
            text="so Alad said 1",
            next_text="so Alad said 2",
        )
        apply_edit(store, transcript_id, both, client="mine")
        return texts(store, transcript_id)

    monkeypatch.setattr(store, "window", window)
    assert merge(store) == ["so Alad said 0", "hm", "so Alad said 1 so Alad said 2"]


def test_what_cannot_be_judged_is_saved_all_the_same(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    transcript_id = recognised_lines(store, 3)

    def failing(*_: Any, **__: Any) -> None:
        raise RuntimeError("no judge")

    monkeypatch.setattr(edits, "learned_terms", failing)
    typed = edit_of(kind="text", segment_id="s1", base_revision=1, text="so Elad", edit_id="e")
    with pytest.raises(RuntimeError, match="no judge"):
        apply_edit(store, transcript_id, typed)
    assert texts(store, transcript_id)[1] == "so Elad"
    # Sent again, it is answered as saved; to another who saw the older text it is a conflict.
    assert apply_edit(store, transcript_id, typed).applied.segments[0].segment.text == "so Elad"
    late = edit_of(kind="text", segment_id="s1", base_revision=1, text="late")
    with pytest.raises(EditConflict):
        apply_edit(store, transcript_id, late)
