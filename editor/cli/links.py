"""Commands on links by which people without an account read a transcript."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from editor.cli.facts import ROWS_AS_JSON, tell_rows
from editor.cli.group import cli, opened_library, settings_now
from editor.cli.pseudonyms import lines_of
from editor.cli.terminal import READABLE
from editor.config import Settings, is_loopback
from editor.errors import counted
from editor.library import shared_links
from editor.store import SharedLink


@cli.group()
def links() -> None:
    """Share transcripts by link with people without an account."""


@links.command("add")
@click.argument("transcript_id")
@click.option(
    "--for",
    "lasts",
    type=click.Choice(shared_links.LASTING),
    default="week",
    show_default=True,
    help="How long the link lasts; never: until it is deleted.",
)
@click.option("--without-sound", is_flag=True, help="Share the text alone.")
@click.option(
    "--pseudonyms",
    type=READABLE,
    metavar="FILE",
    help="Replace the names in FILE, a line each: Name, Other name = Pseudonym. Shares the text"
    " alone, since the names are said in the recording.",
)
def add_link(
    transcript_id: str,
    lasts: shared_links.Lasting,
    without_sound: bool,
    pseudonyms: Path | None,
) -> None:
    """Write the address of a new link to a transcript; it is not kept, and not shown again.

    Whoever has it reads the transcript as it stands while the editor runs, and can do nothing else.
    """
    settings = settings_now()
    with opened_library() as store:
        _, path = shared_links.make(
            store,
            transcript_id,
            lasts=lasts,
            has_sound=not without_sound and pseudonyms is None,
            pseudonyms=lines_of(pseudonyms) if pseudonyms else (),
        )
    click.echo(_base(settings) + path)
    if not settings.url and is_loopback(settings.host):
        click.echo("Only this computer reaches the editor, so the link works only here.", err=True)


@links.command("list")
@click.argument("transcript_id", required=False)
@ROWS_AS_JSON
def list_links(transcript_id: str | None, as_json: bool) -> None:
    """List links to one transcript or to all: ID, end, how often opened, what is shared."""
    with opened_library() as store:
        if transcript_id is not None:
            store.transcript(transcript_id)
        found = [
            (link, store.transcript(link.transcript_id).title)
            for link in store.shared_links(transcript_id)
        ]
    tell_rows(((_told(*one), _line(*one)) for one in found), as_json=as_json)


@links.command("delete")
@click.argument("link_ids", metavar="LINK...", nargs=-1, required=True)
def delete_links(link_ids: Sequence[str]) -> None:
    """Let links lead nowhere from now on, by their IDs in `links list`."""
    with opened_library() as store:
        for link_id in link_ids:
            store.remove_shared_link(link_id)


def _base(settings: Settings) -> str:
    if settings.url:
        return settings.url
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{settings.port}"


def _told(link: SharedLink, title: str) -> dict[str, object]:
    return {**shared_links.told(link), "transcript_id": link.transcript_id, "title": title}


def _line(link: SharedLink, title: str) -> str:
    ends = "never ends" if link.ends_ms is None else f"until {_day(link.ends_ms)}"
    what = "with sound" if link.has_sound else "text only"
    opened = counted(link.opened_count, "opening")
    return f"{link.id}  {ends:16}  {opened:12}  {what:10}  {title}"


def _day(moment_ms: int) -> str:
    return datetime.fromtimestamp(moment_ms / 1000, UTC).date().isoformat()
