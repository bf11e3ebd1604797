"""Commands for servers beyond one machine: moving the data there, and examples."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from editor.cli.terminal import cli, settings_now
from editor.config import DATABASES, checked_address
from editor.errors import InvalidValue
from editor.library.backup import media_names
from editor.storage.media_files import LocalFiles, files_of
from editor.store import move_database

_EXAMPLES = {"compose": "compose.yaml", "systemd": "systemd.txt"}


@cli.command("move")
@click.argument("database_url")
@click.option("--files", "files_url", default="", help="A bucket for the recordings, s3://...")
def move_library(database_url: str, files_url: str) -> None:
    """Copy the library into the empty database DATABASE_URL; stop the server first.

    What is here stays. Afterwards set TRANSCRIPT_EDITOR_DATABASE_URL and _FILES_URL to the new
    places.
    """
    settings = settings_now()
    checked_address("database_url", database_url, DATABASES)
    checked_address("files", files_url, {"s3"})
    if database_url == settings.database_url:
        raise InvalidValue("database_url", "this is where the library is")
    if files_url:
        _copy_files(settings.data_dir, files_url)
    for table, count in move_database(settings.database_url, database_url).items():
        click.echo(f"{table:16} {count:8} rows", err=True)


@cli.command()
@click.argument("name", type=click.Choice(list(_EXAMPLES)))
def example(name: str) -> None:
    """Print an example: a compose file, or systemd's units and their settings."""
    text = (Path(__file__).parent.parent / "deploy" / _EXAMPLES[name]).read_text("utf-8")
    click.echo(text, nl=False)


def _copy_files(data_dir: Path, files_url: str) -> None:
    files = files_of(replace(settings_now(), files_url=files_url))
    names = list(media_names(LocalFiles(data_dir)))
    for name in names:
        files.keep(name)
    click.echo(f"{len(names)} files copied", err=True)
