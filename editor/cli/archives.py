"""Commands that put the library or a project into one file, and take it out again."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.group import cli, settings_now
from editor.cli.terminal import OUTPUT, SEEKABLE
from editor.library import backup as backup_files
from editor.library import project_file
from editor.store import open_store

_OUTPUT = click.option("-o", "--output", type=OUTPUT, required=True, help="File to write.")


@cli.command()
@_OUTPUT
def backup(output: Path) -> None:
    """Write the whole library to one file.

    The library can be in use meanwhile.
    """
    count = backup_files.back_up(settings_now(), output, on_file=_tell)
    size_mb = output.stat().st_size / 1e6
    click.echo(f"{output}: the database and {count} media files, {size_mb:.1f} MB", err=True)


@cli.command()
@click.argument("backup", type=SEEKABLE)
def restore(backup: Path) -> None:
    """Restore a backup into an empty library.

    The data folder, the database and the bucket must be new or empty.
    """
    settings = settings_now()
    held = backup_files.restore(backup, settings, on_file=_tell)
    click.echo(
        f"{settings.data_dir}: {held.transcript_count} transcripts, {held.file_count} media files",
        err=True,
    )


@cli.command()
@click.argument("transcript_id")
@_OUTPUT
def pack(transcript_id: str, output: Path) -> None:
    """Write one transcript with its recording to a file.

    The file holds the recording, the text, the recognised words and the history.
    """
    settings = settings_now()
    store = open_store(settings.database_url)
    try:
        project_file.pack(settings, store, transcript_id, output)
    finally:
        store.close()


@cli.command()
@click.argument("project", type=SEEKABLE)
def unpack(project: Path) -> None:
    """Add a file written by `pack` to the library.

    Prints the id of the new transcript.
    """
    settings = settings_now()
    store = open_store(settings.database_url)
    try:
        click.echo(project_file.unpack(settings, store, project))
    finally:
        store.close()


def _tell(name: str) -> None:
    click.echo(name, err=True)
