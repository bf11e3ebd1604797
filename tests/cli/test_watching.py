"""A watched folder by the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from editor.cli import cli, watching
from editor.cli.source import Source
from editor.document import Media, Segment, Transcript, Word
from editor.errors import UnreadableMedia
from editor.library.offline import Aligned
from tests.library.test_webhook import server

TALK = Transcript((Segment("a", "hi there", (Word("hi", 0, 500), Word("there", 500, 900))),))


def test_each_recording_gets_its_results_and_failures_hold_nothing_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen = list[Source]()

    def aligned(source: Source) -> Aligned:
        seen.append(source)
        if source.recording.name == "bad.mp3":
            raise UnreadableMedia("bad.mp3", "it is damaged.", "")
        return Aligned(TALK, Media(source.recording.name, 1000), {}, [])

    monkeypatch.setattr(watching, "aligned_of", aligned)
    for name in ("bad.mp3", "talk.mp3"):
        (tmp_path / name).write_bytes(b"ID3" + bytes(100))
    (tmp_path / "talk.docx").write_bytes(b"PK")
    out = tmp_path / "out"
    out.mkdir()
    options = ["watch", str(tmp_path), "--into", str(out), "--format", "srt", "--format", "txt"]
    ran = CliRunner().invoke(cli, [*options, "--language", "german", "--once"])
    assert ran.exit_code == 1
    assert ran.stdout == f"talk.mp3: {out / 'talk.srt'}\ntalk.mp3: {out / 'talk.txt'}\n"
    assert "bad.mp3" in ran.stderr
    assert "it is damaged." in ran.stderr
    assert (out / "talk.srt").read_text() == "1\n00:00:00,000 --> 00:00:00,900\nhi there\n\n"
    assert (out / "talk.txt").read_text() == "hi there\n"
    assert [(one.text, one.language) for one in seen] == [
        (None, "de"),
        (tmp_path / "talk.docx", "de"),
    ]
    # What is done is not done again.
    (tmp_path / "bad.mp3").unlink()
    ran = CliRunner().invoke(cli, [*options, "--once"])
    assert (ran.exit_code, ran.output, len(seen)) == (0, "", 2)


def test_an_address_that_is_none_of_the_web_is_refused_before_any_work(tmp_path: Path) -> None:
    ran = CliRunner().invoke(cli, ["watch", str(tmp_path), "--once", "--webhook", "file:///etc"])
    assert "begins with https://" in str(ran.exception)


def test_a_file_that_cannot_be_opened_ends_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def aligned(source: Source) -> Aligned:
        if source.recording.name == "held.mp3":
            raise PermissionError(13, "Permission denied", "held.txt")
        return Aligned(TALK, Media(source.recording.name, 1000), {}, [])

    monkeypatch.setattr(watching, "aligned_of", aligned)
    for name in ("held.mp3", "talk.mp3"):
        (tmp_path / name).write_bytes(b"ID3" + bytes(100))
    ran = CliRunner().invoke(cli, ["watch", str(tmp_path), "--once"])
    assert (ran.exit_code, ran.stderr) == (1, "held.mp3: held.txt: Permission denied\n")
    assert (tmp_path / "talk.vtt").exists()


def test_what_cannot_be_written_is_not_recognised_again_and_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, seen = tmp_path / "out", list[str]()
    out.mkdir()
    looks = iter(range(9))

    def aligned(source: Source) -> Aligned:
        seen.append(source.recording.name)
        out.rmdir()
        return Aligned(TALK, Media(source.recording.name, 1000), {}, [])

    def slept(_: float) -> None:
        look = next(looks)
        if look == 3:
            out.mkdir()
        if look == 5:
            raise KeyboardInterrupt

    monkeypatch.setattr(watching, "aligned_of", aligned)
    monkeypatch.setattr("editor.cli.watching.time.sleep", slept)
    (tmp_path / "talk.mp3").write_bytes(b"ID3" + bytes(100))
    ran = CliRunner().invoke(cli, ["watch", str(tmp_path), "--into", str(out), "--format", "srt"])
    assert seen == ["talk.mp3"]
    assert ran.stderr.count("talk.mp3: ") == 1
    assert f"talk.mp3: {out / 'talk.srt'}: No such file or directory" in ran.stderr
    assert ran.stdout.startswith(f"talk.mp3: {out / 'talk.srt'}\n")


def test_a_webhook_that_is_not_taken_is_told_by_the_next_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def aligned(source: Source) -> Aligned:
        return Aligned(TALK, Media(source.recording.name, 1000), {}, [])

    monkeypatch.setattr(watching, "aligned_of", aligned)
    monkeypatch.setattr(watching, "_MOST_TRIED_S", 0)
    (tmp_path / "talk.mp3").write_bytes(b"ID3" + bytes(100))
    # Who may put a recording there may not have anything told and signed.
    planted = json.dumps([{"told": {"recording": "planted"}, "since_ms": 2**60}])
    (tmp_path / ".transcript-editor.untold.json").write_text(planted)
    with server(503, 204) as (url, got):
        options = ["watch", str(tmp_path), "--once", "--webhook", url]
        first, second, third = (CliRunner().invoke(cli, options) for _ in range(3))
    assert [ran.exit_code for ran in (first, second, third)] == [1, 0, 0]
    assert "it answers 503; it is sent again later" in first.stderr
    told = {"event": "written", "recording": "talk.mp3", "files": ["talk.vtt"]}
    assert [json.loads(body) for _, body, _ in got] == [told, told]
