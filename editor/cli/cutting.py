"""The command that cuts struck-out words out of a recording."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from editor import captions, media
from editor.cli.facts import AS_JSON, tell_facts
from editor.cli.group import cli, settings_now
from editor.cli.presets import preset_option
from editor.cli.pseudonyms import PSEUDONYMS
from editor.cli.terminal import OUTPUT, Bar, format_name_for, write
from editor.edits.pseudonyms import Pseudonyms
from editor.formats.exports import Options
from editor.library import export as exports
from editor.library.clips import transcript_of
from editor.library.cuts import cut_sentence, write_cut
from editor.store import open_store


@cli.command()
@click.argument("transcript_id")
@click.option("-o", "--output", type=OUTPUT, required=True, help="MP3 or WAV file to write.")
@click.option(
    "--captions",
    "captions_path",
    type=OUTPUT,
    metavar="FILE",
    help="Also write the captions or text for the copy, with its times, in the format that the"
    " file's name tells.",
)
@preset_option("lines")
@PSEUDONYMS
@AS_JSON
def cut(
    transcript_id: str,
    output: Path,
    captions_path: Path | None,
    rules: captions.Rules,
    pseudonyms: Pseudonyms | None,
    as_json: bool,
) -> None:
    """Write the sound of a transcript without struck-out words.

    Strike words out in the page (Alt+Shift+X). With --pseudonyms, names are covered by a tone. The
    recording itself stays as it is. For editors of
    film, export the cut instead: --format edl-cut, fcpxml-cut or otio-cut.
    """
    if output.suffix.lower() not in media.CLIP_TYPES:
        raise click.UsageError(f"Name the copy one of *{', *'.join(media.CLIP_TYPES)}.")
    settings, bar = settings_now(), Bar()
    store = open_store(settings.database_url)
    try:
        row = transcript_of(store, transcript_id)
        whole_ms = max(1, row.duration_ms or 0)
        done = write_cut(
            settings,
            store,
            row.id,
            output,
            pseudonyms=pseudonyms,
            on_progress=lambda at_ms: bar.report(min(1.0, at_ms / whole_ms), "copy"),
        )
        if captions_path is not None:
            name = format_name_for(None, captions_path, "srt")
            options = Options(rules, is_cut=True, pseudonyms=pseudonyms)
            written = exports.export_file(store, row.id, format_name=name, options=options)
            write(written.data, captions_path)
        report = exports.pseudonyms_report(store, row.id, pseudonyms)
    finally:
        bar.close()
        store.close()
    facts = {"file": str(output), **asdict(done), "pseudonyms": report}
    tell_facts(facts, [*report, f"{output}: {cut_sentence(done)}"], as_json=as_json)
