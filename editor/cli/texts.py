"""Commands on a text or captions alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

import click

from editor import captions, formats
from editor.captions import Violation
from editor.cli.facts import AS_JSON, json_option, needs_output, tell_facts
from editor.cli.film_options import COLOURS, DRAWN, INTO
from editor.cli.group import cli
from editor.cli.languages import language_option
from editor.cli.presets import preset_option
from editor.cli.terminal import (
    FORMAT,
    KIND,
    OFFSET,
    OUTPUT,
    OUTPUT_HELP,
    READABLE,
    SEEKABLE,
    Renamed,
    choices_options,
    format_name_for,
    formats_by_purpose,
    tell,
    write,
)
from editor.errors import InvalidValue, counted
from editor.formats.exports import Options, lint_file, transcript_of
from editor.formats.exports import convert as convert_file
from editor.formats.sandbox import read_apart, reworded_apart
from editor.library.autofix import fixed
from editor.review import Correction, Patience, corrected
from editor.timecode import timestamp_from_ms

#: The longest that a search of a whole file may take.
_MOST_SEARCH_S = 30.0
ENCODING = click.option(
    "--encoding", default=None, help="Encoding of TEXT, e.g. cp1252.  [default: detected]"
)


@cli.command()
@click.argument("text", type=READABLE)
@click.argument("old")
@click.argument("new")
@click.option(
    "--regex", is_flag=True, help="OLD is a regular expression; NEW can refer to its groups."
)
@click.option(
    "--whole-word", "word", cls=Renamed, was="--word", is_flag=True, help="Match whole words only."
)
@click.option(
    "--ignore-case",
    "any_case",
    cls=Renamed,
    was="--any-case",
    is_flag=True,
    help="Ignore case; NEW takes the case of what it replaces.",
)
@click.option(
    "--similar", is_flag=True, help="Also match other spellings and words that sound alike."
)
@click.option("--dry-run", is_flag=True, help="Only show the lines that would change.")
@click.option("-o", "--output", type=OUTPUT, help=OUTPUT_HELP)
@AS_JSON
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
    as_json: bool,
) -> None:
    """Replace OLD with NEW in TEXT.

    TEXT is plain text, SRT or WebVTT. It is searched line by line; times and tags stay.
    """
    needs_output(output, as_json=as_json and not dry_run)
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
    if not (dry_run and as_json):
        write(written, output)
    facts = {"replacements": count, "lines": shown}
    tell_facts(facts, [counted(count, "replacement")], as_json=as_json)


@cli.command(epilog=formats_by_purpose())
@click.argument("text", type=READABLE)
@click.option(
    "--format",
    "format_name",
    type=FORMAT,
    metavar="FORMAT",
    help="Format to write, see below.  [default: from the file name, else srt]",
)
@preset_option(None)
@OFFSET
@choices_options
@ENCODING
@KIND
@click.option(
    "--recording",
    type=SEEKABLE,
    metavar="FILE",
    help="Recording that a web page or a file of markers refers to by its name.",
)
@INTO
@DRAWN
@COLOURS
@click.option("-o", "--output", type=OUTPUT, help=OUTPUT_HELP)
def convert(
    text: Path,
    format_name: str | None,
    rules: captions.Rules | None,
    offset: int,
    encoding: str | None,
    kind: str | None,
    choices: formats.Choices,
    recording: Path | None,
    film: Path | None,
    is_drawn: bool,
    has_colours: bool,
    output: Path | None,
) -> None:
    """Convert TEXT, a file with times, to another format.

    Captions keep their times, lines, styles and positions, unless --preset makes new ones.
    """
    data = text.read_bytes()
    if film or is_drawn or has_colours:
        # Libraries of their own to import, more than all else that the command needs.
        from editor.cli.films import look_asked, put_into_film
        from editor.library.into_film import put_into

        look = look_asked(film, is_drawn=is_drawn, has_colours=has_colours)
        read = read_apart(data, text.name, encoding=encoding, kind=kind)
        tell(text, read.problems)
        options = Options(rules or captions.PRESETS["lines"], offset, choices=choices)
        put = partial(put_into, transcript_of(read, text.name)[0])
        assert film is not None
        put_into_film(put, film, output, format_name, options, look)
        return
    converted = convert_file(
        data,
        text.name,
        format_name=format_name_for(format_name, output, "srt"),
        options=Options(
            rules or captions.PRESETS["lines"],
            offset,
            keeps_captions=rules is None,
            choices=choices,
            recording_name=recording.name if recording else "",
        ),
        encoding=encoding,
        kind=kind,
    )
    click.echo(f"{text}: {converted.recognised}", err=True)
    tell(text, converted.problems)
    if converted.lost:
        click.echo(f"{text}: {converted.lost}", err=True)
    write(converted.data, output)


@cli.command()
@click.argument("text", type=READABLE)
@preset_option("netflix")
@ENCODING
@KIND
@language_option("[default: en]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Format of the list.",
)
@json_option("form")
@click.option(
    "--shot-changes",
    "shots_path",
    type=SEEKABLE,
    metavar="FILE",
    help="Film, or a list as `shots` writes it: warn of captions that end near a shot change.",
)
@click.option("--fix", is_flag=True, help="Fix what can be fixed and write the captions.")
@click.option("-o", "--output", type=OUTPUT, help="With --fix: " + OUTPUT_HELP)
def lint(
    text: Path,
    rules: captions.Rules,
    encoding: str | None,
    kind: str | None,
    language: str | None,
    form: str,
    shots_path: Path | None,
    fix: bool,
    output: Path | None,
) -> None:
    """Check the captions in TEXT against the rules of a preset.

    The exit code is 1 if any rule is broken.
    """
    data = text.read_bytes()
    shots_ms: tuple[int, ...] = ()
    if shots_path:
        # Libraries of its own to import.
        from editor.cli.shots import shots_from

        if not rules.shot_ms:
            raise InvalidValue("preset", f"{rules.name} has no shot_ms; netflix has, for example")
        shots_ms = tuple(shots_from(shots_path))
    if fix:
        read = read_apart(data, text.name, encoding=encoding, kind=kind)
        name = format_name_for(None, output, read.format)
        options = Options(rules, language=language, shots_ms=shots_ms)
        converted = fixed(
            data, text.name, format_name=name, options=options, encoding=encoding, kind=kind
        )
        if converted.lost:
            click.echo(f"{text}: {converted.lost}", err=True)
        write(converted.data, output)
        data, text, encoding, kind = converted.data, output or text, None, name
    found, problems = lint_file(
        data,
        text.name,
        rules,
        encoding=encoding,
        kind=kind,
        language=language,
        shots_ms=shots_ms,
    )
    tell(text, problems)
    for line in violation_lines(found, as_json=form == "json"):
        click.echo(line, err=fix and output is None)
    errors = sum(violation.severity == "error" for violation in found)
    click.echo(f"{counted(errors, 'error')}, {counted(len(found) - errors, 'warning')}", err=True)
    sys.exit(1 if errors or problems else 0)


def violation_lines(found: Sequence[Violation], *, as_json: bool) -> Iterator[str]:
    """Violations for a person, one per line, or all as one line of JSON."""
    if as_json:
        yield json.dumps([asdict(violation) for violation in found], ensure_ascii=False)
        return
    for each in found:
        place = f"{each.cue + 1} {timestamp_from_ms(each.start_ms)}"
        fix = f"; {each.fix}" if each.fix else "; cannot be fixed with these word times"
        yield f"{place} {each.severity} {each.rule}: {each.message}{fix}"
