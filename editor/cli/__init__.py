"""The command line: joins the rooms; progress on stderr, results on stdout or in files."""

from __future__ import annotations

from editor.cli import archives, library, recordings, retiming, servers, storage, texts, users
from editor.cli.library import add_sample
from editor.cli.terminal import cli
from editor.cli.wiring import services_for
from editor.logs import ending_told

__all__ = [
    "add_sample",
    "archives",
    "cli",
    "library",
    "main",
    "recordings",
    "retiming",
    "servers",
    "services_for",
    "storage",
    "texts",
    "users",
]


def main() -> None:
    """Run the command line; an error a person can mend is one line.

    The exit code is 2 then, as click's is where the command line is wrong; 1 is that of commands
    that did what they were asked to, and found something.
    """
    with ending_told(2):
        cli(standalone_mode=True)
