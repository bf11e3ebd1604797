"""What commands report as JSON: each that reports has `--json`, and keys that stay."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Iterator
from contextlib import closing
from dataclasses import fields
from pathlib import Path

import click
import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner

from editor.cli import cli, main
from editor.cli.facts import tell_facts
from editor.config import Settings
from editor.document import Segment, Word
from editor.review import Doubt
from editor.store import open_store
from tests.support.media_files import tone, write_sound
from tests.support.segments import put_segments

#: Commands that give one thing and nothing to tell, do not end, or tell of progress alone.
WITHOUT = """
    align convert example export "links add" "links delete" open pack serve shots
    "token add"
    "token remove" transcribe "user add" "user password" "user remove" "voices add"
    "voices delete" "voices off" "voices on" watch worker
"""
#: Commands with what they are given, and the keys of what they report.
ROWS = [
    ("list", "created_ms duration_ms id is_recognised language recording title updated_ms"),
    (
        "fillers ID",
        "after before end_ms first_word is_sure last_word revision segment_id start_ms text"
        " written",
    ),
    ("user list", "created_ms name role"),
    ("token list", "created_ms id name user"),
    ("voices list", "is_wanted voices"),
    (
        "storage",
        "database_bytes removable total_bytes transcripts uploads_bytes",
    ),
    ("models", "available download_bytes english_only name"),
    ("lint talk.srt", "cue end_ms fix message rule severity start_ms text"),
    ("replace talk.srt hi ho --dry-run", "lines replacements"),
    ("clip a.wav --from 0 --to 0.5 -o b.wav", "end_ms file start_ms"),
    ("cut ID -o c.wav", "file length_ms places pseudonyms removed_ms"),
    (
        "links list",
        "author created_ms ends_ms has_pseudonyms has_sound id opened_count opened_ms title"
        " transcript_id",
    ),
    ("unpack one.zip", "id"),
    ("move sqlite:///moved.db", "files rows"),
    ("backup -o all.zip", "file media_files size_bytes"),
    ("restore all.zip", "folder media_files transcripts"),
]


def commands() -> Iterator[tuple[str, click.Command]]:
    """All commands by name, also those within others."""
    context = click.Context(cli)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        if isinstance(command, click.Group):
            yield from ((f"{name} {inner}", one) for inner, one in command.commands.items())
        elif command is not None:
            yield name, command


def test_each_command_that_reports_writes_json() -> None:
    without = {
        name
        for name, command in commands()
        if "--json" not in {option for one in command.params for option in one.opts}
    }
    assert without == set(shlex.split(WITHOUT))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with a transcript of which a word is struck out, an account and a token."""
    folder = tmp_path_factory.mktemp("facts")
    (folder / "talk.srt").write_text("1\n00:00:01,000 --> 00:00:01,100\nhi there\n\n", "utf-8")
    write_sound(folder / "a.wav", tone(16_000, 2, (0, 2)), 16_000)
    settings = Settings.from_env({"TRANSCRIPT_EDITOR_DATA": str(folder / "data")})
    (folder / "data").mkdir()
    with closing(open_store(settings.database_url)) as store:
        row = store.create_transcript(title="A", media_name="a.wav", model="base", language="en")
        words = (Word("um", 0, 500), Word("hi", 500, 900, struck=True))
        put_segments(store, row.id, [Segment("s", "um hi", words)])
        place = folder / "data" / "media" / row.id
        place.mkdir(parents=True)
        (place / "original.wav").write_bytes((folder / "a.wav").read_bytes())
        store.update_transcript(row.id, media_path=f"media/{row.id}/original.wav", duration_ms=2000)
        (folder / "id").write_text(row.id)
        store.add_user("ann", "ann", "editor", "x")
        store.add_token("x", "t1", "script", "ann")
    for made in (["links", "add", row.id], ["pack", row.id, "-o", str(folder / "one.zip")]):
        env = {"TRANSCRIPT_EDITOR_DATA": str(folder / "data")}
        assert CliRunner().invoke(cli, made, env=env).exit_code == 0
    return folder


@pytest.mark.parametrize(("given", "keys"), ROWS)
def test_what_a_command_reports_has_these_keys(
    folder: Path, monkeypatch: pytest.MonkeyPatch, given: str, keys: str
) -> None:
    monkeypatch.chdir(folder)
    data = "new" if given.startswith("restore") else "data"
    monkeypatch.setenv("TRANSCRIPT_EDITOR_DATA", str(folder / data))
    arguments = given.replace("ID", (folder / "id").read_text()).split()
    result = CliRunner().invoke(cli, [*arguments, "--json"])
    assert result.exit_code in (0, 1), result.output
    found = json.loads(result.stdout)
    first = found[0] if isinstance(found, list) else found
    assert sorted(first) == keys.split()


def test_the_keys_that_scripts_may_use_are_those_that_are_documented() -> None:
    page = (Path(__file__).parents[2] / "docs" / "command-line.md").read_text("utf-8")
    listed = page.partition("## Scripts")[2].partition("\nTo ")[0]
    doubts = ("review", " ".join(field.name for field in fields(Doubt)))
    for given, keys in (*ROWS, doubts):
        command = next(name for name, _ in commands() if f"{given} ".startswith(f"{name} "))
        [line] = [one for one in listed.split("\n- ") if f"`{command}`" in one.partition(":")[0]]
        told = re.findall(r"`(\w+)`", line.partition(":")[2])
        assert set(keys.split()) <= set(told), command


def test_json_keeps_standard_output_for_itself(folder: Path) -> None:
    result = CliRunner().invoke(cli, ["replace", str(folder / "talk.srt"), "a", "b", "--json"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--json needs -o FILE for the result." in result.stderr


def test_a_shell_completes_formats_presets_and_commands() -> None:
    for typed, offered in (
        (["export", "--format"], "edl-cut"),
        (["lint", "--preset"], "bbc"),
        (["voices"], "delete"),
    ):
        completed = BashComplete(cli, {}, "transcript-editor", "_TRANSCRIPT_EDITOR_COMPLETE")
        assert offered in [one.value for one in completed.get_completions(typed, offered[:2])]


def test_names_in_any_letters_are_written_whatever_the_code_page(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = io.BytesIO()
    monkeypatch.setattr("sys.stdout", io.TextIOWrapper(written, "cp1252", newline="\n"))
    monkeypatch.setattr("sys.argv", ["transcript-editor", "--version"])
    with pytest.raises(SystemExit):
        main()
    tell_facts({"file": "日\udcff"}, (), as_json=True)
    last = written.getvalue().splitlines()[-1]
    assert json.loads(last) == {"file": "日\udcff"}
