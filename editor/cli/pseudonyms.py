"""The option that names a list of pseudonyms."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.terminal import READABLE
from editor.edits.pseudonyms import Pseudonyms
from editor.formats.encoding import decode

PSEUDONYMS = click.option(
    "--pseudonyms",
    type=READABLE,
    callback=lambda _context, _option, path: path and _pseudonyms_in(path),
    metavar="FILE",
    help="Replace the names in FILE, a line each: Name, Other name = Pseudonym.",
)


def lines_of(path: Path) -> list[str]:
    """The lines of a list of names."""
    return decode(path.read_bytes(), path.name).text.splitlines()


def _pseudonyms_in(path: Path) -> Pseudonyms:
    return Pseudonyms.from_lines(lines_of(path))
