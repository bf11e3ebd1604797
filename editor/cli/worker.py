"""The command that runs jobs, and the one that lists the models they can use."""

from __future__ import annotations

import signal
import threading

import click

from editor import logs, weights
from editor.cli.group import cli, settings_now
from editor.cli.startup import open_queue
from editor.cli.terminal import Renamed
from editor.errors import InvalidValue
from editor.jobs import stop_with_parent
from editor.library.worker import run_jobs
from editor.store import open_store


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
