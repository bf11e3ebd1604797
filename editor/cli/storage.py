"""The command that shows disk usage and cleans up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import click

from editor.cli.facts import AS_JSON, tell_whole
from editor.cli.group import cli, settings_now
from editor.cli.terminal import Renamed
from editor.library import disk_usage
from editor.storage.disk import ready_to_open
from editor.store import open_store

_TOLD = {
    "copies": "{} copies for browsers; made again when a transcript is opened",
    "work": "{} decoded recordings and exported films, sounds and texts; made again when needed",
    "uploads": "{} abandoned uploads",
    "trash": "{} transcripts in the trash for longer than --days",
    "leftovers": "{} orphaned files and old copies of the database",
    "room": "unused space in the database",
    "fetched": "{} local copies of files in the bucket, left by a worker that was killed",
}


@cli.command("storage")
@click.option("--clean", "is_cleaned", is_flag=True, help="Remove everything listed as removable.")
@click.option(
    "--only",
    "kinds",
    type=click.Choice(disk_usage.KINDS),
    multiple=True,
    default=disk_usage.KINDS,
    help="Only this kind; can be given several times.  [default: all]",
)
@click.option(
    "--days",
    type=click.IntRange(0),
    metavar="N",
    default=disk_usage.DAYS,
    show_default=True,
    help="Days after which transcripts in the trash can be removed.",
)
@click.option(
    "--limit",
    "most",
    cls=Renamed,
    was="--most",
    type=click.IntRange(0),
    metavar="N",
    default=20,
    show_default=True,
    help="Maximum number of transcripts to list.",
)
@AS_JSON
def tell_storage(
    is_cleaned: bool, kinds: Sequence[disk_usage.Kind], days: int, most: int, as_json: bool
) -> None:
    """Show disk usage and what can be removed."""
    settings = settings_now()
    ready_to_open(settings.data_dir)
    store = open_store(settings.database_url)
    try:
        if is_cleaned:
            _tell_kinds(disk_usage.clean(settings, store, kinds, days=days), "removed", err=True)
        found = disk_usage.look(settings, store, days=days)
    finally:
        store.close()
    if as_json:
        tell_whole({**asdict(found), "total_bytes": found.total_bytes})
        return
    _tell_parts(found)
    for one in found.transcripts[:most]:
        trash = "  (trash)" if one.in_trash else ""
        click.echo(f"{_mb(one.total_bytes)}  {one.transcript_id}  {one.title}{trash}")
    _tell_kinds([one for one in found.removable if one.kind in kinds], "removable")


def _tell_kinds(removable: Sequence[disk_usage.Removable], verb: str, *, err: bool = False) -> None:
    for kind in disk_usage.KINDS:
        sizes = [one.size_bytes for one in removable if one.kind == kind]
        if sizes:
            told = _TOLD[kind].format(len(sizes))
            click.echo(f"{_mb(sum(sizes))} {verb} ({kind}): {told}", err=err)


def _tell_parts(found: disk_usage.Storage) -> None:
    held = found.transcripts
    parts = {
        "recordings": sum(one.recording_bytes for one in held),
        "copies for browsers": sum(one.copy_bytes for one in held),
        "peaks": sum(one.peaks_bytes for one in held),
        "decoded sound": sum(one.work_bytes for one in held),
        "uploads": found.uploads_bytes,
        "database": found.database_bytes,
        "total": found.total_bytes,
    }
    for name, size_bytes in parts.items():
        click.echo(f"{_mb(size_bytes)}  {name}")


def _mb(size_bytes: int) -> str:
    return f"{size_bytes / 1e6:10.1f} MB"
