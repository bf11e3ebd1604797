from __future__ import annotations

from unittest.mock import patch

from editor.document import RecognisedWord, Turn
from editor.store import Store
from tests.store.samples import three_lines


def test_of_long_recordings_only_the_turns_nearby_are_read_and_names_of_all(store: Store) -> None:
    transcript_id = three_lines(store)
    store.save_chunk(transcript_id, "r1", 0, 0, 900, [RecognisedWord(0, "one", 0, 100, 0.9)])
    far = [Turn(100_000 * n, 100_000 * n + 500, n) for n in range(1, 9)]
    store.save_voice_turns(transcript_id, [Turn(0, 1_000, 0), *far])
    (first, *_) = store.segments(transcript_id)
    with patch.object(store, "voices", wraps=store.voices) as whole:
        voices = store.review_context(transcript_id, [first]).findings.voices
        assert voices.turns == [Turn(0, 1_000, 0)]
        assert whole.call_count == 0
        assert voices.names == store.voices(transcript_id).names
