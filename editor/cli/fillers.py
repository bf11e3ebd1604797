"""The command that lists the fillers of a transcript and strikes them out."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict

import click

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
@click.option("--json", "as_json", is_flag=True, help="Write one object of JSON a line.")
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
    for one in found:
        if as_json:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
        else:
            said = f"{one.before} [{one.written}] {one.after}".strip()
            click.echo(f"{clock_from_ms(one.start_ms):>8}  {said}")
    counts = Counter(one.text for one in found).most_common()
    told = ", ".join(f"{text} {count}" for text, count in counts) or "none"
    click.echo(f"{'Struck out' if strike else 'Found'}: {told}", err=True)
