from __future__ import annotations

from pathlib import Path

import pytest

from editor.document import RecognisedWord
from editor.errors import InvalidValue
from editor.store import move_database, open_store
from tests.store.samples import save_edit, set_reviewed, texts, three_lines
from tests.support.clock import Clock
from tests.support.servers import Postgres


def test_library_goes_to_postgresql_and_goes_on_there(
    tmp_path: Path, postgres: Postgres, clock: Clock
) -> None:
    source_url, target_url = f"sqlite:///{tmp_path / 'transcripts.db'}", postgres.empty()
    old = open_store(source_url, clock=clock)
    transcript_id = three_lines(old)
    save_edit(old, transcript_id, set_reviewed("b"), base_revisions={"b": 1}, author="Ann")
    old.save_chunk(transcript_id, "base", 0, 0, 900, [RecognisedWord(0, "öne", 0, 90, 0.5)])
    old.name_version(transcript_id, "first <b>")
    old.add_user("ann", "Ann", "editor", "hash")
    old.create_job("transcribe", transcript_id, {"model": "base"}, unique_key="k")
    counts = move_database(source_url, target_url)
    assert counts["segments"] == 3
    assert counts["users"] == counts["jobs"] == counts["chunks"] == counts["versions"] == 1

    new = open_store(target_url, clock=clock)
    assert new.list_transcripts() == old.list_transcripts()
    assert new.segments(transcript_id) == old.segments(transcript_id)
    assert new.revisions(transcript_id) == old.revisions(transcript_id)
    assert new.recognised_words(transcript_id) == old.recognised_words(transcript_id)
    assert new.jobs() == old.jobs()
    # New rows get numbers behind those that came along.
    save_edit(new, transcript_id, set_reviewed("c"), base_revisions={"c": 1}, author="Bob")
    assert [one.author for one in new.revisions(transcript_id)] == ["Bob", "Ann"]
    new.undo(transcript_id)
    assert texts(new, transcript_id) == texts(old, transcript_id)
    for store in (old, new):
        store.close()


def test_database_that_holds_something_is_left_alone(tmp_path: Path, postgres: Postgres) -> None:
    target_url = postgres.fresh()
    store = open_store(target_url)
    three_lines(store)
    with pytest.raises(InvalidValue, match="transcripts is not empty"):
        move_database(f"sqlite:///{tmp_path / 'transcripts.db'}", target_url)
    assert len(store.list_transcripts()) == 1
    store.close()
