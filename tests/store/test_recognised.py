from __future__ import annotations

from dataclasses import replace

from editor.document import RecognisedWord
from editor.store import Store
from tests.store.samples import new_transcript

HELLO = RecognisedWord(0, "Hello", 900, 1300, 0.9, 0)
THERE = RecognisedWord(1, "there", 1300, 2050, 0.8, 0, aligner="both")
AGAIN = RecognisedWord(2, "again", 2000, 2400, 0.7, 1, "fr", "phones")


def test_piece_saved_twice_is_kept_once(store: Store) -> None:
    transcript_id = new_transcript(store)
    assert store.save_chunk(transcript_id, "r1", 1, 2000, 4000, [AGAIN])
    assert store.save_chunk(transcript_id, "r1", 0, 0, 2000, [HELLO, THERE])
    assert not store.save_chunk(transcript_id, "r1", 1, 2000, 4000, [])
    assert store.recognised_chunks(transcript_id, "r1") == {0, 1}
    assert store.recognised_words(transcript_id) == [HELLO, THERE, AGAIN]


def test_words_over_the_edge_of_a_piece_are_found_by_their_own_time(store: Store) -> None:
    transcript_id = new_transcript(store)
    store.save_chunk(transcript_id, "r1", 0, 0, 2000, [HELLO, THERE])
    store.save_chunk(transcript_id, "r1", 1, 2000, 4000, [AGAIN])
    assert store.recognised_words(transcript_id, start_ms=2010, end_ms=2020) == [THERE, AGAIN]
    assert store.recognised_words(transcript_id, end_ms=1300) == [HELLO]


def test_a_guessed_time_is_still_one_when_it_is_read_again(store: Store) -> None:
    transcript_id = new_transcript(store)
    guessed = [replace(THERE, is_guessed=True), replace(AGAIN, chunk=0, voice=1, is_guessed=True)]
    store.save_chunk(transcript_id, "r1", 0, 0, 2000, guessed)
    assert store.recognised_words(transcript_id) == guessed


def test_second_recognition_leaves_the_first_as_it_was(store: Store) -> None:
    transcript_id = new_transcript(store)
    store.save_chunk(transcript_id, "r1", 0, 0, 2000, [HELLO])
    store.save_chunk(transcript_id, "r2", 0, 0, 2000, [THERE])
    store.save_chunk(transcript_id, "r2", 1, 2000, 4000, [])
    assert store.recognised_words(transcript_id) == [THERE]
    assert store.recognised_words(transcript_id, recognition="r1") == [HELLO]
    assert store.recognised_chunks(transcript_id, "r2") == {0, 1}
