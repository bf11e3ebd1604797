"""Commands for running on servers: move the library there, print example settings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from editor.cli.facts import AS_JSON, tell_facts
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
@AS_JSON
def move_library(database_url: str, files_url: str, as_json: bool) -> None:
    """Copy the library to another database.

    DATABASE_URL must be empty. Stop the server first. The library here stays as it is; to use
    the new one, set TRANSCRIPT_EDITOR_DATABASE_URL and TRANSCRIPT_EDITOR_FILES_URL.
    """
    settings = settings_now()
    checked_address("database_url", database_url, DATABASES)
    checked_address("files", files_url, {"s3"})
    if database_url == settings.database_url:
        raise InvalidValue("database_url", "the library already is in this database")
    file_count = _copy_files(settings.data_dir, files_url) if files_url else 0
    rows = move_database(settings.database_url, database_url)
    sentences = [
        *([f"{counted(file_count, 'file')} copied"] if files_url else []),
        *(f"{table:16} {count:8} rows" for table, count in rows.items()),
    ]
    tell_facts({"files": file_count, "rows": dict(rows)}, sentences, as_json=as_json)


@cli.command()
@click.argument("name", type=click.Choice(list(_EXAMPLES)))
def example(name: str) -> None:
    """Print example files for Docker, Docker Compose or systemd."""
    text = (Path(__file__).parent.parent / "deploy" / _EXAMPLES[name]).read_text("utf-8")
    click.echo(text, nl=False)


def _copy_files(data_dir: Path, files_url: str) -> int:
    files = files_of(replace(settings_now(), files_url=files_url))
    names = list(media_names(LocalFiles(data_dir)))
    for name in names:
        files.keep(name)
    return len(names)
