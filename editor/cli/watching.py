"""The command that watches a folder."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import click

from editor import captions, formats
from editor.cli.group import cli
from editor.cli.languages import SPOKEN
from editor.cli.presets import preset_option
from editor.cli.source import GLOSSARY, SPEAKERS, Source, aligned_of
from editor.cli.terminal import FORMAT, MODEL_HELP, READABLE, Model, write
from editor.errors import EditorError, InvalidValue
from editor.formats.exports import Options, publish
from editor.library.watched import Task, Watched
from editor.library.webhook import NotDelivered, Webhook

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@cli.command()
@click.argument("folder", type=_FOLDER)
@click.option("--into", "out", type=_FOLDER, help="Folder for the results.  [default: FOLDER]")
@click.option(
    "--format",
    "format_names",
    type=FORMAT,
    metavar="FORMAT",
    multiple=True,
    default=["vtt"],
    help="Format to write; give it again for several.  [default: vtt]",
)
@click.option("--model", type=Model(), default=None, help=MODEL_HELP)
@SPOKEN
@GLOSSARY
@SPEAKERS
@preset_option("lines")
@click.option(
    "--every",
    "every_s",
    type=click.FloatRange(0.1),
    metavar="SECONDS",
    default=10.0,
    show_default=True,
    help="How often to look. A file is used once it has stayed the same between two looks.",
)
@click.option("--once", is_flag=True, help="Do what is there, and end; for cron and scripts.")
@click.option("--webhook", metavar="URL", help="Tell this address of each result, as JSON.")
@click.option(
    "--webhook-secret",
    "secret_path",
    type=READABLE,
    metavar="FILE",
    help="File with the secret that signs what is sent.",
)
def watch(
    folder: Path,
    out: Path | None,
    format_names: Sequence[str],
    model: str | None,
    language: str | None,
    glossary: Path | None,
    finds_speakers: bool,
    rules: captions.Rules,
    every_s: float,
    once: bool,
    webhook: str | None,
    secret_path: Path | None,
) -> None:
    """Transcribe or align each recording that comes into FOLDER.

    It is aligned if its text lies beside it under the same name: talk.mp3, talk.txt. A recording
    whose results exist is done; delete them to have it done again. Ctrl+C ends.
    """
    secret = secret_path.read_bytes().strip() if secret_path else b""
    if secret_path and not secret:
        raise InvalidValue("webhook-secret", f"{secret_path} is empty")
    hook = Webhook(webhook, secret) if webhook else None
    # A list that cannot be read is told at once, not with the first recording.
    _ = Source(folder, None, model, language, glossary).terms
    names = {formats.FORMATS[name].suffixes[0]: name for name in format_names}
    watched = Watched(folder, out or folder, list(names))
    while True:
        try:
            tasks, sentences = watched.look(is_settled=once)
        except OSError as error:
            raise InvalidValue("folder", f"{folder}: {error.strerror}") from error
        for sentence in sentences:
            click.echo(sentence, err=True)
        are_done = True
        for task in tasks:
            source = Source(
                task.recording,
                task.text,
                model,
                language,
                glossary,
                finds_speakers=finds_speakers,
            )
            are_done &= _do(task, source, names, Options(rules), watched, hook)
        if once:
            raise SystemExit(0 if are_done and not sentences else 1)
        time.sleep(every_s)


def _do(
    task: Task,
    source: Source,
    names: dict[str, str],
    options: Options,
    watched: Watched,
    hook: Webhook | None,
) -> bool:
    """Write the results of a recording; tell of what cannot be done, and go on."""
    recording = task.recording.name
    try:
        made = aligned_of(source)
        for path in task.missing:
            name = next(names[end] for end in names if path.name == task.recording.stem + end)
            published = publish(name, made.transcript, made.media, made.coverage, options)
            write(published.data, path)
            click.echo(f"{recording}: {path}")
            for each in published.lost:
                click.echo(f"{recording}: {name}: {each}", err=True)
    except InvalidValue as error:
        # A full disk may have room at the next look.
        click.echo(f"{recording}: {error.reason}", err=True)
        return False
    except OSError as error:
        # A text that another program holds, or a file that has gone; it is tried at the next look.
        click.echo(f"{recording}: {error.strerror or error}", err=True)
        return False
    except EditorError as error:
        said = str(error)
        click.echo(said if said.startswith(recording) else f"{recording}: {said}", err=True)
        watched.failed(task.recording)
        return False
    if hook:
        told = {"event": "written", "recording": recording, "files": [p.name for p in task.missing]}
        try:
            hook.send(told)
        except NotDelivered as error:
            click.echo(f"{recording}: {error}", err=True)
            return False
    return True
