"""Commands on a text or captions alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from editor import captions
from editor.captions import Violation
from editor.cli.languages import language_option
from editor.cli.presets import preset_option
from editor.cli.terminal import (
    FORMAT,
    OFFSET,
    OUTPUT,
    READABLE,
    cli,
    format_name_for,
    tell,
    write,
)
from editor.formats.exports import Options, lint_file
from editor.formats.exports import convert as convert_file
from editor.formats.sandbox import read_apart, reworded_apart
from editor.library.autofix import fixed
from editor.review import Correction, Patience, corrected
from editor.timecode import timestamp_from_ms

#: What looking through a whole file may take.
_MOST_SEARCH_S = 30.0


@cli.command()
@click.argument("text", type=READABLE)
@click.argument("old")
@click.argument("new")
@click.option("--regex", is_flag=True, help="OLD is a regular expression; NEW may name its groups.")
@click.option("--word", is_flag=True, help="Not within longer words.")
@click.option("--any-case", is_flag=True, help="Also in other case, which NEW takes over.")
@click.option("--similar", is_flag=True, help="Also other spellings, and what sounds alike.")
@click.option("--dry-run", is_flag=True, help="Only show the lines that would change.")
@click.option("-o", "--output", type=OUTPUT, help="[default: standard output]")
def replace(
    text: Path,
    old: str,
    new: str,
    regex: bool,
    word: bool,
    any_case: bool,
    similar: bool,
    dry_run: bool,
    output: Path | None,
) -> None:
    """Put NEW for OLD in TEXT (plain text, SRT, WebVTT), line by line; times and tags stay."""
    correction = Correction(old, new, regex, word, any_case, similar)
    patience = Patience(_MOST_SEARCH_S)
    shown: list[str] = []
    count = 0

    def change(line: str) -> str:
        nonlocal count
        changed, places = corrected(line, correction, patience)
        count += places
        shown.extend([f"- {line.strip()}", f"+ {changed.strip()}"] if places else [])
        return changed

    written = reworded_apart(text.read_bytes(), text.name, change)
    if dry_run:
        written = "".join(f"{line}\n" for line in shown).encode()
    write(written, output)
    click.echo(f"{count} places", err=True)


@cli.command()
@click.argument("text", type=READABLE)
@click.option("--format", "format_name", type=FORMAT, help="[default: by the name's ending, srt]")
@preset_option(None)
@OFFSET
@click.option("--encoding", default=None, help="Of TEXT, such as cp1252; found out if not given.")
@click.option("-o", "--output", type=OUTPUT, help="[default: standard output]")
def convert(
    text: Path,
    format_name: str | None,
    rules: captions.Rules | None,
    offset: int,
    encoding: str | None,
    output: Path | None,
) -> None:
    """Write TEXT, a file with times, in another format. Needs no recording.

    Captions keep their times, lines, styles and places, unless a preset is to break them anew.
    """
    converted = convert_file(
        text.read_bytes(),
        text.name,
        format_name=format_name_for(format_name, output, "srt"),
        options=Options(rules or captions.PRESETS["lines"], offset, keeps_captions=rules is None),
        encoding=encoding,
    )
    if converted.recognised:
        click.echo(f"{text}: {converted.recognised}", err=True)
    tell(text, converted.problems)
    if converted.lost:
        click.echo(f"{text}: {converted.lost}", err=True)
    write(converted.data, output)


@cli.command()
@click.argument("text", type=READABLE)
@preset_option("netflix")
@click.option("--encoding", default=None, help="Of TEXT, such as cp1252; found out if not given.")
@language_option("[default: en]")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--fix", is_flag=True, help="Write TEXT to -o so that it breaks fewer rules.")
@click.option("-o", "--output", type=OUTPUT, help="[default: standard output]")
def lint(
    text: Path,
    rules: captions.Rules,
    encoding: str | None,
    language: str | None,
    form: str,
    fix: bool,
    output: Path | None,
) -> None:
    """List what in TEXT, a file of captions, breaks a preset; exit code 1 where anything does."""
    data = text.read_bytes()
    if fix:
        read = read_apart(data, text.name, encoding=encoding)
        name = format_name_for(None, output, read.format)
        options = Options(rules, language=language)
        converted = fixed(data, text.name, format_name=name, options=options, encoding=encoding)
        if converted.lost:
            click.echo(f"{text}: {converted.lost}", err=True)
        write(converted.data, output)
        data, text, encoding = converted.data, output or text, None
    found, problems = lint_file(data, text.name, rules, encoding=encoding, language=language)
    tell(text, problems)
    for line in violation_lines(found, as_json=form == "json"):
        click.echo(line, err=fix and output is None)
    errors = sum(violation.severity == "error" for violation in found)
    click.echo(f"{errors} errors, {len(found) - errors} warnings", err=True)
    sys.exit(1 if errors or problems else 0)


def violation_lines(found: Sequence[Violation], *, as_json: bool) -> Iterator[str]:
    """Violations for a person, one a line, or all as one line of JSON."""
    if as_json:
        yield json.dumps([asdict(violation) for violation in found], ensure_ascii=False)
        return
    for each in found:
        place = f"{each.cue + 1} {timestamp_from_ms(each.start_ms)}"
        fix = f"; {each.fix}" if each.fix else "; the words' times leave no way to mend it"
        yield f"{place} {each.severity} {each.rule}: {each.message}{fix}"
