"""Data folders of earlier releases, as they were kept, open in this one and lose nothing."""

from __future__ import annotations

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from editor.formats.exports import Options
from editor.library import export, recordings
from editor.store import check_sqlite, open_store
from tests.store.samples import save_edit, set_reviewed, texts
from tests.support.library import LINES, settings_for
from tests.tools.make_release import RELEASES

KEPT = sorted(RELEASES.glob("*.zip"))


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
    assert len(store.heard_words(row.id)) == 15
    assert store.imported_text(row.id) == "\n".join(LINES).encode()
    assert [version.name for version in store.versions(row.id)] == ["first look"]
    assert [kept.written for kept in store.kept_doubts(row.id)] == ["clevency"]
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
    with closing(sqlite3.connect(settings.data_dir / "transcripts.db")) as database:
        # It was written anew, so that it shrinks when something is deleted.
        assert database.execute("PRAGMA auto_vacuum").fetchone() == (2,)
