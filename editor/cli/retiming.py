"""The command that moves a caption file to where a recording has its captions."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.languages import SPOKEN
from editor.cli.recordings import Source, checked_source
from editor.cli.terminal import OUTPUT, READABLE, TRACK, Model, cli, write
from editor.formats.sandbox import timings_apart
from editor.library.retime import retime_file


@cli.command()
@click.argument("recording", type=READABLE)
@click.argument("captions", type=READABLE)
@click.option("--model", type=Model(), default=None, help="[default: base]")
@SPOKEN
@TRACK
@click.option(
    "--keep-unheard",
    "keeps_unheard",
    is_flag=True,
    help="Keep captions of which RECORDING holds nothing, too; they are named in any case.",
)
@click.option("-o", "--output", type=OUTPUT, help="[default: standard output]")
def retime(
    recording: Path,
    captions: Path,
    model: str | None,
    language: str | None,
    track: int | None,
    keeps_unheard: bool,
    output: Path | None,
) -> None:
    """Move the times of CAPTIONS (SRT, WebVTT, ASS, TTML) to where RECORDING has them.

    Texts, breaks and durations stay; what is mended is a constant delay, one that grows, jumps, and
    captions off by themselves. Those of parts that were cut out of RECORDING are left out.
    """
    data = captions.read_bytes()
    timings_apart(data, captions.name)
    with checked_source(Source(recording, captions, model, language, track=track)) as (checked, _):
        retimed = retime_file(data, captions.name, checked, keeps_unheard=keeps_unheard)
    for sentence in (retimed.drift.sentence(), *(one.sentence() for one in retimed.left_out)):
        click.echo(sentence, err=True)
    write(retimed.data, output)
