"""The command line: joins the rooms; progress on stderr, results on stdout or in files."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from editor.cli import archives, deploying, library, people, recordings, retiming, storage, texts
from editor.cli.library import add_sample
from editor.cli.terminal import cli
from editor.cli.wiring import services_for
from editor.errors import EditorError, InvalidValue, NotFound, folder_unusable

__all__ = [
    "add_sample",
    "archives",
    "cli",
    "deploying",
    "library",
    "main",
    "people",
    "recordings",
    "retiming",
    "services_for",
    "storage",
    "texts",
]


def main() -> None:
    """Run the command line; an error a person can mend is one line.

    The exit code is 2 where what was asked for cannot be, and 1 where a file or the disk refuses.
    """
    try:
        cli(standalone_mode=True)
    except (InvalidValue, NotFound) as error:
        _end(error, 2)
    except EditorError as error:
        _end(error, 1)
    except OSError as error:
        _end(folder_unusable(error, error.filename or "the system"), 1)


def _end(error: EditorError, code: int) -> NoReturn:
    click.echo(f"Error: {error}", err=True)
    sys.exit(code)
