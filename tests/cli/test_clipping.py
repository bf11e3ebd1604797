"""Clips by the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from editor.cli import cli
from editor.config import Settings
from editor.errors import EditorError
from editor.media.source import open_recording
from editor.store import open_store
from tests.support.media_files import tone, write_sound


def length_ms(path: Path) -> int:
    with open_recording(path) as container:
        return round((container.duration or 0) / 1000)


def test_a_recording_is_cut(tmp_path: Path) -> None:
    recording = write_sound(tmp_path / "a talk.wav", tone(16_000, 3, (0, 3)), 16_000)
    options = ["clip", str(recording), "--from", "0:01", "--to", "2.5", "-o"]
    ran = CliRunner().invoke(cli, [*options, str(tmp_path / "clip.wav")])
    assert (ran.exit_code, length_ms(tmp_path / "clip.wav")) == (0, 1500), ran.output
    for output, says in (("clip.ogg", "one of *.mp3, *.wav"), ("a talk.wav", "would replace")):
        ran = CliRunner().invoke(cli, [*options, str(tmp_path / output)])
        assert (ran.exit_code, says in ran.output) == (2, True)
    ran = CliRunner().invoke(cli, ["clip", str(recording), "--from", "soon"])
    assert "'soon' is no time such as 16:50" in ran.output


def test_a_transcript_of_the_library_is_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path))
    settings = Settings.from_env({"TRANSCRIPT_EDITOR_DATA": str(tmp_path)})
    store = open_store(settings.database_url)
    row = store.create_transcript(title="T", media_name="a.wav", model="base")
    folder = tmp_path / "media" / row.id
    folder.mkdir(parents=True)
    write_sound(folder / "original.wav", tone(16_000, 2, (0, 2)), 16_000)
    store.update_transcript(row.id, media_path=f"media/{row.id}/original.wav")
    store.close()
    options = ["--from", "0", "--to", "1", "-o", str(tmp_path / "clip.wav")]
    ran = CliRunner().invoke(cli, ["clip", row.id, *options])
    assert (ran.exit_code, length_ms(tmp_path / "clip.wav")) == (0, 1000), ran.output
    ran = CliRunner().invoke(cli, ["clip", "gone.wav", *options])
    assert isinstance(ran.exception, EditorError)
    assert str(ran.exception) == "there is no file or transcript gone.wav"
