"""Commands that start the editor, with a recording, a sample or what the library holds."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from editor import logs, media
from editor.accounts import Accounts
from editor.asr import ModelCache
from editor.cli.group import cli, settings_now
from editor.cli.languages import SPOKEN
from editor.cli.startup import found_after_cut_off, only_server, open_queue
from editor.cli.terminal import MODEL_HELP, READABLE, SEEKABLE, TRACK, Model
from editor.config import Settings, is_loopback
from editor.errors import InvalidValue
from editor.jobs import Queue, Worker, WorkerProcess
from editor.library import transcripts
from editor.library.worker import handlers_for
from editor.sandbox import python
from editor.store import Store, open_store
from editor.web import Services, create_app, serve

#: How the worker is started.
WORKER = python("-m", "editor", "worker")
#: A worker whose lease expired this long ago hangs.
LATE_MS = 10_000


@cli.command("open")
@click.argument("recording", type=SEEKABLE)
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
