"""The command line: joins the rooms; progress on stderr, results on stdout or in files."""

from __future__ import annotations

import io
import os
import sys

from editor.cli.group import cli
from editor.logs import ending_told

__all__ = ["cli", "main"]


def main() -> None:
    """Run the command line; an error that a person can fix is shown as one line.

    The exit code is then 2, as click's is for a wrong command line. Exit code 1 is for commands
    that ran and found something, such as `lint`.
    """
    _take_all_letters()
    with ending_told(2):
        cli(standalone_mode=True)


def _take_all_letters() -> None:
    """Let names and texts be written in any encoding.

    Windows gives files and pipes one of its code pages, and a file's name may hold bytes that are
    no letters. Where these are within JSON, they stand as its own escapes.
    """
    stdout = sys.stdout
    if isinstance(stdout, io.TextIOWrapper):
        is_file_of_windows = os.name == "nt" and not stdout.isatty()
        encoding = "utf-8" if is_file_of_windows else stdout.encoding
        errors = "backslashreplace" if stdout.errors == "strict" else stdout.errors
        stdout.reconfigure(encoding=encoding, errors=errors)
