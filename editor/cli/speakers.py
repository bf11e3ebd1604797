"""The command that tells who speaks when."""

from __future__ import annotations

import json
import tempfile
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from editor.cli.facts import json_option
from editor.cli.group import cli, settings_now
from editor.cli.terminal import OUTPUT, OUTPUT_HELP, SEEKABLE, SPEAKERS_BY, TRACK, Bar, write
from editor.cli.voices import names_known
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
@json_option("format_name")
@click.option(
    "--known",
    "takes_known",
    is_flag=True,
    help="Name speakers who sound like a voice of `voices list`.",
)
@click.option("--account", metavar="NAME", default="", help="Account whose voices --known takes.")
@click.option("-o", "--output", type=OUTPUT, help=OUTPUT_HELP)
def speakers(
    recording: Path,
    number: int | None,
    by: By,
    track: int | None,
    format_name: str | None,
    takes_known: bool,
    account: str,
    output: Path | None,
) -> None:
    """List who speaks when in RECORDING.

    Speakers are told apart by their voices, or by their channels where each of two people has one,
    and called Speaker 1, Speaker 2, in the order in which they first speak.
    """
    bar = Bar()
    with tempfile.TemporaryDirectory() as folder:
        heard, vectors = find_speakers(
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
    if takes_known and vectors:
        known = names_known(vectors, account)
        names = [known.get(at, heard.name_of(at)) for at in range(len(vectors))]
        heard = replace(heard, names=names)
    is_json = output is not None and output.suffix.lower() == ".json"
    if (format_name or ("json" if is_json else "rttm")) == "json":
        text = json.dumps(json_of(heard), indent=1, ensure_ascii=False) + "\n"
    else:
        text = rttm_of(heard, recording.stem)
    write(text.encode(), output)
    count = len({turn.speaker for turn in heard.turns})
    if not count:
        click.echo(f"No speech was found in {recording.name}.", err=True)
    else:
        click.echo(f"{counted(count, 'speaker')}, {counted(len(heard.turns), 'turn')}", err=True)
