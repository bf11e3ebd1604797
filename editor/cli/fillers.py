"""The command that lists the fillers of a transcript and strikes them out."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import click

from editor.cli.facts import ROWS_AS_JSON, tell_rows
from editor.cli.group import cli, opened_library
from editor.library.clips import transcript_of
from editor.library.fillers import fillers_of, strike_fillers
from editor.timecode import clock_from_ms


@cli.command()
@click.argument("transcript_id")
@click.option("--strike", is_flag=True, help="Strike them out, as one step that can be undone.")
@click.option(
    "--include-likely",
    is_flag=True,
    help='Also words that often mean something, such as "like" or "you know".',
)
@ROWS_AS_JSON
def fillers(transcript_id: str, strike: bool, include_likely: bool, as_json: bool) -> None:
    """List the filler words of a transcript, or strike them out.

    They are found by its language. Struck out, they stay in the text; exports and `cut` leave
    them out.
    """
    with opened_library() as store:
        row = transcript_of(store, transcript_id)
        found = [one for one in fillers_of(store, row.id) if one.is_sure or include_likely]
        if strike:
            strike_fillers(store, row.id, found)
    tell_rows(
        (
            (
                asdict(one),
                f"{clock_from_ms(one.start_ms):>8}  "
                + f"{one.before} [{one.written}] {one.after}".strip(),
            )
            for one in found
        ),
        as_json=as_json,
    )
    counts = Counter(one.text for one in found).most_common()
    told = ", ".join(f"{text} {count}" for text, count in counts) or "none"
    click.echo(f"{'Struck out' if strike else 'Found'}: {told}", err=True)
