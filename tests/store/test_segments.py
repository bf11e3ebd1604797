from __future__ import annotations

from dataclasses import replace

import pytest

from editor.document import Segment, Word
from editor.errors import NotFound
from editor.store import Store, retiming
from tests.store.samples import new_transcript, save_edit, segment, set_reviewed, three_lines


def test_segment_comes_back_with_all_it_had(store: Store) -> None:
    word = Word("Hé", 5, 40, "manual", 0.25, True, (3, 4))
    free = Word("gone", 50, 90, "placed", None, False, ())
    full = Segment("x", " Hé ", (word,), "Ann", "sound", True, True, 7, (free,))
    transcript_id = new_transcript(store, [full])
    back = store.segment(transcript_id, "x").segment
    assert back == full
    assert back.released == (free,)


def test_neighbours_of_the_edges_are_none(store: Store) -> None:
    transcript_id = three_lines(store)
    above, below = store.neighbours(transcript_id, "a")
    assert above is None
    assert below == segment("b", "three", 1000)
    with pytest.raises(NotFound):
        store.neighbours(transcript_id, "z")


def moved(line: Segment, by_ms: int) -> tuple[Word, ...]:
    return tuple(
        replace(word, start_ms=word.start_ms + by_ms, end_ms=word.end_ms + by_ms)
        for word in line.words
    )


def test_new_times_are_saved_without_a_new_revision(store: Store) -> None:
    transcript_id = three_lines(store)
    b = store.segment(transcript_id, "b").segment
    retimed = store.update_times(transcript_id, [("b", 1, moved(b, 300))])
    changes = store.changes_since(transcript_id, retimed.seq - 1)
    assert (retimed.written_ids, retimed.skipped_ids) == (("b",), ())
    assert [stored.segment for stored in changes.segments] == [segment("b", "three", 1300)]
    assert changes.segments[0].segment.revision == 1


def test_times_for_an_older_text_are_left_out(store: Store) -> None:
    transcript_id = three_lines(store)
    save_edit(store, transcript_id, set_reviewed("b"), base_revisions={"b": 1})
    a, b = (store.segment(transcript_id, name).segment for name in "ab")
    retimed = store.update_times(
        transcript_id, [("a", 1, moved(a, 10)), ("b", 1, moved(b, 10)), ("z", 1, moved(b, 10))]
    )
    assert (retimed.written_ids, retimed.skipped_ids) == (("a",), ("b", "z"))


@pytest.mark.parametrize(
    ("by_ms", "written"),
    [
        ({"a": 1500}, ()),
        ({"a": 1500, "b": 1500, "c": 1500}, ("a", "b", "c")),
        ({"a": 1500, "b": 1500}, ()),
        ({"b": -950}, ()),
        ({"b": 1500, "c": 100}, ()),
        ({"a": 5000, "c": 100}, ("c",)),
    ],
)
@pytest.mark.parametrize("few", [0, 20])
def test_times_against_the_order_are_left_out(
    store: Store,
    by_ms: dict[str, int],
    written: tuple[str, ...],
    few: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(retiming, "_FEW", few)
    transcript_id = three_lines(store)
    before = {s.segment.id: s.segment for s in store.segments(transcript_id)}
    timed = [(name, 1, moved(before[name], by)) for name, by in by_ms.items()]
    retimed = store.update_times(transcript_id, timed)
    starts = [word.start_ms for s in store.segments(transcript_id) for word in s.segment.words]
    assert starts == sorted(starts)
    assert set(retimed.written_ids) | set(retimed.skipped_ids) == set(by_ms)
    assert retimed.written_ids == written


def test_times_of_other_words_are_left_out(store: Store) -> None:
    transcript_id = three_lines(store)
    wrong = (Word("tree", 1000, 1100),)
    assert store.update_times(transcript_id, [("b", 1, wrong)]).skipped_ids == ("b",)


def test_segments_come_with_their_neighbours_in_the_order_of_the_text(store: Store) -> None:
    transcript_id = three_lines(store)
    by_id = {one.segment.id: one for one in store.segments(transcript_id)}

    def around(*ids: str) -> list[str]:
        found = store.with_neighbours(transcript_id, [by_id[item] for item in ids])
        return [segment.id for segment in found]

    assert around("a") == ["a", "b"]
    assert around("c", "a") == ["a", "b", "c"]
    assert around() == []
