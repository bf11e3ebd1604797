"""Commands for running on servers: move the library there, print example settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from editor.cli.group import cli, settings_now
from editor.config import DATABASES, checked_address
from editor.errors import InvalidValue, counted
from editor.library.backup import media_names
from editor.storage.media_files import LocalFiles, files_of
from editor.store import move_database

_EXAMPLES = {"compose": "compose.yaml", "dockerfile": "Dockerfile", "systemd": "systemd.txt"}


@cli.command("move")
@click.argument("database_url")
@click.option("--files", "files_url", default="", help="Bucket for the recordings, s3://...")
def move_library(database_url: str, files_url: str) -> None:
    """Copy the library to another database.

    DATABASE_URL must be empty. Stop the server first. The library here stays as it is; to use
    the new one, set TRANSCRIPT_EDITOR_DATABASE_URL and TRANSCRIPT_EDITOR_FILES_URL.
    """
    settings = settings_now()
    checked_address("database_url", database_url, DATABASES)
    checked_address("files", files_url, {"s3"})
    if database_url == settings.database_url:
        raise InvalidValue("database_url", "the library already is in this database")
    if files_url:
        _copy_files(settings.data_dir, files_url)
    for table, count in move_database(settings.database_url, database_url).items():
        click.echo(f"{table:16} {count:8} rows", err=True)


@cli.command()
@click.argument("name", type=click.Choice(list(_EXAMPLES)))
def example(name: str) -> None:
    """Print example files for Docker, Docker Compose or systemd."""
    text = (Path(__file__).parent.parent / "deploy" / _EXAMPLES[name]).read_text("utf-8")
    click.echo(text, nl=False)


def _copy_files(data_dir: Path, files_url: str) -> None:
    files = files_of(replace(settings_now(), files_url=files_url))
    names = list(media_names(LocalFiles(data_dir)))
    for name in names:
        files.keep(name)
    click.echo(f"{counted(len(names), 'file')} copied", err=True)
