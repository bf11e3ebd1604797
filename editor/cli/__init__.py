"""The command line: joins the rooms; progress on stderr, results on stdout or in files."""

from __future__ import annotations

import sys

import click

from editor.cli import archives, deploying, library, people, recordings, storage, texts
from editor.cli.library import add_sample
from editor.cli.terminal import cli
from editor.cli.wiring import services_for
from editor.errors import EditorError

__all__ = [
    "add_sample",
    "archives",
    "cli",
    "deploying",
    "library",
    "main",
    "people",
    "recordings",
    "services_for",
    "storage",
    "texts",
]


def main() -> None:
    """Run the command line; an error a person can mend is one line and exit code 1."""
    try:
        cli(standalone_mode=True)
    except EditorError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)
