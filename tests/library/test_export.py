"""Transcripts of the library on their way out."""

from __future__ import annotations

import json
from base64 import b64encode
from pathlib import Path

import pytest
from click.testing import CliRunner

from editor.cli import cli
from editor.config import Settings
from editor.library import export
from editor.store import Store
from tests.support.library import add_transcript


def test_a_page_holds_its_recording_and_a_copy_holds_captions(
    library: Store, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(settings.data_dir))
    transcript_id = add_transcript(settings, library)

    def run(*arguments: object) -> tuple[int, str]:
        result = CliRunner().invoke(cli, ["export", *map(str, arguments)])
        return result.exit_code, f"{result.stderr}{result.exception}"

    listed = CliRunner().invoke(cli, ["list", "--json", "welcome"]).stdout
    assert [json.loads(line)["id"] for line in listed.splitlines()] == [transcript_id]
    assert CliRunner().invoke(cli, ["list"]).stdout == f"{transcript_id}      0:06  Episode\n"
    assert CliRunner().invoke(cli, ["list", "nowhere"]).stdout == ""
    told = json.loads(CliRunner().invoke(cli, ["storage", "--json"]).stdout)
    assert [one["transcript_id"] for one in told["transcripts"]] == [transcript_id]
    page = tmp_path / "a.html"
    assert run(transcript_id, "-o", page)[0] == 0
    assert 'src="episode.wav"' in page.read_text("utf-8")
    assert run(transcript_id, "--embed", "-o", page)[0] == 0
    (film,) = settings.data_dir.glob("media/*/original.wav")
    recording = b64encode(film.read_bytes()).decode()
    assert f'src="data:audio/wav;base64,{recording}"' in page.read_text("utf-8")
    monkeypatch.setattr(export, "_MOST_EMBEDDED_BYTES", 1024)
    told = run(transcript_id, "--embed", "-o", page)[1]
    assert "a page takes 0; put the recording beside it" in told
    assert run(transcript_id, "--into", film, "-o", tmp_path / "a.mkv")[0] == 0
    assert (tmp_path / "a.mkv").read_bytes().count(b"welcome back") == 1
    assert "--into takes one transcript's ID." in run("--all", "--into", film, "-o", page)[1]
