"""Options of commands that put captions into a film; `films` does it."""

from __future__ import annotations

import click

from editor.cli.terminal import SEEKABLE

INTO = click.option(
    "--into",
    "film",
    type=SEEKABLE,
    metavar="FILM",
    help="Put captions (or --format chapters) into a copy of FILM, named by -o: MP4, MOV, MKV or"
    " WebM, for chapters also MP3 or M4A. Nothing is re-encoded.",
)

DRAWN = click.option(
    "--burn-in",
    "is_drawn",
    is_flag=True,
    help="With --into: draw captions into the picture, which is encoded anew; the sound is not.",
)
COLOURS = click.option(
    "--speaker-colours",
    "has_colours",
    is_flag=True,
    help="With --burn-in: a colour for each speaker.",
)
