from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from editor.cli import cli
from editor.errors import ExportRefused
from editor.export import convert
from editor.formats import read

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi there\n\nlost\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def test_file_is_converted_without_its_recording(tmp_path: Path) -> None:
    (tmp_path / "in.vtt").write_bytes(VTT)
    result = run("convert", tmp_path / "in.vtt", "-o", tmp_path / "out.srt")
    assert result.exit_code == 0
    assert "line 6: it belongs to no caption: lost" in result.stderr
    assert (tmp_path / "out.srt").read_text("utf-8") == (
        "1\n00:00:01,000 --> 00:00:02,000\n>> Ann: Hi there\n\n"
    )


def test_words_of_a_converted_file_have_times_within_their_caption() -> None:
    document = json.loads(convert(VTT, "in.vtt", format_name="json", preset="lines").data)
    assert document["media"] == {"name": "in.vtt", "duration_ms": 2000, "has_video": False}
    assert [segment["text"] for segment in document["segments"]] == ["Hi there"]
    words = document["segments"][0]["words"]
    assert (words[0]["start_ms"], words[1]["end_ms"]) == (1000, 2000)


def test_file_that_holds_no_caption_becomes_an_empty_one() -> None:
    converted = convert(b"WEBVTT", "in.vtt", format_name="json", preset="lines")
    assert json.loads(converted.data)["segments"] == []
    assert read(converted.data, "out.json").drafts == ()


def test_file_without_times_is_not_given_any() -> None:
    with pytest.raises(ExportRefused, match=r"a\.txt has no times; align it with its recording"):
        convert(b"Hi", "a.txt", format_name="srt", preset="lines")
    assert (
        convert(b"Hi\r\nthere", "a.txt", format_name="txt", preset="lines").data == b"Hi\nthere\n"
    )


def test_wrong_file_or_place_is_one_sentence(tmp_path: Path) -> None:
    result = run("convert", tmp_path / "none.srt")
    assert (result.exit_code, "does not exist" in result.stderr) == (2, True)
    (tmp_path / "in.vtt").write_bytes(VTT)
    result = run("convert", tmp_path / "in.vtt", "-o", tmp_path / "no" / "out.srt")
    assert str(result.exception).endswith("out.srt: No such file or directory")
