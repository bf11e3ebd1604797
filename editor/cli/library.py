"""Commands on the library: open, serve, export, and the worker."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from editor import captions, formats, logs, media, weights
from editor.accounts import Accounts
from editor.asr import ModelCache
from editor.cli.languages import SPOKEN
from editor.cli.presets import preset_option
from editor.cli.startup import found_after_cut_off, only_server, open_queue
from editor.cli.terminal import (
    MODEL_HELP,
    OFFSET,
    OUTPUT_HELP,
    READABLE,
    TRACK,
    Model,
    Output,
    Renamed,
    cli,
    format_name_for,
    settings_now,
    write,
)
from editor.config import Settings, is_loopback
from editor.errors import InvalidValue
from editor.formats.exports import ORIGINAL, Batch, NamedFile, Options, Refused, zipped
from editor.jobs import Queue, Worker, WorkerProcess, stop_with_parent
from editor.library import export as exports
from editor.library import transcripts
from editor.library.worker import handlers_for, run_jobs
from editor.sandbox import python
from editor.store import Store, open_store
from editor.web import Services, create_app, serve

#: How the worker is started.
WORKER = python("-m", "editor", "worker")
#: A worker whose lease expired this long ago hangs.
LATE_MS = 10_000


@cli.command()
@click.argument("transcript_id", required=False)
@click.option(
    "--all",
    "is_all",
    is_flag=True,
    help="Export all transcripts to the folder or .zip given by -o.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice([ORIGINAL, *formats.WRITABLE]),
    help="original is your own file, corrected.  [default: from the file name, else srt]",
)
@preset_option("lines")
@OFFSET
@click.option(
    "--with-new-times",
    "retimed",
    cls=Renamed,
    was="--retimed",
    is_flag=True,
    help="In your own file, replace the times with those of the aligned words.",
)
@click.option(
    "--fix-drift",
    "mended",
    cls=Renamed,
    was="--mended",
    is_flag=True,
    help="In your own file, correct a constant delay and drift.",
)
@click.option("-o", "--output", type=Output(dir_okay=True), help=OUTPUT_HELP)
def export(
    transcript_id: str | None,
    is_all: bool,
    format_name: str | None,
    rules: captions.Rules,
    offset: int,
    retimed: bool,
    mended: bool,
    output: Path | None,
) -> None:
    """Export a transcript of the library.

    TRANSCRIPT_ID is in the address of its page, after /t/.
    """
    if is_all == (transcript_id is not None):
        raise click.UsageError("Give either a transcript's ID or --all.")
    options = Options(rules, offset, retimed, mended)
    store = open_store(settings_now().database_url)
    try:
        if transcript_id is None:
            _export_all(store, format_name or "srt", options, output)
        else:
            name = format_name_for(format_name, output, "srt")
            exported = exports.export_file(store, transcript_id, format_name=name, options=options)
            write(exported.data, output)
            _tell_provisional(store, [transcript_id])
    finally:
        store.close()


def _export_all(store: Store, format_name: str, options: Options, output: Path | None) -> None:
    """Write the whole library into a folder or a zip; exit code 1 where something is left out."""
    if output is None:
        raise click.UsageError("--all needs -o FOLDER or -o FILE.zip.")
    ids = [row.id for row in store.list_transcripts()]
    counts = Counter[type]()
    batch = _told(
        exports.export_several(store, ids, format_name=format_name, options=options), counts
    )
    if output.suffix.lower() == ".zip":
        write(zipped(batch), output)
    else:
        _into_folder(batch, output, counts)
    _tell_provisional(store, ids)
    click.echo(f"{counts[NamedFile]} files", err=True)
    if counts[Refused]:
        sys.exit(1)


def _tell_provisional(store: Store, ids: Sequence[str]) -> None:
    """Warn of exported transcripts whose recognition has not finished."""
    for transcript_id in ids:
        sentence = exports.provisional_sentence(store, transcript_id)
        if sentence:
            click.echo(sentence, err=True)


def _into_folder(batch: Batch, folder: Path, counts: Counter[type]) -> None:
    """Write files into a folder; report and count those that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidValue("output", f"{folder}: {error.strerror}") from error
    for each in batch:
        if isinstance(each, NamedFile):
            try:
                write(each.data, folder / each.name)
            except InvalidValue as error:
                click.echo(f"{each.name}: {error.reason}", err=True)
                counts.update({NamedFile: -1, Refused: 1})


def _told(batch: Batch, counts: Counter[type]) -> Batch:
    """Pass the files on, count them, and report each transcript that is left out."""
    for each in batch:
        counts[type(each)] += 1
        if isinstance(each, Refused):
            click.echo(f"{each.title}: {each.reason}", err=True)
        yield each


@cli.command("open")
@click.argument("recording", type=READABLE)
@click.argument("text", type=READABLE, required=False)
@click.option("--model", type=Model(), default=None, help=MODEL_HELP)
@SPOKEN
@TRACK
@click.option(
    "--trust-text", "is_trusted", is_flag=True, help="Skip recognition; align TEXT as written."
)
def open_files(
    recording: Path,
    text: Path | None,
    model: str | None,
    language: str | None,
    track: int | None,
    is_trusted: bool,
) -> None:
    """Add RECORDING and TEXT to the library; start the editor."""
    settings = settings_now()
    logs.set_up(as_json=settings.log == "json")
    with _library(settings) as (store, queue):
        transcript_id = add_files(
            settings,
            store,
            queue,
            recording,
            text,
            model=model,
            language=language,
            track=track,
            is_trusted=is_trusted,
        )
        _tell_tracks(store, transcript_id)
        _serve(settings, store, queue, page=f"t/{transcript_id}")


@cli.command("serve")
@click.option("--host", default=None, help="Address to listen on.  [default: 127.0.0.1]")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    metavar="N",
    default=None,
    help="Port to listen on; 0 picks a free one.  [default: 8765]",
)
@click.option("--sample", is_flag=True, help="If the library is empty, add a sample project.")
def serve_library(host: str | None, port: int | None, sample: bool) -> None:
    """Start the editor and print its address."""
    settings = settings_now(HOST=host, PORT=port)
    logs.set_up(as_json=settings.log == "json")
    with _library(settings) as (store, queue):
        if sample and not store.count_transcripts():
            add_sample(settings, store, queue)
        _serve(settings, store, queue)


@cli.command()
@click.option(
    "--standalone",
    "alone",
    cls=Renamed,
    was="--alone",
    is_flag=True,
    help="Run until stopped, independent of `serve`.",
)
@click.option(
    "--models",
    "names",
    metavar="NAMES",
    default=None,
    help="Run only jobs for these models, e.g. base,large-v3.  [default: all]",
)
@click.option(
    "--number",
    type=click.IntRange(1),
    metavar="N",
    default=1,
    show_default=True,
    help="Number of this worker where several share a data folder, e.g. one per GPU.",
)
def worker(alone: bool, names: str | None, number: int) -> None:
    """Run jobs such as recognition.

    `serve` starts one worker itself; further ones can run on this machine or on others.
    """
    settings = settings_now(WORKER_MODELS=names)
    for name in settings.worker_models:
        if name not in weights.MODELS:
            raise InvalidValue("models", f"{name} is not one of {', '.join(weights.MODELS)}")
    logs.set_up(as_json=settings.log == "json")
    store = open_store(settings.database_url)
    stopping = threading.Event()
    if alone:
        for ending in (signal.SIGINT, signal.SIGTERM):
            signal.signal(ending, lambda *_: stopping.set())
    else:
        stop_with_parent(stopping)
    run_jobs(settings, store, open_queue(settings), stopping, number=number)


@cli.command("models")
def list_models() -> None:
    """List recognition models and which are installed."""
    for choice in weights.model_choices(settings_now().models_dir):
        where = choice.available or "to download"
        click.echo(f"{choice.name:16} {choice.download_bytes / 1e6:7.0f} MB  {where}")


def require_accounts(settings: Settings, store: Store) -> None:
    """Refuse to start a server that others can reach while no account exists.

    Raises:
        InvalidValue: no account exists.
    """
    if not settings.needs_login:
        return
    if not Accounts(store).are_there():
        reason = f"{settings.url or settings.host} can be reached by others, but no account exists"
        raise InvalidValue("host", f"{reason}; create one: transcript-editor user add NAME")
    if not (settings.is_encrypted or is_loopback(settings.host)):
        click.echo(
            "Warning: passwords are sent unencrypted. Run the server behind a proxy with https and "
            "set TRANSCRIPT_EDITOR_URL to the proxy's address.",
            err=True,
        )


def add_sample(settings: Settings, store: Store, queue: Queue) -> str:
    """Make the sample project and align it before anything else; gives its id."""
    click.echo("Preparing the sample project ...", err=True)
    files = Path(__file__).parent.parent / "sample"
    transcript_id = add_files(
        settings,
        store,
        queue,
        files / "sample.mp3",
        files / "sample.txt",
        language="en",
        title="Sample: The Lamp Room",
    )
    handlers = handlers_for(settings, store, ModelCache(settings))
    Worker(store, queue, handlers, name="sample").step()
    return transcript_id


def add_files(
    settings: Settings,
    store: Store,
    queue: Queue,
    recording: Path,
    text: Path | None,
    *,
    title: str | None = None,
    model: str | None = None,
    language: str | None = None,
    track: int | None = None,
    is_trusted: bool = False,
) -> str:
    """Add a copy of a recording and its text to the library."""
    return transcripts.create_transcript(
        settings,
        store,
        media_path=recording,
        media_name=recording.name,
        text=text.read_bytes() if text else None,
        text_name=text.name if text else None,
        text_encoding=None,
        title=title,
        model=model or settings.model,
        language=language,
        track=track,
        is_trusted=is_trusted,
        queue=queue,
        is_ours=False,
    )


def _tell_tracks(store: Store, transcript_id: str) -> None:
    row = store.transcript(transcript_id)
    for sentence in media.track_remarks(row.media_name, row.tracks or [], row.track):
        click.echo(sentence, err=True)


@contextmanager
def _library(settings: Settings) -> Iterator[tuple[Store, Queue]]:
    """Open the library for this server alone; report the state after an abrupt end."""
    with only_server(settings) as was_cut_off:
        store = open_store(settings.database_url)
        queue = open_queue(settings)
        try:
            require_accounts(settings, store)
            if was_cut_off:
                click.echo(found_after_cut_off(settings, store), err=True)
            yield store, queue
        finally:
            queue.close()
            store.close()


def _serve(settings: Settings, store: Store, queue: Queue, *, page: str = "") -> None:
    environ: dict[str, Any] = {"TRANSCRIPT_EDITOR_DATA": str(settings.data_dir)}
    os.environ.update(environ)
    helper = WorkerProcess(WORKER, is_hung=lambda: store.has_late_lease(LATE_MS))
    helper.start()
    try:
        serve(
            create_app(Services(settings, store, Accounts(store), queue)),
            settings,
            on_ready=lambda address: click.echo(f"Transcript Editor is at {address}{page}"),
        )
    finally:
        helper.stop()
