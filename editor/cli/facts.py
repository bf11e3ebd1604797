"""What commands report, in one way: sentences for people, JSON for scripts (`--json`).

Keys have their units (`_ms`, `_bytes`). An error is a sentence on stderr in either case, with exit
code 2 and nothing on stdout: a script looks at the code first.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import click

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Write what is reported as JSON.")
ROWS_AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Write one object of JSON a line."
)


def json_option(name: str) -> Callable[[Any], Any]:
    """`--json`, which says the same as `--format json` where the format is called `name`."""
    return click.option("--json", name, flag_value="json", help="The same as --format json.")


def tell_facts(facts: Mapping[str, object], sentences: Iterable[str], *, as_json: bool) -> None:
    """What a command did: one object of JSON a line on stdout, or sentences on stderr."""
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    for sentence in sentences:
        click.echo(sentence, err=True)


def tell_rows(rows: Iterable[tuple[Mapping[str, object], str]], *, as_json: bool) -> None:
    """What a command lists, each as an object of JSON or as a line; on stdout."""
    for facts, line in rows:
        click.echo(json.dumps(facts, ensure_ascii=False) if as_json else line)


def tell_whole(facts: object) -> None:
    """What a command lists as one value of JSON; on stdout."""
    click.echo(json.dumps(facts, ensure_ascii=False, indent=1))


def needs_output(output: object, *, as_json: bool) -> None:
    """See that the result itself does not go to stdout, where the facts are written."""
    if as_json and output is None:
        raise click.UsageError("--json needs -o FILE for the result.")
