"""Commands that make a timed file of a recording; they need no server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from editor import captions
from editor.cli.findings import findings
from editor.cli.group import cli
from editor.cli.languages import SPOKEN
from editor.cli.presets import preset_option
from editor.cli.source import GLOSSARY, NUMBER, SPEAKERS, Source, aligned_of
from editor.cli.terminal import (
    FORMAT,
    KIND,
    MODEL_HELP,
    OUTPUT,
    OUTPUT_HELP,
    READABLE,
    SEEKABLE,
    SPEAKERS_BY,
    TRACK,
    Model,
    format_name_for,
    write,
)
from editor.formats.exports import Options, publish
from editor.library.job_kinds import By


def file_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of the commands that write a file from one recording."""
    options = (
        click.option(
            "--model",
            type=Model(),
            default=None,
            help=MODEL_HELP,
        ),
        SPOKEN,
        TRACK,
        GLOSSARY,
        SPEAKERS,
        NUMBER,
        SPEAKERS_BY,
        click.option(
            "--format",
            "format_name",
            type=FORMAT,
            metavar="FORMAT",
            help="Format to write, as `export --help` lists them."
            "  [default: from the file name, else vtt]",
        ),
        preset_option("lines"),
        click.option("-o", "--output", type=OUTPUT, help=OUTPUT_HELP),
    )
    for option in reversed(options):
        command = option(command)
    return command


@cli.command()
@click.argument("recording", type=SEEKABLE)
@click.argument("text", type=READABLE)
@click.option(
    "--trust-text",
    "is_trusted",
    is_flag=True,
    help="Skip recognition and align TEXT exactly as written: faster, and better in noise.",
)
@click.option(
    "--keep-unsaid",
    is_flag=True,
    help="Write captions also of lines that RECORDING does not say.  [default: leave them out]",
)
@KIND
@file_options
def align(
    recording: Path,
    text: Path,
    is_trusted: bool,
    keep_unsaid: bool,
    kind: str | None,
    model: str | None,
    language: str | None,
    track: int | None,
    glossary: Path | None,
    finds_speakers: bool,
    speaker_count: int | None,
    by: By,
    format_name: str | None,
    rules: captions.Rules,
    output: Path | None,
) -> None:
    """Align TEXT with RECORDING: give every word its time."""
    source = Source(
        recording,
        text,
        model,
        language,
        glossary,
        is_trusted,
        track,
        kind,
        finds_speakers or speaker_count is not None or by != "auto",
        speaker_count,
        by,
    )
    _to_file(source, format_name, Options(rules, has_unsaid=keep_unsaid), output)


@cli.command()
@click.argument("recording", type=SEEKABLE)
@file_options
def transcribe(
    recording: Path,
    model: str | None,
    language: str | None,
    track: int | None,
    glossary: Path | None,
    finds_speakers: bool,
    speaker_count: int | None,
    by: By,
    format_name: str | None,
    rules: captions.Rules,
    output: Path | None,
) -> None:
    """Transcribe RECORDING."""
    source = Source(
        recording,
        None,
        model,
        language,
        glossary,
        track=track,
        finds_speakers=finds_speakers or speaker_count is not None or by != "auto",
        speaker_count=speaker_count,
        by=by,
    )
    _to_file(source, format_name, Options(rules), output)


def _to_file(
    source: Source, format_name: str | None, options: Options, output: Path | None
) -> None:
    name = format_name_for(format_name, output, "vtt")
    aligned = aligned_of(source)
    for sentence in findings(
        aligned.coverage,
        recording=source.recording.name,
        text=source.text.name if source.text else None,
        is_trusted=source.is_trusted,
    ):
        click.echo(sentence, err=True)
    published = publish(name, aligned.transcript, aligned.media, aligned.coverage, options)
    write(published.data, output)
    for each in published.lost:
        click.echo(f"{name}: {each}", err=True)
