from __future__ import annotations

from inspect import Signature, signature
from pathlib import Path

import pytest

import editor
from editor import Choices, api, read_file, write_file
from editor.errors import EditorError


def test_a_program_reads_and_writes_transcripts(tmp_path: Path) -> None:
    (tmp_path / "a.vtt").write_text(
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi 你 there\n\nlost\n", "utf-8"
    )
    timed = read_file(tmp_path / "a.vtt")
    assert [(s.speaker, s.text, s.start_ms) for s in timed.transcript.segments] == [
        ("Ann", "Hi 你 there", 1000)
    ]
    assert timed.remarks == ("line 6: it belongs to no caption: lost",)
    assert write_file(timed, tmp_path / "a.csv", choices=Choices(columns=("speaker", "text"))) == ()
    assert (tmp_path / "a.csv").read_text("utf-8") == "speaker,text\nAnn,Hi 你 there\n"
    assert write_file(timed, tmp_path / "a", "stl", title="Talk") == (
        "STL has no code for 1 character; a plain letter or ? stands in its place",
    )
    with pytest.raises(EditorError, match="no chapter is marked"):
        write_file(timed, tmp_path / "a.chapters.json")
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        editor.nothing  # noqa: B018


def test_what_programs_use_is_documented() -> None:
    page = (Path(__file__).parents[1] / "docs/python.md").read_text("utf-8")
    assert [name for name in editor.__all__ if f"`{name}" not in page] == []


def test_the_documented_examples_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (Path(__file__).parents[1] / "docs/python.md").read_text("utf-8")
    lines = [line[4:] for line in page.splitlines() if line.startswith("    ") or not line]
    monkeypatch.chdir(tmp_path)
    Path("talk.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nAnn: hi there\n\n", "utf-8")
    # Recognition is tested elsewhere; here it is that its arguments are as documented.
    for name, heard in (("align_text", api.align_text), ("transcribe", api.transcribe)):
        asked = signature(heard)

        def stand_in(*given: object, asked: Signature = asked, **named: object) -> object:
            asked.bind(*given, **named)
            return read_file("talk.srt")

        monkeypatch.setattr(editor, name, stand_in)
    exec("\n".join(lines), {})
    assert {path.name for path in tmp_path.iterdir()} == {
        "talk.srt",
        "talk.vtt",
        "talk.html",
        "talk.stl",
    }
