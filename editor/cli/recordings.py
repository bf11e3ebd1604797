"""Commands on a recording and a file; they need no server."""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property, partial
from pathlib import Path

import click

from editor import captions
from editor.cli.findings import findings
from editor.cli.group import cli, settings_now
from editor.cli.languages import SPOKEN
from editor.cli.presets import preset_option
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
    Bar,
    Model,
    Renamed,
    format_name_for,
    tell,
    write,
)
from editor.diarization import MOST_SPEAKERS
from editor.errors import UnreadableTranscript, counted
from editor.formats.encoding import decode
from editor.formats.exports import Options, publish
from editor.library.find_speakers import microphones_wanted, with_voice_doubts, with_voices
from editor.library.job_kinds import By
from editor.library.microphones import Microphones
from editor.library.offline import Aligned, Checked, Report, check_files, report_of
from editor.library.sounds import without_sounds
from editor.review import Doubt, hotwords_of, terms_of
from editor.timecode import timestamp_from_ms

#: Words with a lower score are mostly right.
LEAST_SCORE = 0.05


#: Recognition takes far fewer terms than fit into this.
_MOST_GLOSSARY_BYTES = 1_000_000


@dataclass(frozen=True)
class Source:
    """What a command works on: a recording, its text, and how it is recognised."""

    recording: Path
    text: Path | None
    model: str | None
    language: str | None
    glossary: Path | None = None
    is_trusted: bool = False
    track: int | None = None
    kind: str | None = None
    finds_speakers: bool = False
    speaker_count: int | None = None
    by: By = "auto"

    @cached_property
    def terms(self) -> list[str]:
        """The names and terms of the glossary.

        Raises:
            UnreadableTranscript: the file is not text, or larger than any glossary.
        """
        if self.glossary is None:
            return []
        if self.glossary.stat().st_size > _MOST_GLOSSARY_BYTES:
            reason = f"a glossary has {_MOST_GLOSSARY_BYTES} bytes at most"
            raise UnreadableTranscript(self.glossary.name, reason)
        read = decode(self.glossary.read_bytes(), self.glossary.name)
        return terms_of(read.text.splitlines())


SPEAKERS = click.option(
    "--speakers",
    "finds_speakers",
    is_flag=True,
    help="Tell speakers apart; names and turns that TEXT has stay.",
)
NUMBER = click.option(
    "--number",
    "speaker_count",
    type=click.IntRange(1, MOST_SPEAKERS),
    metavar="N",
    help="Number of speakers for --speakers, 1 to 10.  [default: detected]",
)
GLOSSARY = click.option(
    "--glossary", type=READABLE, help="Text file of names and terms to expect, one per line."
)


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


def aligned_of(source: Source) -> Aligned:
    """Align without a library; report the lines of the text that cannot be read."""
    with checked_source(source) as (checked, microphones, bar):
        if not source.finds_speakers:
            return checked.aligned
        return with_voices(
            checked,
            microphones,
            settings=settings_now(),
            progress=bar,
            is_text=source.text is not None,
            number=source.speaker_count,
        )


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


@contextmanager
def checked_source(source: Source) -> Iterator[tuple[Checked, Microphones | None, Bar]]:
    """Recognise a recording and align its text; the decoded sound is kept until the end.

    Where speakers are wanted, and each has a channel or track, each is recognised alone.
    """
    settings = settings_now()
    bar = Bar()
    with tempfile.TemporaryDirectory() as folder:
        microphones = None
        if source.finds_speakers:
            bar.report(0.0, "decode")
            microphones = microphones_wanted(
                source.recording,
                Path(folder),
                by=source.by,
                number=source.speaker_count,
                track=source.track,
                tell=partial(click.echo, err=True),
            )
        checked = check_files(
            source.recording,
            source.text,
            model=source.model or settings.model,
            language=source.language,
            settings=settings,
            work_dir=Path(folder),
            progress=bar,
            is_trusted=source.is_trusted,
            hotwords=hotwords_of(source.terms),
            track=source.track,
            kind=source.kind,
            microphones=microphones,
            tell=partial(click.echo, err=True),
        )
        yield checked, microphones, bar
    bar.report(1.0, "done")
    bar.close()
    if sentence := without_sounds(checked.language):
        click.echo(sentence, err=True)
    if source.text:
        click.echo(f"{source.text}: {checked.aligned.recognised}", err=True)
        tell(source.text, checked.aligned.problems)
