"""The command that shifts the captions of a file to where they are spoken."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from editor.cli.facts import AS_JSON, needs_output, tell_facts
from editor.cli.group import cli
from editor.cli.languages import SPOKEN
from editor.cli.source import Source, checked_source
from editor.cli.terminal import (
    KIND,
    MODEL_HELP,
    OUTPUT,
    OUTPUT_HELP,
    READABLE,
    SEEKABLE,
    TRACK,
    Model,
    Renamed,
    write,
)
from editor.formats.sandbox import timings_apart
from editor.library.retime import retime_file


@cli.command()
@click.argument("recording", type=SEEKABLE)
@click.argument("captions", type=READABLE)
@click.option("--model", type=Model(), default=None, help=MODEL_HELP)
@SPOKEN
@TRACK
@KIND
@click.option(
    "--keep-unmatched",
    "keeps_unmatched",
    cls=Renamed,
    was="--keep-unheard",
    is_flag=True,
    help="Keep captions that are not in RECORDING; they are listed either way.",
)
@click.option("-o", "--output", type=OUTPUT, help=OUTPUT_HELP)
@AS_JSON
def retime(
    recording: Path,
    captions: Path,
    model: str | None,
    language: str | None,
    track: int | None,
    kind: str | None,
    keeps_unmatched: bool,
    output: Path | None,
    as_json: bool,
) -> None:
    """Synchronise CAPTIONS (SRT, WebVTT, ASS, TTML) with RECORDING.

    Corrects a constant delay, drift, jumps, and single captions that are off. Texts, line breaks
    and durations stay. Captions of parts that were cut out of RECORDING are removed.
    """
    needs_output(output, as_json=as_json)
    data = captions.read_bytes()
    timings_apart(data, captions.name, kind=kind)
    source = Source(recording, captions, model, language, track=track, kind=kind)
    with checked_source(source) as (checked, _, _):
        retimed = retime_file(
            data, captions.name, checked, keeps_unmatched=keeps_unmatched, kind=kind
        )
    sentences = [retimed.drift.sentence(), *(one.sentence() for one in retimed.left_out)]
    write(retimed.data, output)
    left_out = [asdict(one) for one in retimed.left_out]
    facts = {"file": str(output), "drift": asdict(retimed.drift), "left_out": left_out}
    tell_facts(facts, sentences, as_json=as_json)
