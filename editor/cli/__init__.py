"""The command line: joins the rooms; progress on stderr, results on stdout or in files."""

from __future__ import annotations

from editor.cli.group import cli
from editor.logs import ending_told

__all__ = ["cli", "main"]


def main() -> None:
    """Run the command line; an error that a person can fix is shown as one line.

    The exit code is then 2, as click's is for a wrong command line. Exit code 1 is for commands
    that ran and found something, such as `lint`.
    """
    with ending_told(2):
        cli(standalone_mode=True)
