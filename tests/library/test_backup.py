from __future__ import annotations

import json
import os
import sqlite3
import stat
import threading
import zipfile
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from editor.config import Settings
from editor.errors import FolderUnusable, UnreadableArchive
from editor.library.backup import back_up, media_names, restore
from editor.storage.media_files import files_of
from editor.store import Store, open_store
from tests.store.samples import texts
from tests.support.library import add_transcript, settings_for


def test_a_backup_gives_the_library_back(
    library: Store, settings: Settings, tmp_path: Path
) -> None:
    transcript_id = add_transcript(settings, library)
    out = tmp_path / "library.zip"
    told: list[str] = []
    assert back_up(settings, out, on_file=told.append) == 2
    assert [name.rpartition("/")[2] for name in told] == ["original.wav", "peaks"]
    assert os.name == "nt" or stat.S_IMODE(out.stat().st_mode) == 0o600
    elsewhere = settings_for(tmp_path / "elsewhere")
    held = restore(out, elsewhere)
    assert (held.transcript_count, held.file_count) == (1, 2)
    again = open_store(elsewhere.database_url)
    assert again.transcript(transcript_id) == library.transcript(transcript_id)
    assert again.project_rows(transcript_id) == library.project_rows(transcript_id)
    again.close()
    for name in ("original.wav", "peaks"):
        there = (
            folder / "media" / transcript_id / name
            for folder in (settings.data_dir, elsewhere.data_dir)
        )
        first, second = (path.read_bytes() for path in there)
        assert first == second


def test_a_backup_is_of_one_moment_while_others_write(
    library: Store, settings: Settings, tmp_path: Path
) -> None:
    is_over = threading.Event()

    def write() -> None:
        number = 0
        while not is_over.is_set():
            number += 1
            library.update_transcript(first, title=f"{number}")
            library.update_transcript(second, title=f"{number}")

    first = library.create_transcript(title="0", media_name="a.mp3", model="base").id
    second = library.create_transcript(title="0", media_name="b.mp3", model="base").id
    writer = threading.Thread(target=write)
    writer.start()
    for number in range(5):
        back_up(settings, tmp_path / f"{number}.zip")
    is_over.set()
    writer.join()
    for number in range(5):
        elsewhere = settings_for(tmp_path / f"restored-{number}")
        restore(tmp_path / f"{number}.zip", elsewhere)
        again = open_store(elsewhere.database_url)
        before, after = (int(again.transcript(item).title) for item in (first, second))
        assert before - after in (0, 1)
        again.close()


def test_a_full_folder_is_left_alone(library: Store, settings: Settings, tmp_path: Path) -> None:
    out = tmp_path / "library.zip"
    back_up(settings, out)
    with pytest.raises(
        FolderUnusable, match=r"data: it is not empty. Set TRANSCRIPT_EDITOR_DATA to"
    ):
        restore(out, settings)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.999])
def test_a_backup_that_was_cut_off_restores_nothing(
    library: Store, settings: Settings, tmp_path: Path, share: float
) -> None:
    add_transcript(settings, library)
    out = tmp_path / "library.zip"
    back_up(settings, out)
    out.write_bytes(out.read_bytes()[: int(share * out.stat().st_size)])
    with pytest.raises(UnreadableArchive, match=r"^library.zip: "):
        restore(out, settings_for(tmp_path / "elsewhere"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "library.zip"]


def test_a_changed_byte_is_found(library: Store, settings: Settings, tmp_path: Path) -> None:
    add_transcript(settings, library)
    out = tmp_path / "library.zip"
    back_up(settings, out)
    data = bytearray(out.read_bytes())
    data[data.index(b"WAVEfmt") + 2_000] ^= 1
    out.write_bytes(data)
    with pytest.raises(UnreadableArchive, match=r"original.wav is (damaged|not what was)"):
        restore(out, settings_for(tmp_path / "elsewhere"))
    assert not (tmp_path / "elsewhere").exists()


def test_a_damaged_database_is_not_restored(
    library: Store, settings: Settings, tmp_path: Path
) -> None:
    row = library.create_transcript(title="Talk", media_name="a.mp3", model="base")
    library.close()
    path = settings.data_dir / "transcripts.db"
    data = bytearray(path.read_bytes())
    data[4096 * 3 : 4096 * 8] = bytes(4096 * 5)
    out, copy = tmp_path / "library.zip", tmp_path / "damaged.zip"
    back_up(settings, out)
    with zipfile.ZipFile(out) as archive, zipfile.ZipFile(copy, "w") as changed:
        manifest = json.loads(archive.read("manifest.json"))
        manifest["members"]["transcripts.db"] = {
            "bytes": len(data),
            "sha256": sha256(data).hexdigest(),
        }
        changed.writestr("transcripts.db", bytes(data))
        changed.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(FolderUnusable, match="the database is damaged"):
        restore(copy, settings_for(tmp_path / "elsewhere"))
    assert row.id
    assert not (tmp_path / "elsewhere").exists()


def test_without_a_library_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(FolderUnusable, match="this folder contains no library"):
        back_up(settings_for(tmp_path / "nothing"), tmp_path / "x.zip")
    assert not (tmp_path / "nothing").exists()


def test_restored_text_is_that_of_the_moment(
    library: Store, settings: Settings, tmp_path: Path
) -> None:
    transcript_id = add_transcript(settings, library)
    back_up(settings, tmp_path / "a.zip")
    library.undo(transcript_id)
    library.undo(transcript_id)
    elsewhere = settings_for(tmp_path / "elsewhere")
    restore(tmp_path / "a.zip", elsewhere)
    again = open_store(elsewhere.database_url)
    assert texts(again, transcript_id)[2].endswith("!")
    assert not texts(library, transcript_id)[2].endswith("!")
    again.close()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("media_path", "/etc/passwd"),
        ("media_path", "media/../../secret"),
        ("media_path", "transcripts.db"),
        ("browser_copy_path", "media/else/original.wav"),
        ("id", "../../victim"),
    ],
)
def test_a_library_that_leads_elsewhere_is_not_restored(
    library: Store, settings: Settings, tmp_path: Path, column: str, value: str
) -> None:
    transcript_id = add_transcript(settings, library)
    database = tmp_path / "transcripts.db"
    out = tmp_path / "library.zip"
    back_up(settings, out)
    with zipfile.ZipFile(out) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    database.write_bytes(held["transcripts.db"])
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute(
            f"UPDATE transcripts SET {column} = ? WHERE id = ?", (value, transcript_id)
        )
        connection.commit()
    rewrite(out, {**held, "transcripts.db": database.read_bytes()})
    elsewhere = settings_for(tmp_path / "elsewhere")
    with pytest.raises((UnreadableArchive, FolderUnusable)):
        restore(out, elsewhere)
    assert not elsewhere.data_dir.exists() or not any(elsewhere.data_dir.iterdir())


@pytest.mark.parametrize("name", ["queue.db", "models/base/model.bin", "media/x", "server.running"])
def test_a_backup_of_other_files_is_not_restored(
    library: Store, settings: Settings, tmp_path: Path, name: str
) -> None:
    out = tmp_path / "library.zip"
    back_up(settings, out)
    with zipfile.ZipFile(out) as archive:
        held = {each: archive.read(each) for each in archive.namelist()}
    rewrite(out, {**held, name: b"x"})
    elsewhere = settings_for(tmp_path / "elsewhere")
    with pytest.raises(
        UnreadableArchive, match=f"it contains {name}, which does not belong to a library"
    ):
        restore(out, elsewhere)
    assert not elsewhere.data_dir.exists() or not any(elsewhere.data_dir.iterdir())


def rewrite(path: Path, members: dict[str, bytes]) -> None:
    manifest = json.loads(members.pop("manifest.json"))
    manifest["members"] = {
        name: {"bytes": len(data), "sha256": sha256(data).hexdigest()}
        for name, data in members.items()
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in {**members, "manifest.json": json.dumps(manifest).encode()}.items():
            archive.writestr(name, data)


def test_what_is_heard_of_voices_is_in_no_backup(settings: Settings) -> None:
    folder = settings.data_dir / "media" / "abc"
    (folder / "voices").mkdir(parents=True)
    for name in ("original.mp3", "work.wav", "work.wav.phones", "voices/0.npz"):
        (folder / name).write_bytes(b"x")
    assert list(media_names(files_of(settings))) == ["media/abc/original.mp3"]
