"""What a job hears, and what it is told of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.document import RecognisedWord, split_words
from editor.edits import edit_text
from editor.library.chunks import WrittenText
from editor.store import StoredSegment
from tests.store.samples import put, save_edit
from tests.support.fresh import fresh_store
from tests.support.library import LINES, add_transcript, settings_for


def test_the_text_is_read_again_only_once_someone_changed_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_for(tmp_path)
    store = fresh_store(settings.database_url)
    transcript_id = add_transcript(settings, store)
    read_count, segments = 0, store.segments

    def counted(transcript_id: str) -> list[StoredSegment]:
        nonlocal read_count
        read_count += 1
        return segments(transcript_id)

    monkeypatch.setattr(store, "segments", counted)
    written = WrittenText(store, transcript_id)
    words, spoken = written()
    assert (words[0], len(words), read_count) == (split_words(LINES[0])[0], len(spoken), 1)
    first = segments(transcript_id)[0].segment
    store.save_chunk(transcript_id, "second", 0, 0, 900, [RecognisedWord(0, "So", 0, 400, 0.9)])
    store.update_times(transcript_id, [(first.id, first.revision, first.words)])
    assert (written(), read_count) == ((words, spoken), 1)
    better = edit_text(first, f"Well, {first.text}", before_ms=0, after_ms=None)
    change = put(better, over=[first.id], after=None)
    save_edit(store, transcript_id, change, base_revisions={first.id: first.revision})
    assert (written()[0], read_count) == (["Well,", *words], 2)
    store.close()
