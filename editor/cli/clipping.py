"""The command that cuts clips out of recordings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from editor import media
from editor.cli.facts import AS_JSON, tell_facts
from editor.cli.group import cli, opened_library, settings_now
from editor.cli.terminal import OUTPUT, TRACK
from editor.library.clips import transcript_of, write_clip
from editor.timecode import clock_from_ms, ms_from_timecode


class _Moment(click.ParamType[int]):
    """A time in a recording, as milliseconds."""

    name = "TIME"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """The time, or the end of the command with a sentence."""
        if isinstance(value, int):
            return value
        text = str(value)
        digits, dot, fraction = text.partition(".")
        is_seconds = digits.isdecimal() and (fraction.isdecimal() or not dot) and text.isascii()
        time_ms = round(float(text[:20]) * 1000) if is_seconds else ms_from_timecode(text)
        if time_ms is None:
            self.fail(f"{text!r} is no time such as 16:50, 1:02:15.5 or 75", param, ctx)
        return time_ms


_MOMENT = _Moment()


@cli.command()
@click.argument("recording", metavar="RECORDING-OR-ID")
@click.option("--from", "start_ms", type=_MOMENT, required=True, help="Where it starts: 16:50.")
@click.option("--to", "end_ms", type=_MOMENT, required=True, help="Where it ends: 17:04.5.")
@TRACK
@click.option("-o", "--output", type=OUTPUT, required=True, help="MP3 or WAV file to write.")
@AS_JSON
def clip(
    recording: str, start_ms: int, end_ms: int, track: int | None, output: Path, as_json: bool
) -> None:
    """Write a part of RECORDING to a sound file.

    A part has 20 minutes at most.
    Give a recording, or the ID of a transcript of the library: it is in the address of its page,
    after /t/.
    """
    if output.suffix.lower() not in media.CLIP_TYPES:
        raise click.UsageError(f"Name the clip one of *{', *'.join(media.CLIP_TYPES)}.")
    path = Path(recording)
    if output.exists() and path.exists() and output.samefile(path):
        raise click.UsageError("The clip would replace the recording; choose another name.")
    if path.is_file():
        media.write_clip(path, output, start_ms, end_ms, track=track)
    else:
        with opened_library() as store:
            row = transcript_of(store, recording)
            write_clip(settings_now(), store, row.id, output, start_ms, end_ms)
    facts = {"file": str(output), "start_ms": start_ms, "end_ms": end_ms}
    sentence = f"{output}: {clock_from_ms(start_ms)} to {clock_from_ms(end_ms)}"
    tell_facts(facts, [sentence], as_json=as_json)
