from __future__ import annotations

from editor.review import DismissedDoubt
from editor.store import Resolved, Sought, Store
from tests.store.samples import save_edit, set_reviewed, three_lines


def test_doubts_left_are_those_there_were_less_those_settled_since(store: Store) -> None:
    one, two, never = three_lines(store), three_lines(store), three_lines(store)
    kept = DismissedDoubt("a", "different", "one", "won", 0, 100)
    store.dismiss_doubt(one, kept)
    store.save_doubt_count(one, 3)
    store.save_doubt_count(two, 2)
    assert store.doubts_left([one, two, never]) == {one: 3, two: 2}

    edit = save_edit(store, two, set_reviewed("a"), base_revisions={"a": 1})
    assert edit.revision_id
    store.save_resolved(two, edit.revision_id, Resolved(1))
    store.dismiss_doubt(one, DismissedDoubt("b", "different", "three", "tree", 0, 100))
    assert store.doubts_left([one, two]) == {one: 2, two: 1}
    order = [row.id for row in store.list_transcripts(Sought(order="doubts"))]
    assert order == [one, two, never]
    # Undone, or opened again, they are left once more.
    store.undo(two)
    store.dismiss_doubt(one, kept, is_dismissed=False)
    assert store.doubts_left([one, two]) == {one: 3, two: 2}
    store.save_doubt_count(one, 0)
    store.dismiss_doubt(one, kept)
    assert store.doubts_left([one]) == {one: 0}
