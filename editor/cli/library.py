"""Commands on the library: open, serve, export, and the worker."""

from __future__ import annotations

import logging
import os
import shutil
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

import click

from editor import captions, formats, media, models, pipeline
from editor.cli.presets import preset_option
from editor.cli.terminal import EXISTING, OFFSET, cli, format_name_for, settings_now, write
from editor.cli.wiring import TRANSCRIBE, services_for, start_job, transcriber
from editor.config import Settings
from editor.export import ORIGINAL, Options, zipped
from editor.jobs import Queue, Worker, WorkerProcess, run_worker, stop_with_parent
from editor.store import Store, open_store
from editor.web import create_app, serve


@cli.command()
@click.argument("transcript_id", required=False)
@click.option(
    "--all", "is_all", is_flag=True, help="All transcripts, into the folder or .zip of -o."
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice([ORIGINAL, *formats.WRITABLE]),
    help="original: your own file, corrected.  [default: by the name's ending, srt]",
)
@preset_option("lines")
@OFFSET
@click.option("--retimed", is_flag=True, help="Give your own file the words' times, too.")
@click.option("-o", "--output", type=EXISTING, help="[default: standard output]")
def export(
    transcript_id: str | None,
    is_all: bool,
    format_name: str | None,
    rules: captions.Rules,
    offset: int,
    retimed: bool,
    output: Path | None,
) -> None:
    """Write a transcript of the library as a file; its id is in the page's address."""
    if is_all == (transcript_id is not None):
        raise click.UsageError("Give an ID or --all.")
    options = Options(rules, offset, retimed)
    store = open_store(settings_now().database_url)
    try:
        if transcript_id is None:
            _export_all(store, format_name or "srt", options, output)
        else:
            name = format_name_for(format_name, output, "srt")
            exported = pipeline.export_file(store, transcript_id, format_name=name, options=options)
            write(exported.data, output)
    finally:
        store.close()


def _export_all(store: Store, format_name: str, options: Options, output: Path | None) -> None:
    """Write the whole library into a folder or a zip; exit code 1 where something is left out."""
    if output is None:
        raise click.UsageError("--all needs -o FOLDER or -o FILE.zip.")
    ids = [row.id for row in store.list_transcripts()]
    batch = pipeline.export_several(store, ids, format_name=format_name, options=options)
    if output.suffix.lower() == ".zip":
        write(zipped(batch), output)
    else:
        output.mkdir(parents=True, exist_ok=True)
        for name, data in batch.files:
            write(data, output / name)
    for title, reason in batch.refused:
        click.echo(f"{title}: {reason}", err=True)
    click.echo(f"{len(batch.files)} files", err=True)
    if batch.refused:
        sys.exit(1)


@cli.command("open")
@click.argument("recording", type=EXISTING)
@click.argument("text", type=EXISTING, required=False)
@click.option("--model", default=None, help="[default: base]")
@click.option("--language", default=None, help="Its code, such as en; found out if not given.")
def open_files(recording: Path, text: Path | None, model: str | None, language: str | None) -> None:
    """Put RECORDING and TEXT into the library and start the editor with them."""
    settings = settings_now()
    store = open_store(settings.database_url)
    queue = Queue(settings.data_dir / "queue.db")
    transcript_id = add_files(settings, store, recording, text, model or settings.model, language)
    start_job(store, queue, transcript_id, model or settings.model, language)
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
    settings = settings_now()
    store = open_store(settings.database_url)
    stopping = threading.Event()
    stop_with_parent(stopping)

    queue = Queue(settings.data_dir / "queue.db")
    handlers = {TRANSCRIBE: transcriber(settings, store)}
    run_worker(store, queue, handlers, data_dir=settings.data_dir, stopping=stopping)


@cli.command("models")
def list_models() -> None:
    """List the models, their sizes, and which are on this computer."""
    for choice in models.model_choices(settings_now().models_dir):
        where = choice.available or "to download"
        click.echo(f"{choice.name:16} {choice.download_bytes / 1e6:7.0f} MB  {where}")


def add_sample(settings: Settings, store: Store, queue: Queue) -> str:
    """Make the sample project and align it before anything else; gives its id."""
    click.echo("Preparing the sample project ...", err=True)
    files = Path(__file__).parent.parent / "sample"
    transcript_id = add_files(
        settings, store, files / "sample.mp3", files / "sample.txt", settings.model, "en"
    )
    store.update_transcript(transcript_id, title="Sample: The Lamp Room")
    start_job(store, queue, transcript_id, settings.model, "en")
    Worker(store, queue, {TRANSCRIBE: transcriber(settings, store)}, name="sample").step()
    return transcript_id


def add_files(
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
