"""The command line: joins the rooms; progress on stderr, results on stdout or in files."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click
from tqdm import tqdm

from editor import formats, media, models, pipeline
from editor.align import Drift
from editor.captions import Violation
from editor.checking import Report, report_of
from editor.config import Settings
from editor.errors import EditorError, InvalidValue
from editor.export import ORIGINAL, Options, lint_file
from editor.export import convert as convert_file
from editor.export import export as export_transcript
from editor.jobs import JobContext, Queue, Worker, WorkerProcess, run_worker, stop_with_parent
from editor.review import Correction, Doubt, corrected
from editor.store import Store, open_store
from editor.timecode import timestamp_from_ms
from editor.web import ModelState, Services, create_app, serve

TRANSCRIBE = "transcribe"
FORMAT = click.Choice(formats.WRITABLE)
#: Doubts of a lower score are mostly none.
LEAST_SCORE = 0.05
EXISTING = click.Path(path_type=Path)
OFFSET = click.option("--offset", type=int, default=0, help="Move all times by this many ms.")
READABLE = click.Path(exists=True, dir_okay=False, path_type=Path)


class Bar:
    """A progress bar on stderr for what runs in the foreground."""

    def __init__(self) -> None:
        self._bar = tqdm(
            total=100,
            file=sys.stderr,
            bar_format="{desc:8} {percentage:3.0f}% |{bar}| {elapsed}, {remaining} left",
        )

    def report(self, fraction: float, phase: str, message: str = "") -> None:
        """Show how far it is, in [0, 1]."""
        self._bar.set_description_str(phase)
        self._bar.n = round(100 * fraction)
        self._bar.refresh()

    def checkpoint(self) -> None:
        """Nothing stops it but Ctrl+C."""

    def close(self) -> None:
        """Leave the finished bar on the screen."""
        self._bar.close()


#: A text of which less was heard is another one, or the recording is noisy.
_LITTLE_HEARD = 0.5


def file_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of the commands that write a file from one recording."""
    options = (
        click.option(
            "--model", default=None, help="tiny.en, base, small ... or a folder.  [default: base]"
        ),
        click.option(
            "--language", default=None, help="Its code, such as en; found out if not given."
        ),
        click.option(
            "--format", "format_name", type=FORMAT, help="[default: by the name's ending, vtt]"
        ),
        click.option(
            "--preset", default="lines", help="lines, youtube, netflix, bbc, dcmp or vertical."
        ),
        click.option("-o", "--output", type=EXISTING, help="[default: standard output]"),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.group()
@click.version_option(package_name="transcript-editor")
def cli() -> None:
    """Time an existing transcript by its recording, fix it in the browser, export captions."""


@cli.command()
@click.argument("recording", type=EXISTING)
@click.argument("text", type=EXISTING)
@click.option(
    "--trust-text",
    "is_trusted",
    is_flag=True,
    help="Listen for TEXT as it stands, recognise nothing: faster, and for noisy recordings.",
)
@file_options
def align(
    recording: Path,
    text: Path,
    is_trusted: bool,
    model: str | None,
    language: str | None,
    format_name: str | None,
    preset: str,
    output: Path | None,
) -> None:
    """Give the words of TEXT their times in RECORDING. Needs no server."""
    _to_file(recording, text, model, language, format_name, preset, output, is_trusted=is_trusted)


@cli.command()
@click.argument("recording", type=EXISTING)
@file_options
def transcribe(
    recording: Path,
    model: str | None,
    language: str | None,
    format_name: str | None,
    preset: str,
    output: Path | None,
) -> None:
    """Write down what is heard in RECORDING. Needs no server."""
    _to_file(recording, None, model, language, format_name, preset, output)


@cli.command()
@click.argument("recording", type=EXISTING)
@click.argument("captions", type=EXISTING)
@click.option("--model", default=None, help="[default: base]")
@click.option("--language", default=None, help="Its code, such as en; found out if not given.")
@click.option("-o", "--output", type=EXISTING, help="[default: standard output]")
def retime(
    recording: Path, captions: Path, model: str | None, language: str | None, output: Path | None
) -> None:
    """Move the times of CAPTIONS (SRT, WebVTT) to where RECORDING has them.

    Texts, breaks and durations stay; what is mended is a constant delay, one that grows, and jumps.
    """
    formats.read_and_retime(captions.read_bytes(), captions.name, lambda ms: ms)
    aligned = _aligned(recording, captions, model, language)
    if aligned.coverage["drift"] is None:
        raise InvalidValue(captions.name, "too little of it was heard to tell how late it is")
    drift = Drift.from_json(aligned.coverage["drift"])
    click.echo(drift.sentence(), err=True)
    moved = formats.read_and_retime(captions.read_bytes(), captions.name, drift.heard_ms)
    _write(moved, output)


@cli.command()
@click.argument("recording", type=EXISTING)
@click.argument("text", type=EXISTING)
@click.option("--model", default=None, help="[default: base]")
@click.option("--language", default=None, help="Its code, such as en; found out if not given.")
@click.option("--format", "format_name", type=click.Choice(["table", "json"]), default="table")
@click.option(
    "--least",
    type=click.FloatRange(0, 1),
    default=LEAST_SCORE,
    show_default=True,
    help="Leave out doubts of a lower score; 0 lists every word.",
)
@click.option(
    "--limit", type=click.IntRange(0), help="Exit with 2 if there are more doubts than this."
)
@click.option("-o", "--output", type=EXISTING, help="[default: standard output]")
def review(
    recording: Path,
    text: Path,
    model: str | None,
    language: str | None,
    format_name: str,
    least: float,
    limit: int | None,
    output: Path | None,
) -> None:
    """List where TEXT is probably wrong, by RECORDING, the worst place first. Needs no server."""
    report = _report(recording, text, model, language, least)
    if format_name == "json":
        listed = json.dumps(
            [asdict(doubt) for doubt in report.doubts], indent=1, ensure_ascii=False
        )
    else:
        listed = "\n".join(map(_table_row, report.doubts))
    _write((f"{listed}\n" if listed else "").encode(), output)
    count = len(report.doubts)
    click.echo(f"{count} doubts in {report.word_count} words", err=True)
    if limit is not None and count > limit:
        sys.exit(2)


@cli.command()
@click.argument("text", type=EXISTING)
@click.argument("old")
@click.argument("new")
@click.option("--regex", is_flag=True, help="OLD is a regular expression; NEW may name its groups.")
@click.option("--word", is_flag=True, help="Not within longer words.")
@click.option("--any-case", is_flag=True, help="Also in other case, which NEW takes over.")
@click.option("--similar", is_flag=True, help="Also other spellings, and what sounds alike.")
@click.option("--dry-run", is_flag=True, help="Only show the lines that would change.")
@click.option("-o", "--output", type=EXISTING, help="[default: standard output]")
def replace(
    text: Path,
    old: str,
    new: str,
    regex: bool,
    word: bool,
    any_case: bool,
    similar: bool,
    dry_run: bool,
    output: Path | None,
) -> None:
    """Put NEW for OLD in TEXT (plain text, SRT, WebVTT), line by line; times and tags stay."""
    correction = Correction(old, new, regex, word, any_case, similar)
    shown: list[str] = []
    count = 0

    def change(line: str) -> str:
        nonlocal count
        changed, places = corrected(line, correction)
        count += places
        shown.extend([f"- {line.strip()}", f"+ {changed.strip()}"] if places else [])
        return changed

    written = formats.read_and_reword(text.read_bytes(), text.name, change)
    if dry_run:
        written = "".join(f"{line}\n" for line in shown).encode()
    _write(written, output)
    click.echo(f"{count} places", err=True)


def _table_row(doubt: Doubt) -> str:
    time = timestamp_from_ms(doubt.start_ms)
    written = f"“{doubt.written}”" if doubt.written else f"nothing before word {doubt.first_word}"
    return f"{doubt.score:5.0%}  {time}  {doubt.kind:11}  {written}: {doubt.why}"


@cli.command()
@click.argument("transcript_id")
@click.option(
    "--format",
    "format_name",
    type=click.Choice([ORIGINAL, *formats.WRITABLE]),
    help="original: your own file, corrected.  [default: by the name's ending, srt]",
)
@click.option("--preset", default="lines", help="lines, youtube, netflix, bbc, dcmp or vertical.")
@OFFSET
@click.option("--retimed", is_flag=True, help="Give your own file the words' times, too.")
@click.option("-o", "--output", type=EXISTING, help="[default: standard output]")
def export(
    transcript_id: str,
    format_name: str | None,
    preset: str,
    offset: int,
    retimed: bool,
    output: Path | None,
) -> None:
    """Write a transcript of the library as a file; its id is in the page's address."""
    store = open_store(_settings().database_url)
    name = _format_name(format_name, output, "srt")
    options = Options(preset, offset, retimed)
    exported = pipeline.export_file(store, transcript_id, format_name=name, options=options)
    store.close()
    _write(exported.data, output)


@cli.command()
@click.argument("text", type=READABLE)
@click.option("--format", "format_name", type=FORMAT, help="[default: by the name's ending, srt]")
@click.option("--preset", default="lines", help="lines, youtube, netflix, bbc, dcmp or vertical.")
@OFFSET
@click.option("--encoding", default=None, help="Of TEXT, such as cp1252; found out if not given.")
@click.option("-o", "--output", type=EXISTING, help="[default: standard output]")
def convert(
    text: Path,
    format_name: str | None,
    preset: str,
    offset: int,
    encoding: str | None,
    output: Path | None,
) -> None:
    """Write TEXT, a file with times, in another format. Needs no recording."""
    converted = convert_file(
        text.read_bytes(),
        text.name,
        format_name=_format_name(format_name, output, "srt"),
        options=Options(preset, offset),
        encoding=encoding,
    )
    _tell(text, converted.problems)
    _write(converted.data, output)


@cli.command()
@click.argument("text", type=READABLE)
@click.option("--preset", default="netflix", help="youtube, netflix, bbc, dcmp or vertical.")
@click.option("--encoding", default=None, help="Of TEXT, such as cp1252; found out if not given.")
@click.option("--language", default=None, help="Its code.  [default: en]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--fix", is_flag=True, help="Write TEXT anew by the preset's rules to -o.")
@click.option("-o", "--output", type=EXISTING, help="[default: standard output]")
def lint(
    text: Path,
    preset: str,
    encoding: str | None,
    language: str | None,
    form: str,
    fix: bool,
    output: Path | None,
) -> None:
    """List what in TEXT, a file of captions, breaks a preset; exit code 1 where anything does."""
    data = text.read_bytes()
    if fix:
        name = _format_name(None, output, formats.read(data, text.name, encoding=encoding).format)
        options = Options(preset, language=language)
        converted = convert_file(
            data, text.name, format_name=name, options=options, encoding=encoding
        )
        _write(converted.data, output)
        data, text, encoding = converted.data, output or text, None
    found, problems = lint_file(data, text.name, preset, encoding=encoding, language=language)
    _tell(text, problems)
    for line in violation_lines(found, as_json=form == "json"):
        click.echo(line, err=fix and output is None)
    errors = sum(violation.severity == "error" for violation in found)
    click.echo(f"{errors} errors, {len(found) - errors} warnings", err=True)
    sys.exit(1 if errors or problems else 0)


@cli.command("open")
@click.argument("recording", type=EXISTING)
@click.argument("text", type=EXISTING, required=False)
@click.option("--model", default=None, help="[default: base]")
@click.option("--language", default=None, help="Its code, such as en; found out if not given.")
def open_files(recording: Path, text: Path | None, model: str | None, language: str | None) -> None:
    """Put RECORDING and TEXT into the library and start the editor with them."""
    settings = _settings()
    store = open_store(settings.database_url)
    queue = Queue(settings.data_dir / "queue.db")
    transcript_id = _add(settings, store, recording, text, model or settings.model, language)
    _start_job(store, queue, transcript_id, model or settings.model, language)
    _serve(settings, store, queue, page=f"t/{transcript_id}")


@cli.command("serve")
@click.option("--host", default=None, help="[default: 127.0.0.1]")
@click.option("--port", type=int, default=None, help="[default: 8765]")
@click.option("--sample", is_flag=True, help="Put a sample project into an empty library first.")
def serve_library(host: str | None, port: int | None, sample: bool) -> None:
    """Start the editor and print its address."""
    given = {"HOST": host, "PORT": port}
    extra = {f"TRANSCRIPT_EDITOR_{name}": str(v) for name, v in given.items() if v is not None}
    settings = Settings.from_env({**os.environ, **extra})
    store = open_store(settings.database_url)
    queue = Queue(settings.data_dir / "queue.db")
    if sample and not store.list_transcripts():
        add_sample(settings, store, queue)
    _serve(settings, store, queue)


@cli.command(hidden=True)
def worker() -> None:
    """Run jobs until the server that started this ends."""
    logging.basicConfig(level=logging.WARNING)
    settings = _settings()
    store = open_store(settings.database_url)
    stopping = threading.Event()
    stop_with_parent(stopping)

    queue = Queue(settings.data_dir / "queue.db")
    handlers = {TRANSCRIBE: _transcriber(settings, store)}
    run_worker(store, queue, handlers, data_dir=settings.data_dir, stopping=stopping)


@cli.command("models")
def list_models() -> None:
    """List the models, their sizes, and which are on this computer."""
    for choice in models.model_choices(_settings().models_dir):
        where = choice.available or "to download"
        click.echo(f"{choice.name:16} {choice.download_bytes / 1e6:7.0f} MB  {where}")


def _to_file(
    recording: Path,
    text: Path | None,
    model: str | None,
    language: str | None,
    format_name: str | None,
    preset: str,
    output: Path | None,
    *,
    is_trusted: bool = False,
) -> None:
    name = _format_name(format_name, output, "vtt")
    aligned = _aligned(recording, text, model, language, is_trusted=is_trusted)
    share = aligned.coverage["written_share"]
    click.echo(f"{share:.1%} of the text was heard", err=True)
    for remark in aligned.coverage["remarks"]:
        click.echo(remark["text"], err=True)
    if share < _LITTLE_HEARD and not is_trusted:
        click.echo("If the text is right and the recording noisy, try --trust-text.", err=True)
    written = export_transcript(
        name, aligned.transcript, aligned.media, aligned.coverage, Options(preset)
    )
    _write(written, output)


def _aligned(
    recording: Path,
    text: Path | None,
    model: str | None,
    language: str | None,
    *,
    is_trusted: bool = False,
) -> pipeline.Aligned:
    """Align without a library; what of the text could not be read is told."""
    with _checked(recording, text, model, language, is_trusted=is_trusted) as (checked, _):
        return checked.aligned


def _report(
    recording: Path, text: Path, model: str | None, language: str | None, least_score: float
) -> Report:
    with _checked(recording, text, model, language) as (checked, bar):
        return report_of(checked, least_score=least_score, progress=bar)


@contextmanager
def _checked(
    recording: Path,
    text: Path | None,
    model: str | None,
    language: str | None,
    *,
    is_trusted: bool = False,
) -> Iterator[tuple[pipeline.Checked, Bar]]:
    """Hear a recording and time its text; the work file is there until the end."""
    settings = _settings()
    bar = Bar()
    with tempfile.TemporaryDirectory() as folder:
        checked = pipeline.check_files(
            recording,
            text,
            model=model or settings.model,
            language=language,
            settings=settings,
            work_dir=Path(folder),
            progress=bar,
            is_trusted=is_trusted,
        )
        yield checked, bar
    bar.report(1.0, "done")
    bar.close()
    if text:
        _tell(text, checked.aligned.problems)


def violation_lines(found: Sequence[Violation], *, as_json: bool) -> Iterator[str]:
    """Violations for a person, one a line, or all as one line of JSON."""
    if as_json:
        yield json.dumps([asdict(violation) for violation in found], ensure_ascii=False)
        return
    for each in found:
        place = f"{each.cue + 1} {timestamp_from_ms(each.start_ms)}"
        fix = f"; {each.fix}" if each.fix else "; the words' times leave no way to mend it"
        yield f"{place} {each.severity} {each.rule}: {each.message}{fix}"


def _format_name(given: str | None, output: Path | None, default: str) -> str:
    return given or (output and formats.format_named(output.name)) or default


def _write(data: bytes, output: Path | None) -> None:
    if output is None:
        sys.stdout.buffer.write(data)
    else:
        try:
            output.write_bytes(data)
        except OSError as error:
            raise InvalidValue("output", f"{output}: {error.strerror}") from error


def _tell(name: Path, problems: Sequence[formats.Problem]) -> None:
    for problem in problems:
        click.echo(f"{name}, line {problem.line}: {problem.reason}: {problem.text}", err=True)


def _settings() -> Settings:
    return Settings.from_env(os.environ)


def add_sample(settings: Settings, store: Store, queue: Queue) -> str:
    """Make the sample project and align it before anything else; gives its id."""
    click.echo("Preparing the sample project ...", err=True)
    files = Path(__file__).parent / "sample"
    transcript_id = _add(
        settings, store, files / "sample.mp3", files / "sample.txt", settings.model, "en"
    )
    store.update_transcript(transcript_id, title="Sample: The Lamp Room")
    _start_job(store, queue, transcript_id, settings.model, "en")
    Worker(store, queue, {TRANSCRIBE: _transcriber(settings, store)}, name="sample").step()
    return transcript_id


def _add(
    settings: Settings,
    store: Store,
    recording: Path,
    text: Path | None,
    model: str,
    language: str | None,
) -> str:
    """Put a copy of a recording and its text into the library."""
    media.probe(recording)
    with tempfile.TemporaryDirectory() as folder:
        return pipeline.create_transcript(
            settings,
            store,
            media_path=Path(shutil.copy(recording, folder)),
            media_name=recording.name,
            text=text.read_bytes() if text else None,
            text_name=text.name if text else None,
            text_encoding=None,
            title=None,
            model=model,
            language=language,
        )


def _transcriber(settings: Settings, store: Store) -> Callable[[JobContext], None]:
    def run(context: JobContext) -> None:
        row = store.transcript(str(context.job.transcript_id))
        pipeline.transcribe(settings, store, row, context.job, context)

    return run


def _start_job(
    store: Store, queue: Queue, transcript_id: str, model: str, language: str | None
) -> str:
    params = {"model": model, "language": language}
    key = f"{TRANSCRIBE}:{transcript_id}"
    job = store.create_job(TRANSCRIBE, transcript_id, params, unique_key=key)
    queue.enqueue(job.id)
    return job.id


def services_for(settings: Settings, store: Store, queue: Queue) -> Services:
    """What the web room needs, made of the rooms below it."""

    def create(
        media_upload_path: Path,
        media_name: str,
        text_bytes: bytes | None,
        text_name: str | None,
        text_encoding: str | None,
        title: str | None,
        model: str,
        language: str | None,
    ) -> str:
        transcript_id = pipeline.create_transcript(
            settings,
            store,
            media_path=media_upload_path,
            media_name=media_name,
            text=text_bytes,
            text_name=text_name,
            text_encoding=text_encoding,
            title=title,
            model=model,
            language=language,
        )
        start(transcript_id, model=model, language=language)
        return transcript_id

    def start(transcript_id: str, *, model: str, language: str | None) -> str:
        return _start_job(store, queue, transcript_id, model, language)

    def choices() -> list[ModelState]:
        return [
            ModelState(c.name, c.download_bytes, c.available, c.english_only)
            for c in models.model_choices(settings.models_dir)
        ]

    return Services(
        settings=settings,
        store=store,
        queue=queue,
        read_text=formats.read,
        create_transcript=create,
        start_transcription=start,
        delete_transcript=lambda item: pipeline.delete_transcript(settings, store, item),
        read_peaks=lambda item, *, level, start_ms, end_ms: pipeline.read_peaks(
            settings, item, level=level, start_ms=start_ms, end_ms=end_ms
        ),
        export_file=lambda item, *, format_name, options: pipeline.export_file(
            store, item, format_name=format_name, options=options
        ),
        lint=lambda item, *, preset: pipeline.lint_transcript(store, item, preset=preset),
        list_models=choices,
    )


def _serve(settings: Settings, store: Store, queue: Queue, *, page: str = "") -> None:
    environ: dict[str, Any] = {"TRANSCRIPT_EDITOR_DATA": str(settings.data_dir)}
    os.environ.update(environ)
    helper = WorkerProcess([sys.executable, "-m", "editor", "worker"])
    helper.start()
    try:
        serve(
            create_app(services_for(settings, store, queue)),
            settings,
            on_ready=lambda address: click.echo(f"Transcript Editor is at {address}{page}"),
        )
    finally:
        helper.stop()
        queue.close()
        store.close()


def main() -> None:
    """Run the command line; an error a person can mend is one line and exit code 1."""
    try:
        cli(standalone_mode=True)
    except EditorError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(1)


if __name__ == "__main__":
    main()
