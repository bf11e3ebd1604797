"""The command that finds where the shots of a film begin, and lists of these."""

from __future__ import annotations

from pathlib import Path

import click

from editor import media
from editor.cli.group import cli
from editor.cli.terminal import OUTPUT, OUTPUT_HELP, SEEKABLE, Bar, write
from editor.errors import InvalidValue, counted
from editor.media import MOST_MS

#: What lists are called; all else is a film.
_LISTS = (".txt", ".csv", ".shotchanges")
_MOST_LIST_BYTES = 10_000_000


@cli.command()
@click.argument("film", type=SEEKABLE)
@click.option("-o", "--output", type=OUTPUT, help=OUTPUT_HELP)
def shots(film: Path, output: Path | None) -> None:
    """List when the shots of FILM begin.

    Each line is a time in seconds. Only cuts are listed: fades and dissolves have no frame at which
    a shot begins.
    """
    starts_ms = shots_of(film)
    write("".join(f"{at_ms / 1000:.3f}\n" for at_ms in starts_ms).encode(), output)
    click.echo(counted(len(starts_ms), "shot change"), err=True)


def shots_of(film: Path) -> list[int]:
    """When the shots of a film begin, in ms, with a bar of how far it is.

    Raises:
        UnreadableMedia: it is no film.
    """
    duration_ms = max(1, media.film_length_ms(film))
    bar = Bar()
    try:
        return media.shot_changes(
            film,
            0,
            MOST_MS,
            on_progress=lambda at_ms: bar.report(min(1.0, at_ms / duration_ms), "shots"),
        )
    finally:
        bar.report(1.0, "done")
        bar.close()


def shots_from(path: Path) -> list[int]:
    """When shots begin: of a film, or of a list, which has a time in seconds on each line.

    Raises:
        InvalidValue: with the line of the list that holds no time.
        UnreadableMedia: it is no film.
    """
    if path.suffix.lower() not in _LISTS:
        return shots_of(path)
    with path.open("rb") as file:
        text = file.read(_MOST_LIST_BYTES).decode("utf-8-sig", "replace")
    return sorted(
        _ms_of(line, f"{path}, line {number}")
        for number, line in enumerate(text.splitlines(), start=1)
        if line.strip()
    )


def _ms_of(line: str, place: str) -> int:
    try:
        at_ms = float(line) * 1000
    except ValueError:
        at_ms = -1.0
    if not 0 <= at_ms <= MOST_MS:
        shown = line.strip()[:40]
        raise InvalidValue(
            "shot_changes", f"{place}: {shown!r} is no time in seconds such as 12.48"
        )
    return round(at_ms)
