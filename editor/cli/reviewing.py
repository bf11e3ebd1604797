"""The command that lists likely errors."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from editor.cli.facts import json_option
from editor.cli.group import cli, settings_now
from editor.cli.languages import SPOKEN
from editor.cli.source import GLOSSARY, NUMBER, Source, checked_source
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
from editor.errors import counted
from editor.library.find_speakers import with_voice_doubts
from editor.library.offline import Report, report_of
from editor.review import Doubt
from editor.timecode import timestamp_from_ms

#: Words with a lower score are mostly right.
LEAST_SCORE = 0.05


@cli.command()
@click.argument("recording", type=SEEKABLE)
@click.argument("text", type=READABLE)
@click.option("--model", type=Model(), default=None, help=MODEL_HELP)
@SPOKEN
@TRACK
@KIND
@GLOSSARY
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="Format of the list.",
)
@json_option("format_name")
@click.option(
    "--min-score",
    "least",
    cls=Renamed,
    was="--least",
    type=click.FloatRange(0, 1),
    metavar="SCORE",
    default=LEAST_SCORE,
    show_default=True,
    help="List only doubts at least this likely to be errors; 0 lists every word.",
)
@click.option(
    "--include-minor",
    "with_style",
    cls=Renamed,
    was="--quiet-kinds",
    is_flag=True,
    help="Also list differences that sound the same: case, punctuation, numbers, spelling.",
)
@click.option(
    "--speakers",
    "finds_speakers",
    is_flag=True,
    help="Also list where turns of TEXT and the voices disagree.",
)
@NUMBER
@click.option(
    "--limit",
    type=click.IntRange(0),
    metavar="N",
    help="Exit with code 2 if there are more doubts than this.",
)
@click.option("-o", "--output", type=OUTPUT, help=OUTPUT_HELP)
def review(
    recording: Path,
    text: Path,
    model: str | None,
    language: str | None,
    track: int | None,
    kind: str | None,
    glossary: Path | None,
    format_name: str,
    least: float,
    with_style: bool,
    finds_speakers: bool,
    speaker_count: int | None,
    limit: int | None,
    output: Path | None,
) -> None:
    """List likely errors in TEXT, most likely first.

    TEXT is compared with what is recognised in RECORDING.
    """
    source = Source(
        recording,
        text,
        model,
        language,
        glossary,
        track=track,
        kind=kind,
        finds_speakers=finds_speakers or speaker_count is not None,
        speaker_count=speaker_count,
        by="voices",
    )
    report = _report(source, least, with_style=with_style)
    if format_name == "json":
        listed = json.dumps(
            [asdict(doubt) for doubt in report.doubts], indent=1, ensure_ascii=False
        )
    else:
        listed = "\n".join(map(_table_row, report.doubts))
    write((f"{listed}\n" if listed else "").encode(), output)
    count = len(report.doubts)
    click.echo(f"{counted(count, 'doubt')} in {counted(report.word_count, 'word')}", err=True)
    if limit is not None and count > limit:
        sys.exit(2)


def _table_row(doubt: Doubt) -> str:
    time = timestamp_from_ms(doubt.start_ms)
    written = f"“{doubt.written}”" if doubt.written else f"nothing before word {doubt.first_word}"
    return f"{doubt.score:5.0%}  {time}  {doubt.kind:11}  {written}: {doubt.why}"


def _report(source: Source, least_score: float, *, with_style: bool) -> Report:
    with checked_source(source) as (checked, _, bar):
        report = report_of(
            checked,
            least_score=least_score,
            progress=bar,
            with_style=with_style,
            terms=source.terms,
        )
        if not source.finds_speakers:
            return report
        return with_voice_doubts(
            report,
            checked,
            settings=settings_now(),
            progress=bar,
            number=source.speaker_count,
            least_score=least_score,
        )
