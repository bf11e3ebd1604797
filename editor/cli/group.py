"""The commands by name. The module of one is imported when it is asked for.

So `--help` and each command start without the libraries that only other commands need.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from editor import weights
from editor.config import PREFIX, Settings
from editor.errors import InvalidValue

if TYPE_CHECKING:
    from editor.store import Store

#: The table of contents of `--help`: each command's module in `editor.cli`, and its summary, by
#: section.
SECTIONS = {
    "Recordings": {
        "transcribe": ("recordings", "Transcribe RECORDING."),
        "align": ("recordings", "Align TEXT with RECORDING: give every word its time."),
        "review": ("reviewing", "List likely errors in TEXT, most likely first."),
        "speakers": ("speakers", "List who speaks when in RECORDING."),
        "clip": ("clipping", "Write a part of RECORDING to a sound file."),
        "watch": ("watching", "Transcribe or align each recording that comes into FOLDER."),
        "retime": ("retiming", "Synchronise CAPTIONS (SRT, WebVTT, ASS, TTML) with RECORDING."),
    },
    "Texts and captions": {
        "convert": ("texts", "Convert TEXT, a file with times, to another format."),
        "lint": ("texts", "Check the captions in TEXT against the rules of a preset."),
        "shots": ("shots", "List when the shots of FILM begin."),
        "replace": ("texts", "Replace OLD with NEW in TEXT."),
    },
    "Library and editor": {
        "open": ("serving", "Add RECORDING and TEXT to the library; start the editor."),
        "serve": ("serving", "Start the editor and print its address."),
        "list": ("listing", "List the transcripts of the library."),
        "cut": ("cutting", "Write the sound of a transcript without struck-out words."),
        "fillers": ("fillers", "List the filler words of a transcript, or strike them out."),
        "export": ("exporting", "Export a transcript of the library."),
        "links": ("links", "Share transcripts by link with people without an account."),
        "pack": ("archives", "Write one transcript with its recording to a file."),
        "unpack": ("archives", "Add a file written by `pack` to the library."),
    },
    "Maintenance": {
        "models": ("worker", "List models and which are installed, or install one."),
        "voices": ("voices", "Manage the voices that are known again."),
        "storage": ("storage", "Show disk usage and what can be removed."),
        "backup": ("archives", "Write the whole library to one file."),
        "restore": ("archives", "Restore a backup into an empty library."),
    },
    "Servers": {
        "user": ("users", "Manage accounts."),
        "token": ("users", "Manage access tokens for scripts."),
        "worker": ("worker", "Run jobs such as recognition."),
        "move": ("servers", "Copy the library to another database."),
        "example": ("servers", "Print example files for Docker, Docker Compose or systemd."),
    },
}
_LISTED = {name: listed for names in SECTIONS.values() for name, listed in names.items()}


class _Command(click.Command):
    """A command that checks all settings first, also those it does not need."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run it."""
        settings_now()
        return super().invoke(ctx)


class _Group(click.Group):
    command_class = _Command


class _NotImported(click.Command):
    """Stands for a command until its module has been imported."""


class _Contents(_Group):
    """All commands, most of them known by their summaries alone."""

    group_class = _Group

    def __init__(self, **attributes: Any) -> None:
        listed: dict[str, click.Command] = {
            name: _NotImported(name, short_help=says) for name, (_, says) in _LISTED.items()
        }
        super().__init__(commands=listed, **attributes)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command itself, which its module puts here."""
        if isinstance(self.commands.get(cmd_name), _NotImported):
            # Of what is imported nothing is garbage; to look for it takes a quarter of a start.
            gc.disable()
            import_module(f"editor.cli.{_LISTED[cmd_name][0]}")
            gc.freeze()
            gc.enable()
            # A long file makes a million objects that all live.
            gc.set_threshold(70_000, 20, 20)
        return super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by section."""
        width = max(map(len, _LISTED))
        for section, names in SECTIONS.items():
            with formatter.section(section):
                formatter.write_dl([(f"{name:{width}}", says) for name, (_, says) in names.items()])


@click.group(cls=_Contents)
@click.version_option(package_name="transcript-editor")
def cli() -> None:
    """Align a transcript with its recording, correct it in the browser, export captions.

    Commands on recordings, texts and captions need no server. For the options of a command:
    transcript-editor COMMAND --help
    """


@contextmanager
def opened_library() -> Iterator[Store]:
    """The library that the settings name, closed at the end."""
    # Commands on files start without it.
    from editor.store import open_store

    with closing(open_store(settings_now().database_url)) as store:
        yield store


def settings_now(**given: object) -> Settings:
    """The settings of this process's environment, with what was `given` on the command line.

    Raises:
        InvalidValue: one of them is invalid.
    """
    extra = {PREFIX + name: str(value) for name, value in given.items() if value is not None}
    settings = Settings.from_env({**os.environ, **extra})
    if settings.model not in weights.MODELS and not Path(settings.model).is_dir():
        known = ", ".join(weights.MODELS)
        reason = f"{settings.model} is neither a folder nor one of {known}"
        raise InvalidValue(f"{PREFIX}MODEL", reason)
    if settings.results_dir or settings.webhook_url:
        # Most commands start without it.
        from editor.library.jobs_deliver import check_settings

        check_settings(settings)
    return settings
