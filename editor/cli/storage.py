"""The command that tells what the library takes on its disk, and cleans up."""

from __future__ import annotations

from collections.abc import Sequence

import click

from editor.cli.terminal import cli, settings_now
from editor.library import disk_usage
from editor.storage.disk import ready_to_open
from editor.store import open_store

_TOLD = {
    "copies": "copies for browsers, made again when a transcript is opened",
    "work": "decoded sound, made again when a recording is listened to",
    "uploads": "uploads that were given up",
    "trash": "transcripts that are long in the trash",
    "leftovers": "files that belong to nothing, and old copies of the database",
    "room": "gap that deleted texts left in the database",
    "fetched": "copies here of what lies in the bucket, left by a worker that was killed",
}


@cli.command("storage")
@click.option("--clean", "is_cleaned", is_flag=True, help="Remove what can go.")
@click.option(
    "--only",
    "kinds",
    type=click.Choice(disk_usage.KINDS),
    multiple=True,
    default=disk_usage.KINDS,
    help="Of this kind alone; may be given more than once.",
)
@click.option("--days", type=click.IntRange(0), default=disk_usage.DAYS, show_default=True)
@click.option("--most", type=click.IntRange(0), default=20, help="So many transcripts are listed.")
def tell_storage(is_cleaned: bool, kinds: Sequence[disk_usage.Kind], days: int, most: int) -> None:
    """Tell what the library takes and what can go: of the trash what is there for --days."""
    settings = settings_now()
    ready_to_open(settings.data_dir)
    store = open_store(settings.database_url)
    try:
        if is_cleaned:
            _tell_kinds(disk_usage.clean(settings, store, kinds, days=days), "went", err=True)
        found = disk_usage.look(settings, store, days=days)
    finally:
        store.close()
    _tell_parts(found)
    for one in found.transcripts[:most]:
        trash = "  (trash)" if one.in_trash else ""
        click.echo(f"{_mb(one.total_bytes)}  {one.transcript_id}  {one.title}{trash}")
    _tell_kinds([one for one in found.removable if one.kind in kinds], "can go")


def _tell_kinds(removable: Sequence[disk_usage.Removable], verb: str, *, err: bool = False) -> None:
    for kind in disk_usage.KINDS:
        sizes = [one.size_bytes for one in removable if one.kind == kind]
        if sizes:
            click.echo(f"{_mb(sum(sizes))} {verb} ({kind}): {len(sizes)} {_TOLD[kind]}", err=err)


def _tell_parts(found: disk_usage.Storage) -> None:
    held = found.transcripts
    parts = {
        "recordings": sum(one.recording_bytes for one in held),
        "copies for browsers": sum(one.copy_bytes for one in held),
        "peaks": sum(one.peaks_bytes for one in held),
        "decoded sound": sum(one.work_bytes for one in held),
        "uploads": found.uploads_bytes,
        "database": found.database_bytes,
        "in all": found.total_bytes,
    }
    for name, size_bytes in parts.items():
        click.echo(f"{_mb(size_bytes)}  {name}")


def _mb(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:10.1f} MB"
