"""Which recordings in a watched folder are to be done."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from editor.library import watched as watched_module
from editor.library.watched import Watched

MP3 = b"ID3" + bytes(200)


def test_a_recording_is_taken_once_it_has_stopped_growing(tmp_path: Path) -> None:
    watched = Watched(tmp_path, tmp_path, [".vtt"])
    (tmp_path / "a.mp3").write_bytes(MP3)
    assert watched.look() == ([], [])
    (tmp_path / "a.mp3").write_bytes(MP3 + MP3)
    os.utime(tmp_path / "a.mp3", ns=(1, 1))
    assert watched.look() == ([], [])
    (tmp_path / "a.txt").write_text("Hello there")
    ((task,), sentences) = watched.look()
    assert (task.recording, task.text) == (tmp_path / "a.mp3", tmp_path / "a.txt")
    assert (task.missing, sentences) == ((tmp_path / "a.vtt",), [])
    assert (task.state, task.text_state and task.text_state[0]) == ((406, 1), 11)
    (tmp_path / "a.vtt").write_text("WEBVTT\n")
    assert watched.look() == ([], [])


def test_what_cannot_be_used_is_told_once_and_tried_again_when_it_changes(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    watched = Watched(tmp_path, out, [".srt", ".txt"])
    (tmp_path / "a.mp3").write_bytes(MP3)
    (tmp_path / "a.wav").write_bytes(b"RIFF" + bytes(100))
    (tmp_path / "b.mp3.part").write_bytes(MP3)
    (tmp_path / ".hidden.mp3").write_bytes(MP3)
    (tmp_path / "cover.jpg").write_bytes(b"\xff\xd8\xff" + bytes(50))
    (tmp_path / "notes.txt").write_text("notes")
    (tmp_path / "empty.mp3").write_bytes(b"")
    tasks, sentences = watched.look(is_settled=True)
    assert [task.recording.name for task in tasks] == ["a.mp3"]
    assert tasks[0].missing == (out / "a.srt", out / "a.txt")
    assert sentences == [
        "a.wav: a.mp3 has the same name; rename one",
        "cover.jpg: it is a picture. Choose a recording or a text.",
    ]
    watched.failed(tmp_path / "a.mp3")
    assert watched.look(is_settled=True) == ([], [])
    (tmp_path / "a.mp3").write_bytes(MP3 * 2)
    assert [task.recording.name for task in watched.look(is_settled=True)[0]] == ["a.mp3"]


def test_a_file_that_another_program_holds_is_told_once_and_keeps_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(tmp_path, tmp_path, [".vtt"])
    for name in ("a.mp3", "b.mp3"):
        (tmp_path / name).write_bytes(MP3)

    def held(path: Path) -> bool:
        if path.name == "a.mp3":
            raise PermissionError(13, "Permission denied")
        return True

    with monkeypatch.context() as patch:
        patch.setattr(watched_module, "_is_recording", held)
        tasks, sentences = watched.look(is_settled=True)
        assert [task.recording.name for task in tasks] == ["b.mp3"]
        assert sentences == ["a.mp3: Permission denied"]
        assert watched.look(is_settled=True) == (tasks, [])
    names = [task.recording.name for task in watched.look(is_settled=True)[0]]
    assert names == ["a.mp3", "b.mp3"]


@pytest.mark.skipif(os.name == "nt", reason="Windows counts the folders, too")
def test_a_name_that_leaves_no_room_for_a_result_is_told_and_holds_nothing_up(
    tmp_path: Path,
) -> None:
    long = "n" * 251
    (tmp_path / f"{long}.mp3").write_bytes(MP3)
    (tmp_path / "a.mp3").write_bytes(MP3)
    watched = Watched(tmp_path, tmp_path, [".json"])
    (task,), (sentence,) = watched.look(is_settled=True)
    assert task.recording.name == "a.mp3"
    assert sentence == f"{long}.mp3: File name too long"
    assert watched.look(is_settled=True)[1] == []
    assert Watched(tmp_path, tmp_path, [".vtt"]).look(is_settled=True)[1] == []


def test_a_result_that_is_a_link_to_nowhere_is_told_once_and_not_written_there(
    tmp_path: Path,
) -> None:
    watched = Watched(tmp_path, tmp_path, [".vtt"])
    (tmp_path / "a.mp3").write_bytes(MP3)
    (tmp_path / "a.vtt").symlink_to(tmp_path / "elsewhere" / "b.vtt")
    reason = "a.mp3: a.vtt is a link that leads nowhere; remove it"
    assert watched.look(is_settled=True) == ([], [reason])
    assert watched.look(is_settled=True) == ([], [])
    (tmp_path / "a.vtt").unlink()
    ((task,), sentences) = watched.look(is_settled=True)
    assert (task.missing, sentences) == ((tmp_path / "a.vtt",), [])
