from __future__ import annotations

from pathlib import Path

import pytest

import editor
from editor import Choices, read_file, write_file
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
