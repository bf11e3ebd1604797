"""The command line as a person meets it: what is wrong is told in a sentence, all of it or nothing
is written, and progress suits where it goes."""

from __future__ import annotations

import errno
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import click
import pytest

from editor import cli as command_line
from editor.cli.group import cli
from editor.cli.languages import Language
from editor.cli.terminal import Model, Output, write
from editor.errors import InvalidValue
from editor.library import offline
from editor.store import open_store
from tests.support.media_files import tone, write_tracks

CUE = "1\n00:00:01,000 --> 00:00:02,000\nhi there\n\n"
PREFIX = "TRANSCRIPT_EDITOR_"
#: What no setting can be.
WRONG_SETTINGS = [
    ("DATA", "{file}"),
    ("MODELS", "{file}"),
    ("HOST", "a..b"),
    ("PORT", "99999"),
    ("PORT", "9" * 5000),
    ("PORT", "²"),
    ("MODEL", "hugest"),
    ("DEVICE", "gpu"),
    ("LOG", "xml"),
    ("LOGIN", "perhaps"),
    ("LISTEN_AGAIN", "perhaps"),
    ("THREADS", "-1"),
    ("PROCESSES", "0"),
    ("URL", "http://[bad"),
    ("URL", "http://h:99999"),
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", "postgresql://h:port/x"),
    ("DATABASE_URL", "sqlite://"),
    ("DATABASE_URL", "sqlite://host/x"),
    ("QUEUE_URL", "http://h"),
    ("FILES_URL", "ftp://h"),
    ("FILES_URL", "s3://"),
]
#: Names of wrong things, where a person gives a text.
WRONG_TEXTS = {"rules": "nope", "encoding": "cp9999", "host": "a..b", "names": "hugest"}


@dataclass
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ended]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The program itself, in a data folder of its own."""
    monkeypatch.setenv(f"{PREFIX}DATA", str(tmp_path / "data"))
    # Where no folder lies two floors up whose name a wrong value could be.
    monkeypatch.chdir(tmp_path)

    def ended(*words: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["transcript-editor", *map(str, words)])
        with pytest.raises(SystemExit) as caught:
            command_line.main()
        told = capsys.readouterr()
        return Ended(int(caught.value.code or 0), told.out, told.err)

    return ended


def commands(group: click.Group = cli, path: tuple[str, ...] = ()) -> Iterator[Command]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        elif command is not None:
            yield (*path, name), command


Command = tuple[tuple[str, ...], click.Command]
COMMANDS = dict(commands())


def wrong_values(parameter: click.Parameter, folder: Path) -> list[str]:
    """Values that no command can take there; none where any text is as good."""
    kind, name = parameter.type, str(parameter.name)
    if isinstance(kind, Output):
        return [str(folder / "none" / "x")] if not kind.dir_okay else [str(folder / "a.srt" / "x")]
    if isinstance(kind, click.Path):
        other = folder if kind.file_okay else folder / "a.srt"
        return [str(folder / "none.srt"), str(other), "", "n" * 5000]
    if isinstance(kind, (click.IntRange, click.FloatRange)):
        beyond = [] if kind.max is None else [str(kind.max + 1), "9" * 5000]
        return ["x", "1e999x", *([] if kind.min is None else [str(kind.min - 1)]), *beyond]
    if isinstance(kind, (click.Choice, Language, Model)):
        return ["nope", "../../etc"]
    return [WRONG_TEXTS[name]] if name in WRONG_TEXTS else []


def good_arguments(command: click.Command, folder: Path) -> dict[str, str]:
    """Something for each argument that a command must have."""
    return {
        str(one.name): one.type.choices[0]
        if isinstance(one.type, click.Choice)
        else "0:01"
        if one.type.name == "TIME"
        else f"sqlite:///{folder / 'a.srt'}"
        if one.name == "database_url"
        else str(folder)
        if isinstance(one.type, click.Path) and not one.type.file_okay
        else str(folder / "a.srt")
        for one in command.params
        if one.required and not isinstance(one.type, Output)
    }


def words_for(command: click.Command, folder: Path, parameter: str, value: str) -> list[str]:
    given, words = good_arguments(command, folder), []
    for one in command.params:
        text = value if one.name == parameter else given.get(str(one.name))
        if one.name == "output" and one.required and text is None:
            text = str(folder / "out")
        if text is None:
            continue
        words += [text] if isinstance(one, click.Argument) else [f"{one.opts[-1]}={text}"]
    # What is watched has no end.
    return words + ["--once"] * any(one.name == "once" for one in command.params)


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_wrong_value_is_told_in_a_sentence(
    path: tuple[str, ...], tmp_path: Path, run: Run
) -> None:
    (tmp_path / "a.srt").write_text(CUE)
    command = COMMANDS[path]
    for one in command.params:
        for value in wrong_values(one, tmp_path):
            ended = run(*path, *words_for(command, tmp_path, str(one.name), value))
            assert_told(ended, f"{one.name} {value[:40]}")


@pytest.mark.parametrize(("name", "value"), WRONG_SETTINGS)
def test_a_wrong_setting_is_told_by_every_command(
    name: str, value: str, tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.srt").write_text(CUE)
    monkeypatch.setenv(PREFIX + name, value.format(file=tmp_path / "a.srt"))
    for path, command in COMMANDS.items():
        ended = run(*path, *words_for(command, tmp_path, "", ""))
        assert_told(ended, " ".join(path))
        assert PREFIX + name in ended.err
        assert run(*path, "--help").code == 0


@pytest.fixture(scope="module")
def refusing(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Data folders that cannot be used, by what is wrong with them."""
    folder = tmp_path_factory.mktemp("refusing")
    (folder / "taken").write_text("x")
    full, forbidden = folder / "full", folder / "forbidden"
    open_store(f"sqlite:///{full / 'transcripts.db'}").close()
    forbidden.mkdir(0o555)
    for parent in (folder, *list(folder.parents)[:-2]):
        parent.chmod(0o755)
    return {
        "below a file": folder / "taken" / "data",
        "of too long a name": folder / ("n" * 300),
        "of the system": Path("/proc/none"),
        "on a full disk": full,
        "of another": forbidden,
    }


@contextmanager
def harm(way: str) -> Iterator[None]:
    """Let the system refuse to write."""
    import resource

    if way == "on a full disk":
        usual = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, usual[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, usual)
    elif way == "of another" and os.geteuid() == 0:
        os.seteuid(65_534)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        yield


@pytest.mark.skipif(sys.platform != "linux", reason="rights and limits are others there")
@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_a_data_folder_that_refuses_is_told_in_a_sentence(
    path: tuple[str, ...],
    refusing: dict[str, Path],
    tmp_path: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (tmp_path / "a.srt").write_text(CUE)
    words = words_for(COMMANDS[path], tmp_path, "", "")
    for way, folder in refusing.items():
        monkeypatch.setenv(f"{PREFIX}DATA", str(folder))
        with harm(way):
            # One that is watched has no end.
            others = {"export": ["an-id"], "watch": [str(tmp_path), "--once"]}
            ended = run(*path, *others.get(path[0], words))
        if ended.code:
            assert_told(ended, way)
        else:
            assert path[0] in ("models", "example", "convert", "lint", "replace", "watch")


def assert_told(ended: Ended, what: str) -> None:
    errors = re.findall(r"^Error: .+", ended.err, re.MULTILINE)
    assert len(errors) == 1, (what, ended)
    assert ended.code == 2, (what, ended)
    assert ended.out == "", (what, ended)
    assert len(errors[0]) < 6000


def test_the_help_lists_each_command_once_in_a_line(run: Run) -> None:
    shown = run("--help").out
    for name, command in cli.commands.items():
        summary = command.get_short_help_str(999)
        assert len(summary) < 66, name
        assert len(re.findall(rf"^  {name} +{re.escape(summary)}$", shown, re.MULTILINE)) == 1
    for path, command in commands():
        assert all(one.help for one in command.params if isinstance(one, click.Option)), (
            f"{path}: an option without a help text"
        )


def test_the_documents_name_commands_and_options_as_they_are() -> None:
    root, named = Path(__file__).parents[2], set[str]()
    for page in ("README.md", "docs/command-line.md"):
        rows = re.findall(r"^\| (?!to |\[).*\|$", (root / page).read_text("utf-8"), re.MULTILINE)
        for line in re.findall(r"`([a-z][^`]*)`", "".join(rows)):
            name = line.split()[0]
            leaves = [command for path, command in COMMANDS.items() if path[0] == name]
            options = {option for one in leaves for known in one.params for option in known.opts}
            assert leaves, f"{page}: {line}"
            assert set(re.findall(r"(?<=[ \[])--?[a-z-]+", line)) <= options, f"{page}: {line}"
            named.add(name)
    # These are for servers, and stand in server.md.
    assert {path[0] for path in COMMANDS} - named == {"example", "move", "worker"}


def test_former_names_of_options_are_taken_and_not_shown(tmp_path: Path, run: Run) -> None:
    text = tmp_path / "a.txt"
    text.write_text("An old hat.\n")
    assert run("replace", text, "OLD", "new", "--any-case").out == "An new hat.\n"
    shown = run("replace", "--help").out
    assert "--ignore-case" in shown
    assert "--any-case" not in shown


def test_what_is_right_is_taken(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"LOGIN": "on", "DEVICE": "CPU", "LOG": "json", "HOST": "::1", "PORT": "0"}
    for name, value in settings.items():
        monkeypatch.setenv(PREFIX + name, value)
    assert run("example", "systemd").code == 0


def test_a_result_is_written_whole_or_not_at_all(tmp_path: Path, run: Run) -> None:
    text, out = tmp_path / "a.srt", tmp_path / "out.vtt"
    text.write_text(CUE)
    out.write_text("mine")
    out.chmod(0o640)
    (tmp_path / "link.vtt").symlink_to(out)
    (tmp_path / "folder").mkdir(0o555)
    harm = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from editor.cli.terminal import write\n"
        "def parts():\n"
        "    yield b'half'\n"
        "    os._exit(9)\n"
        "write(parts(), Path(sys.argv[1]))\n"
    )
    subprocess.run([sys.executable, "-c", harm, str(out)], check=False)
    assert out.read_text() == "mine"

    def parts() -> Iterator[bytes]:
        yield b"half"
        raise OSError(28, "No space left on device")

    with pytest.raises(InvalidValue, match="No space left"):
        write(parts(), out)
    assert out.read_text() == "mine"
    left = [path.name for path in tmp_path.iterdir() if path.name.startswith(".")]
    assert left == []
    assert run("convert", text, "-o", tmp_path / "link.vtt").code == 0
    assert out.read_text().startswith("WEBVTT")
    assert (tmp_path / "link.vtt").is_symlink()
    assert out.stat().st_mode & 0o777 == 0o640
    assert run("convert", text, "-o", "/dev/null").code == 0
    assert Path("/dev/null").is_char_device()


def test_what_a_killed_command_left_goes_with_the_next(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.srt").write_text(CUE)
    begun = (
        "import os, sys\n"
        "from pathlib import Path\n"
        "from editor.atomic import folder_for_work, written_whole\n"
        "folder = folder_for_work(Path(sys.argv[1]))\n"
        "(Path(folder.name) / 'half').write_text('x')\n"
        "with written_whole(Path(sys.argv[1], 'b')) as file:\n"
        "    file.write(b'x')\n"
        "    os._exit(9)\n"
    )
    subprocess.run([sys.executable, "-c", begun, str(tmp_path)], check=False)
    others = tmp_path / f".transcript-editor.00000000.{2**22}.abcd"
    others.write_text("of another machine")
    assert len([path for path in tmp_path.iterdir() if path.name.startswith(".")]) == 3
    assert run("convert", tmp_path / "a.srt", "-o", tmp_path / "a.vtt").code == 0
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        others.name, "a.srt", "a.vtt"
    ]  # fmt: skip


def test_progress_off_a_terminal_is_plain_lines(capsys: pytest.CaptureFixture[str]) -> None:
    from editor.cli.terminal import Bar

    bar = Bar()
    for step in range(101):
        bar.report(step / 100, "hear")
    bar.report(1.0, "done")
    bar.close()
    told = capsys.readouterr().err
    assert "\r" not in told
    assert told.splitlines()[:2] == [f"{'Transcribing':17}   0%", f"{'Transcribing':17}  10%"]
    assert len(told.splitlines()) == 12


def test_sound_tracks_are_told_and_chosen(
    tmp_path: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent, spoken = tone(48_000, 2), tone(48_000, 2, (0, 2))
    path = write_tracks(tmp_path / "two.mkv", silent, spoken, names=("Anna", ""))
    (tmp_path / "a.txt").write_text("hi there")

    def stopped(*_: object) -> None:
        raise InvalidValue("model", "is not loaded here")

    monkeypatch.setattr(offline, "load_recogniser", stopped)
    assert run("open", path, "--track", 3).err.endswith("there is no track 3\n")
    for command in (("transcribe", path), ("align", path, tmp_path / "a.txt")):
        told = run(*command).err
        assert (
            "two.mkv has 2 audio tracks: 1 (Anna, ger), 2 (ger). Track 1 is used. --track N "
            in told
        )
        assert "In two.mkv, track 1 is silent; track 2 is used." in told
        chosen = run(*command, "--track", 1).err
        assert "Track 1 is used.\n" in chosen
        assert "silent" not in chosen
        wrong = run(*command, "--track", 3)
        assert wrong.code == 2
        assert wrong.err == "Error: track: two.mkv has 2 audio tracks; there is no track 3\n"


class Narrow(io.RawIOBase):
    """Takes three bytes at once, until `left` of them have come."""

    def __init__(self, left: int) -> None:
        self.taken, self.left = b"", left

    def write(self, data: Any, /) -> int:
        part = bytes(data[: min(3, self.left)])
        if not part:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        self.taken, self.left = self.taken + part, self.left - len(part)
        return len(part)


def test_standard_output_gets_all_or_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    # As Python's own is where PYTHONUNBUFFERED is set, and its disk is full.
    narrow = Narrow(10)
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=narrow))
    write(b"12345678", None)
    assert narrow.taken == b"12345678"
    with pytest.raises(InvalidValue, match="standard output: No space"):
        write(b"12345678", None)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such devices")
@pytest.mark.parametrize("command", ["convert", "unpack"])
def test_a_device_that_never_ends_is_not_read(run: Run, command: str) -> None:
    refused = run(command, "/dev/zero")
    assert (refused.code, "/dev/zero is a device" in refused.err) == (2, True)


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such pipes")
@pytest.mark.parametrize("command", [("unpack",), ("restore",), ("align", __file__)])
def test_what_is_read_from_several_places_is_refused_as_a_pipe(
    run: Run, command: tuple[str, ...], tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    refused = run(command[0], pipe, *command[1:])
    assert (refused.code, f"{pipe} is a pipe; save" in refused.err) == (2, True)


def test_an_ending_that_no_format_has_is_refused_before_the_work(tmp_path: Path, run: Run) -> None:
    captions = tmp_path / "a.srt"
    captions.write_text("1\n00:00:01,000 --> 00:00:02,000\nHello\n", "utf-8")
    wrong = ["convert", str(captions), "-o", str(tmp_path / "a.webvt")]
    ended = run(*wrong)
    assert ended.code != 0
    assert "a.webvt: no format has the ending .webvt; name the format with" in ended.err
    assert not (tmp_path / "a.webvt").exists()
    assert run(*wrong, "--format", "vtt").code == 0
    assert (tmp_path / "a.webvt").read_text("utf-8").startswith("WEBVTT")
