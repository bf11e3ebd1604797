from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from editor.captions import PRESETS, Rules, preset_named, rules_from_dict
from editor.cli import cli
from editor.errors import InvalidValue
from editor.store import open_store

MINE = Rules("Mine", line_chars=30, lines=1, chars_per_second=17, min_ms=1000, max_ms=5000)
SRT = b"1\n00:00:01,000 --> 00:00:04,000\nThis line has far too many characters.\n"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


@pytest.mark.parametrize("rules", [MINE, *PRESETS.values()], ids=lambda rules: rules.name)
def test_rules_are_data(rules: Rules) -> None:
    assert rules_from_dict(json.loads(json.dumps(asdict(rules)))) == rules


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], "preset: an object with a name, line_chars and so on"),
        ({"name": "x"}, "line_chars: missing"),
        ({"name": "x", "line_chars": 42, "cps": 20}, "cps: unknown rule; the rules are name, line"),
        ({"name": "x", "line_chars": "42"}, "line_chars: a whole number, not '42'"),
        ({"name": "x", "line_chars": True}, "line_chars: a whole number, not True"),
        ({"name": "x", "line_chars": None}, "line_chars: a whole number, not None"),
        ({"name": "x", "line_chars": 7}, "line_chars: a number from 8 to 100"),
        ({"name": "x", "line_chars": 42, "lines": 0}, "lines: a number from 1 to 4"),
        (
            {"name": "x", "line_chars": 42, "chars_per_second": float("nan")},
            "chars_per_second: a number from 1 to 100",
        ),
        ({"name": "x", "line_chars": 42, "max_ms": 800, "min_ms": 900}, "max_ms: not shorter than"),
        ({"name": "x", "line_chars": 42, "turn_mark": "* "}, "turn_mark: '- ' or '>> '"),
        ({"name": "", "line_chars": 42}, "name: 1 to 60 printable characters"),
        ({"name": "a\nb", "line_chars": 42}, "name: 1 to 60 printable characters"),
    ],
)
def test_rules_that_make_no_sense_are_told(values: Any, reason: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        rules_from_dict(values)
    assert str(caught.value).startswith(reason)


def test_own_presets_are_found_by_name_but_ours_stay() -> None:
    assert preset_named("Mine", [MINE]) == MINE
    assert preset_named("bbc", [MINE]) == PRESETS["bbc"]
    with pytest.raises(InvalidValue, match="unknown preset 'x'; choose one of Mine, lines"):
        preset_named("x", [MINE])


def test_preset_may_be_a_file_named_after_itself(tmp_path: Path) -> None:
    (tmp_path / "a.srt").write_bytes(SRT)
    preset = tmp_path / "short.json"
    preset.write_text('{"line_chars": 20}', "utf-8")
    result = run("convert", tmp_path / "a.srt", "--format", "srt", "--preset", preset)
    assert "This line has far\ntoo many characters.\n" in result.stdout
    result = run("lint", tmp_path / "a.srt", "--preset", preset)
    assert "line_chars: 38 characters, 20 allowed" in result.stdout


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        (b"{", "line 1, column 2: invalid JSON: Expecting property name"),
        (
            b'{\n "line_chars": 30\n "lines": 2\n}',
            "line 3, column 2: invalid JSON: Expecting ','",
        ),
        (b"[" * 200_000, "invalid preset: nested too deeply"),
        (b"\xff", "codec can't decode"),
        (b"3", "an object with a name"),
        (b'{"lines": 2}', "line_chars: missing"),
        (b'{\n "name": "x",\n "line_chars": 2\n}', "line_chars: line 3: a number from 8 to 100"),
        (
            b'{\n "line_chars": 30,\n "maxms": 2\n}',
            "maxms: line 3: unknown rule; the rules are name",
        ),
        (b'{\n "line_chars": "30"\n}', "line_chars: line 2: a whole number, not '30'"),
    ],
)
def test_file_that_holds_no_rules_is_told(
    tmp_path: Path, content: bytes | None, reason: str
) -> None:
    (tmp_path / "a.srt").write_bytes(SRT)
    if content is not None:
        (tmp_path / "p.json").write_bytes(content)
    result = run("lint", tmp_path / "a.srt", "--preset", tmp_path / "p.json")
    assert isinstance(result.exception, InvalidValue)
    assert reason in str(result.exception)


def test_preset_may_be_one_of_the_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(tmp_path))
    (tmp_path / "a.srt").write_bytes(SRT)
    assert run("lint", tmp_path / "a.srt").exit_code == 0
    assert not (tmp_path / "transcripts.db").exists()
    store = open_store(f"sqlite:///{tmp_path / 'transcripts.db'}")
    store.save_preset(MINE)
    store.close()
    result = run("lint", tmp_path / "a.srt", "--preset", "Mine")
    assert "line_chars: 38 characters, 30 allowed" in result.stdout
    result = run("lint", tmp_path / "a.srt", "--preset", "Yours")
    assert "unknown preset 'Yours'; choose one of Mine, lines" in str(result.exception)
