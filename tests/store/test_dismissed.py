from __future__ import annotations

import pytest

from editor.errors import NotFound
from editor.review import DismissedDoubt
from editor.store import Store
from tests.store.samples import three_lines

KEPT = DismissedDoubt("b", "different", "three", "tree", 1000, 1100)


def test_a_kept_doubt_is_found_once_and_the_segment_counts_as_written(store: Store) -> None:
    transcript_id = three_lines(store)
    before = store.transcript(transcript_id).seq
    store.dismiss_doubt(transcript_id, KEPT)
    store.dismiss_doubt(transcript_id, KEPT)
    assert store.dismissed_doubts(transcript_id) == [KEPT]
    changes = store.changes_since(transcript_id, before)
    assert [one.segment.id for one in changes.segments] == ["b"]
    assert not changes.can_undo


def test_a_kept_doubt_is_opened_again(store: Store) -> None:
    transcript_id = three_lines(store)
    store.dismiss_doubt(transcript_id, KEPT)
    store.dismiss_doubt(transcript_id, KEPT, is_dismissed=False)
    assert store.dismissed_doubts(transcript_id) == []


def test_what_is_gone_keeps_nothing(store: Store) -> None:
    transcript_id = three_lines(store)
    with pytest.raises(NotFound):
        store.dismiss_doubt(transcript_id, DismissedDoubt("z", "different", "x", "y", 0, 1))
    store.dismiss_doubt(transcript_id, KEPT)
    store.delete_transcript(transcript_id)
    assert store.dismissed_doubts(transcript_id) == []
