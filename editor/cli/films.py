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


def put_into_film(
    put: Callable[..., Sequence[str]],
    film: Path,
    output: Path | None,
    format_name: str | None,
    options: Options,
) -> None:
    """Have captions or chapters put into a copy of a film, with progress; tell what is left out."""
    if output is None:
        raise click.UsageError("--into needs -o FILE for the copy.")
    duration_ms = media.probe(film).duration_ms
    bar = Bar()
    try:
        left_out = put(
            film,
            output,
            format_name=format_name or "srt",
            options=options,
            on_progress=lambda at_ms: bar.report(min(1.0, at_ms / max(1, duration_ms)), "copy"),
        )
    finally:
        bar.close()
    for each in left_out:
        click.echo(f"{film.name}: {each}", err=True)
