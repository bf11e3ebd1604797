"""Files of earlier releases, as they were kept, open in this one and lose nothing."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from editor.errors import FolderUnusable
from editor.formats.exports import Options
from editor.library import export, recordings
from editor.library.backup import back_up, restore
from editor.library.project_file import unpack
from editor.review import DismissedDoubt, WordScores
from editor.store import Store, check_sqlite, open_store
from tests.store.samples import save_edit, set_reviewed, texts
from tests.support.library import LINES, settings_for
from tests.tools.make_release import RELEASES

KEPT = sorted(RELEASES.glob("*.zip"))
#: Of the last day before the first release, when tables had other names.
EARLY_BACKUP, EARLY_TRANSCRIPT = RELEASES / "early.backup", RELEASES / "early.transcript"


def test_a_folder_was_kept() -> None:
    assert KEPT


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.stem)
def test_folder_of_a_release_opens(kept: Path, tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    with zipfile.ZipFile(kept) as archive:
        archive.extractall(settings.data_dir)
    store = open_store(settings.database_url)
    (row,) = store.list_transcripts()
    assert (row.title, row.duration_ms, row.language) == ("Episode", 6000, "en")
    assert texts(store, row.id) == [LINES[0], LINES[1], f"{LINES[2]}!"]
    assert len(store.recognised_words(row.id)) == 15
    assert store.imported_text(row.id) == "\n".join(LINES).encode()
    assert [version.name for version in store.versions(row.id)] == ["first look"]
    assert [one.written for one in store.dismissed_doubts(row.id)] == ["clevency"]
    steps = [(step.action, step.state, step.author) for step in store.revisions(row.id)]
    assert steps == [
        ("undo", "done", None),
        ("edit", "undone", None),
        ("edit", "done", "Ann"),
        ("edit", "done", None),
    ]
    original = [one.text for one in store.segments_at(row.id, 0)]
    assert original == list(LINES)

    assert row.media_path is not None
    assert (settings.data_dir / row.media_path).stat().st_size == 96_044
    peaks = recordings.read_peaks(settings, row.id, level=1, start_ms=0, end_ms=6000)
    assert peaks is not None
    assert len(peaks) == 12
    exported = export.export_file(store, row.id, format_name="srt", options=Options())
    assert exported.data.decode().count("-->") == 3
    third = store.segments(row.id)[2].segment
    save_edit(store, row.id, set_reviewed(third.id), base_revisions={third.id: third.revision})
    assert store.segments(row.id)[2].segment.reviewed
    store.close()
    check_sqlite(settings.data_dir / "transcripts.db")


def assert_holds_what_early_files_held(store: Store, transcript_id: str) -> None:
    row = store.transcript(transcript_id)
    assert (row.title, row.duration_ms, row.recognised_until_ms) == ("Episode", 6000, 6000)
    assert texts(store, transcript_id) == [LINES[0], LINES[1], f"{LINES[2]}?"]
    assert [one.text for one in store.segments_at(transcript_id, 0)] == list(LINES)
    assert len(store.recognised_words(transcript_id)) == 15
    scores = WordScores({"clevency": ((1600, 1900, -4.2),)}, {4: -0.1})
    assert store.word_scores(transcript_id) == scores
    second = store.segments(transcript_id)[1].segment.id
    doubt = DismissedDoubt(second, "different", "clevency", "equivalency", 1600, 1900)
    assert store.dismissed_doubts(transcript_id) == [doubt]
    assert [one.after for one in store.activity(transcript_id)] == ["Episode", "Episode 2"]
    assert store.resolved_count(transcript_id) == 1
    assert store.glossary(transcript_id) == ["equivalency", "Grüße", "Tenenbaum"]
    store.undo(transcript_id)
    assert texts(store, transcript_id)[2] == f"{LINES[2]}!"


def test_an_early_folder_is_left_as_it_is_and_its_backup_restored(tmp_path: Path) -> None:
    early, present = (settings_for(tmp_path / name) for name in ("early", "present"))
    with zipfile.ZipFile(EARLY_BACKUP) as archive:
        archive.extractall(early.data_dir)
    before = (early.data_dir / "transcripts.db").read_bytes()
    with pytest.raises(
        FolderUnusable,
        match=r"before the first release\. Back it up .*, and restore that into an empty",
    ):
        open_store(early.database_url)
    assert (early.data_dir / "transcripts.db").read_bytes() == before
    # What the sentence says to do, by the version that says it.
    back_up(early, tmp_path / "library.backup")
    assert restore(tmp_path / "library.backup", present).transcript_count == 1
    check_sqlite(present.data_dir / "transcripts.db")
    assert not list(present.data_dir.glob("*.present*"))
    store = open_store(present.database_url)
    (row,) = store.list_transcripts()
    assert_holds_what_early_files_held(store, row.id)
    assert [user.key for user in store.users()] == ["ann"]
    assert [found.transcript_id for found in store.search("listeners")] == [row.id]
    (job,) = store.jobs()
    assert store.count_chunk_ranges(job.id) == 1
    store.close()


def test_a_transcript_that_was_packed_early_is_unpacked(tmp_path: Path) -> None:
    settings = settings_for(tmp_path / "data")
    store = open_store(settings.database_url)
    assert_holds_what_early_files_held(store, unpack(settings, store, EARLY_TRANSCRIPT))
    store.close()
