from __future__ import annotations

from editor.document import RecognisedWord
from editor.review import WordScores
from editor.store import Store
from tests.store.samples import three_lines

TOLD = WordScores(
    {"one": ((0, 100, -7.5),), "two": ((100, 200, -0.2),)},
    {0: -0.1},
    {"one two": ((0, 200, "Wontoo"),)},
)


def heard(store: Store, transcript_id: str, recognition: str) -> None:
    store.save_chunk(transcript_id, recognition, 0, 0, 900, [RecognisedWord(0, "one", 0, 100, 0.9)])


def test_what_was_told_is_found_again_and_its_segments_count_as_written(store: Store) -> None:
    transcript_id = three_lines(store)
    heard(store, transcript_id, "r1")
    before = store.transcript(transcript_id).seq
    store.save_word_scores(transcript_id, "r1", 0, 0, 900, TOLD)
    assert store.word_scores(transcript_id) == TOLD
    assert store.word_scores(transcript_id, start_ms=60_000) == WordScores()
    assert store.scored_chunks(transcript_id, "r1") == {0}
    changed = store.changes_since(transcript_id, before).segments
    assert [one.segment.id for one in changed] == ["a"]


def test_a_piece_is_saved_once_and_another_recognition_begins_anew(store: Store) -> None:
    transcript_id = three_lines(store)
    heard(store, transcript_id, "r1")
    store.save_word_scores(transcript_id, "r1", 0, 0, 900, TOLD)
    store.save_word_scores(transcript_id, "r1", 0, 0, 900, WordScores())
    assert store.word_scores(transcript_id) == TOLD
    heard(store, transcript_id, "r2")
    assert not store.word_scores(transcript_id)
    assert store.scored_chunks(transcript_id, "r2") == set()
