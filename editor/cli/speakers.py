"""The command that tells who speaks when."""

from __future__ import annotations

import json
import tempfile
from functools import partial
from pathlib import Path

import click

from editor.cli.group import cli, settings_now
from editor.cli.terminal import OUTPUT, OUTPUT_HELP, SEEKABLE, SPEAKERS_BY, TRACK, Bar, write
from editor.diarization import MOST_SPEAKERS
from editor.errors import counted
from editor.library.find_speakers import find_speakers, json_of, rttm_of
from editor.library.job_kinds import By


@cli.command()
@click.argument("recording", type=SEEKABLE)
@click.option(
    "--number",
    type=click.IntRange(1, MOST_SPEAKERS),
    metavar="N",
    help="Number of speakers, 1 to 10.  [default: detected]",
)
@SPEAKERS_BY
@TRACK
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["rttm", "json"]),
    help="File format.  [default: from the file name, else rttm]",
)
@click.option("-o", "--output", type=OUTPUT, help=OUTPUT_HELP)
def speakers(
    recording: Path,
    number: int | None,
    by: By,
    track: int | None,
    format_name: str | None,
    output: Path | None,
) -> None:
    """List who speaks when in RECORDING.

    Speakers are told apart by their voices, or by their channels where each of two people has one,
    and called Speaker 1, Speaker 2, in the order in which they first speak.
    """
    bar = Bar()
    with tempfile.TemporaryDirectory() as folder:
        turns = find_speakers(
            recording,
            settings=settings_now(),
            work_dir=Path(folder),
            progress=bar,
            number=number,
            by=by,
            track=track,
            tell=partial(click.echo, err=True),
        )
    bar.report(1.0, "done")
    bar.close()
    is_json = output is not None and output.suffix.lower() == ".json"
    if (format_name or ("json" if is_json else "rttm")) == "json":
        text = json.dumps(json_of(turns), indent=1) + "\n"
    else:
        text = rttm_of(turns, recording.stem)
    write(text.encode(), output)
    count = len({turn.speaker for turn in turns})
    if not count:
        click.echo(f"No speech was found in {recording.name}.", err=True)
    else:
        click.echo(f"{counted(count, 'speaker')}, {counted(len(turns), 'turn')}", err=True)
