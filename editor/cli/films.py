"""Captions or chapters on their way into a copy of a film, with progress.

A module of its own: the commands are imported without what films need.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import click

from editor import media
from editor.cli.terminal import Bar
from editor.formats.exports import Options
from editor.library.into_film import Look


def look_asked(film: Path | None, *, is_drawn: bool, has_colours: bool) -> Look | None:
    """How captions are to be drawn into a film, if they are.

    Raises:
        click.UsageError: an option is given without the one that it belongs to.
    """
    if is_drawn and film is None:
        raise click.UsageError("--burn-in needs --into FILM.")
    if has_colours and not is_drawn:
        raise click.UsageError("--speaker-colours needs --burn-in.")
    return Look(has_colours) if is_drawn else None


def put_into_film(
    put: Callable[..., Sequence[str]],
    film: Path,
    output: Path | None,
    format_name: str | None,
    options: Options,
    look: Look | None = None,
) -> None:
    """Have captions or chapters put into a copy of a film, with progress; tell what is left out.

    With a `look`, captions are drawn into its picture.
    """
    if look is not None and format_name not in (None, "srt"):
        raise click.UsageError("--burn-in draws captions; leave --format out.")
    if output is None:
        raise click.UsageError("--into needs -o FILE for the copy.")
    duration_ms = media.probe(film).duration_ms
    bar, phase = Bar(), "copy" if look is None else "burn"
    try:
        left_out = put(
            film,
            output,
            format_name=format_name or "srt",
            options=options,
            look=look,
            on_progress=lambda at_ms: bar.report(min(1.0, at_ms / max(1, duration_ms)), phase),
        )
    finally:
        bar.close()
    for each in left_out:
        click.echo(f"{film.name}: {each}", err=True)
