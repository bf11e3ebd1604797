"""The command that lists the transcripts of the library, for people and for scripts."""

from __future__ import annotations

import click

from editor.cli.facts import ROWS_AS_JSON, tell_rows
from editor.cli.group import cli, opened_library
from editor.store import Sought, TranscriptRow
from editor.timecode import clock_from_ms


@cli.command("list")
@click.argument("words", required=False, default="")
@ROWS_AS_JSON
def list_transcripts(words: str, as_json: bool) -> None:
    """List the transcripts of the library.

    The newest first: ID, length, title. With WORDS only those that have them in title or text.
    """
    with opened_library() as store:
        rows = store.list_transcripts(Sought(words))
    tell_rows(((_told(row), _line(row)) for row in rows), as_json=as_json)


def _line(row: TranscriptRow) -> str:
    return f"{row.id}  {clock_from_ms(row.duration_ms or 0):>8}  {row.title}"


def _told(row: TranscriptRow) -> dict[str, object]:
    return {
        "id": row.id,
        "title": row.title,
        "recording": row.media_name,
        "duration_ms": row.duration_ms,
        "language": row.language,
        "is_recognised": row.is_recognised,
        "created_ms": row.created_ms,
        "updated_ms": row.updated_ms,
    }
