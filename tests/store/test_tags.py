from __future__ import annotations

from editor.store import MOST_TAGS, Sought, Store
from tests.store.samples import new_transcript


def test_transcripts_are_found_by_their_tags(store: Store) -> None:
    one, two, three = (new_transcript(store) for _ in range(3))
    store.change_tags([one, two, "gone"], add=["Interview", "wave 1"], remove=[])
    # One word in other letters is the same tag, and one that is there is given once.
    store.change_tags([two, three], add=["INTERVIEW", "Äpfel", "interview"], remove=["wave 1"])
    assert store.tags_of([one, two, three]) == {
        one: ["Interview", "wave 1"],
        two: ["Interview", "Äpfel"],
        three: ["Interview", "Äpfel"],
    }
    assert store.all_tags() == [("Interview", 3), ("wave 1", 1), ("Äpfel", 2)]
    found = store.list_transcripts(Sought(tag="Äpfel"))
    assert {row.id for row in found} == {two, three}
    assert store.count_transcripts(Sought(tag="äpfel")) == 0
    store.move_to_trash(one)
    assert store.all_tags() == [("Interview", 2), ("Äpfel", 2)]
    store.delete_transcript(one)
    store.change_tags([two, three], add=[], remove=["Interview"])
    assert store.all_tags() == [("Äpfel", 2)]


def test_no_transcript_gets_more_tags_than_there_may_be(store: Store) -> None:
    item = new_transcript(store)
    store.change_tags([item], add=[f"t{number}" for number in range(MOST_TAGS)], remove=[])
    store.change_tags([item], add=["one more", "t1"], remove=["t0"])
    tags = store.tags_of([item])[item]
    assert len(tags) == MOST_TAGS
    assert {"one more", "t1"} <= set(tags)
    # What is there stays, also where more is added than there is room for.
    store.change_tags([item], add=["Two more", "two more", "t1"], remove=["t2"])
    tags = store.tags_of([item])[item]
    assert len(tags) == MOST_TAGS
    assert {"one more", "t1", "Two more"} <= set(tags)
    store.change_tags([item], add=["three more", "t1"], remove=[])
    assert store.tags_of([item])[item] == tags
