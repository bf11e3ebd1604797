"""The command that writes transcripts of the library to files."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import click

from editor import captions, formats
from editor.cli.film_options import COLOURS, DRAWN, INTO
from editor.cli.films import look_asked, put_into_film
from editor.cli.group import cli, opened_library, settings_now
from editor.cli.presets import preset_option
from editor.cli.pseudonyms import PSEUDONYMS
from editor.cli.terminal import (
    OFFSET,
    OUTPUT_HELP,
    Output,
    Renamed,
    choices_options,
    format_name_for,
    formats_by_purpose,
    write,
)
from editor.edits.pseudonyms import Pseudonyms
from editor.errors import InvalidValue, counted
from editor.formats.bundles import Batch, NamedFile, Refused, zipped
from editor.formats.exports import ORIGINAL, Options
from editor.library import export as exports
from editor.library import into_film
from editor.store import Store


@cli.command(epilog=formats_by_purpose())
@click.argument("transcript_id", required=False)
@click.option(
    "--all",
    "is_all",
    is_flag=True,
    help="Export all transcripts to the folder or .zip given by -o.",
)
@click.option(
    "--format",
    "format_name",
    type=click.Choice([ORIGINAL, *formats.WRITABLE]),
    metavar="FORMAT",
    help="See below; original is your own file, corrected."
    "  [default: from the file name, else srt]",
)
@preset_option("lines")
@OFFSET
@choices_options
@click.option(
    "--with-new-times",
    "retimed",
    cls=Renamed,
    was="--retimed",
    is_flag=True,
    help="In your own file, replace the times with those of the aligned words.",
)
@click.option(
    "--fix-drift",
    "mended",
    cls=Renamed,
    was="--mended",
    is_flag=True,
    help="In your own file, correct a constant delay and drift.",
)
@click.option(
    "--leave-out-unsaid",
    is_flag=True,
    help="No captions of lines that the recording does not say.",
)
@click.option(
    "--with-struck", is_flag=True, help="Keep words that were struck out, which are left out else."
)
@click.option(
    "--embed", is_flag=True, help="Put the recording into the web page (html), up to 64 MB."
)
@PSEUDONYMS
@INTO
@DRAWN
@COLOURS
@click.option("-o", "--output", type=Output(dir_okay=True), help=OUTPUT_HELP)
def export(
    transcript_id: str | None,
    is_all: bool,
    format_name: str | None,
    rules: captions.Rules,
    offset: int,
    retimed: bool,
    mended: bool,
    choices: formats.Choices,
    leave_out_unsaid: bool,
    with_struck: bool,
    embed: bool,
    pseudonyms: Pseudonyms | None,
    film: Path | None,
    is_drawn: bool,
    has_colours: bool,
    output: Path | None,
) -> None:
    """Export a transcript of the library.

    TRANSCRIPT_ID is in the address of its page, after /t/.
    """
    if is_all == (transcript_id is not None):
        raise click.UsageError("Give either a transcript's ID or --all.")
    options = Options(
        rules,
        offset,
        retimed,
        mended,
        choices=choices,
        has_unsaid=not leave_out_unsaid,
        has_struck=with_struck,
        pseudonyms=pseudonyms,
    )
    if pseudonyms and embed:
        raise click.UsageError("--embed puts in the recording, in which names are said.")
    for name, given in (("into", film), ("embed", embed), ("pseudonyms", pseudonyms)):
        if is_all and given:
            raise click.UsageError(f"--{name} takes one transcript's ID.")
    look = look_asked(film, is_drawn=is_drawn, has_colours=has_colours)
    with opened_library() as store:
        if transcript_id and film:
            put = partial(into_film.export_into, store, transcript_id)
            put_into_film(put, film, output, format_name, options, look)
            _tell_provisional(store, [transcript_id])
        elif transcript_id is None:
            _export_all(store, format_name or "srt", options, output)
        else:
            name = format_name_for(format_name, output, "srt")
            if embed and name == "html":
                recording = exports.recording_of(settings_now(), store, transcript_id)
                options = replace(options, choices=replace(choices, recording=recording))
            exported = exports.export_file(store, transcript_id, format_name=name, options=options)
            write(exported.data, output)
            for each in exported.lost:
                click.echo(f"{name}: {each}", err=True)
            _tell_provisional(store, [transcript_id])
        if transcript_id:
            for each in exports.pseudonyms_report(store, transcript_id, pseudonyms):
                click.echo(each, err=True)


def _export_all(store: Store, format_name: str, options: Options, output: Path | None) -> None:
    """Write the whole library into a folder or a zip; exit code 1 where something is left out."""
    if output is None:
        raise click.UsageError("--all needs -o FOLDER or -o FILE.zip.")
    ids = [row.id for row in store.list_transcripts()]
    counts = Counter[type]()
    batch = _told(
        exports.export_several(store, ids, format_name=format_name, options=options), counts
    )
    if output.suffix.lower() == ".zip":
        write(zipped(batch), output)
    else:
        _into_folder(batch, output, counts)
    _tell_provisional(store, ids)
    click.echo(counted(counts[NamedFile], "file"), err=True)
    if counts[Refused]:
        sys.exit(1)


def _tell_provisional(store: Store, ids: Sequence[str]) -> None:
    """Warn of exported transcripts whose recognition has not finished."""
    for transcript_id in ids:
        sentence = exports.provisional_sentence(store, transcript_id)
        if sentence:
            click.echo(sentence, err=True)


def _into_folder(batch: Batch, folder: Path, counts: Counter[type]) -> None:
    """Write files into a folder; report and count those that cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InvalidValue("output", f"{folder}: {error.strerror}") from error
    for each in batch:
        if isinstance(each, NamedFile):
            try:
                write(each.data, folder / each.name)
            except InvalidValue as error:
                click.echo(f"{each.name}: {error.reason}", err=True)
                counts.update({NamedFile: -1, Refused: 1})


def _told(batch: Batch, counts: Counter[type]) -> Batch:
    """Pass the files on, count them, and report each transcript that is left out."""
    for each in batch:
        counts[type(each)] += 1
        if isinstance(each, Refused):
            click.echo(f"{each.title}: {each.reason}", err=True)
        yield each
