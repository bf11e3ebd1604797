"""Commands that put the library or a project into one file, and take it out again."""

from __future__ import annotations

from pathlib import Path

import click

from editor.cli.facts import AS_JSON, tell_facts, tell_rows
from editor.cli.group import cli, settings_now
from editor.cli.terminal import OUTPUT, SEEKABLE
from editor.library import backup as backup_files
from editor.library import project_file
from editor.store import open_store

_OUTPUT = click.option("-o", "--output", type=OUTPUT, required=True, help="File to write.")


@cli.command()
@_OUTPUT
@AS_JSON
def backup(output: Path, as_json: bool) -> None:
    """Write the whole library to one file.

    The library can be in use meanwhile.
    """
    count = backup_files.back_up(settings_now(), output, on_file=_tell)
    size_bytes = output.stat().st_size
    facts = {"file": str(output), "media_files": count, "size_bytes": size_bytes}
    sentence = f"{output}: the database and {count} media files, {size_bytes / 1e6:.1f} MB"
    tell_facts(facts, [sentence], as_json=as_json)


@cli.command()
@click.argument("backup", type=SEEKABLE)
@AS_JSON
def restore(backup: Path, as_json: bool) -> None:
    """Restore a backup into an empty library.

    The data folder, the database and the bucket must be new or empty.
    """
    settings = settings_now()
    held = backup_files.restore(backup, settings, on_file=_tell)
    sentence = (
        f"{settings.data_dir}: {held.transcript_count} transcripts, {held.file_count} media files"
    )
    facts = {
        "folder": str(settings.data_dir),
        "transcripts": held.transcript_count,
        "media_files": held.file_count,
    }
    tell_facts(facts, [sentence], as_json=as_json)


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
@AS_JSON
def unpack(project: Path, as_json: bool) -> None:
    """Add a file written by `pack` to the library.

    Prints the id of the new transcript.
    """
    settings = settings_now()
    store = open_store(settings.database_url)
    try:
        transcript_id = project_file.unpack(settings, store, project)
    finally:
        store.close()
    tell_rows([({"id": transcript_id}, transcript_id)], as_json=as_json)


def _tell(name: str) -> None:
    click.echo(name, err=True)
