"""Commands on voices that are known again."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from editor import media
from editor.asr import PCM_FILE
from editor.cli.facts import AS_JSON, tell_whole
from editor.cli.group import cli, opened_library, settings_now
from editor.cli.terminal import SEEKABLE, TRACK, Bar
from editor.errors import InvalidValue, NotFound
from editor.library import known_voices
from editor.library.find_speakers import load_networks, speakers_in
from editor.store import KnownVoice, VoiceVector

_ACCOUNT = click.option(
    "--account", "owner", metavar="NAME", default="", help="Account whose voices they are."
)


@cli.group()
def voices() -> None:
    """Manage the voices that are known again."""


@voices.command("list")
@_ACCOUNT
@AS_JSON
def list_voices(owner: str, as_json: bool) -> None:
    """List the voices that were named."""
    with opened_library() as store:
        found = store.known_voices(owner)
        is_wanted = known_voices.is_wanted(settings_now(), store, owner)
    if as_json:
        tell_whole({"is_wanted": is_wanted, "voices": list(map(known_voices.told, found))})
        return
    for one in found:
        state = "on" if one.is_on else "off"
        click.echo(f"{one.id}  {one.name:24} {state:3} {_day(one.created_ms)} {_day(one.heard_ms)}")
    if not is_wanted:
        click.echo("Voices are not known again: `voices on` changes that.", err=True)


@voices.command("add")
@click.argument("name")
@click.argument("recording", type=SEEKABLE)
@_ACCOUNT
@TRACK
def add_voice(name: str, recording: Path, owner: str, track: int | None) -> None:
    """Keep the voice of NAME, who alone speaks in RECORDING."""
    if not name.strip():
        raise InvalidValue("NAME", "a voice needs a name")
    settings, bar = settings_now(), Bar()
    with tempfile.TemporaryDirectory() as folder:
        pcm_path = Path(folder) / PCM_FILE
        media.decode_to_pcm(recording, pcm_path, track=track)
        found = speakers_in(pcm_path, load_networks(settings, bar), bar, number=1)
    bar.close()
    heard = known_voices.heard_voices(found.turns, found.voices)
    if not heard:
        raise InvalidValue("RECORDING", f"too little speech was found in {recording.name}")
    with opened_library() as store:
        store.add_known_voice(owner, name.strip(), heard[0].vector, heard[0].spoken_ms)
    click.echo(f"The voice of {name.strip()} is known from now on.", err=True)


@voices.command("delete")
@click.argument("voices", metavar="NAME|ID...", nargs=-1, required=True)
@_ACCOUNT
def delete_voices(voices: Sequence[str], owner: str) -> None:
    """Delete voices for good, by name or id, also what is kept of them beside recordings."""
    with opened_library() as store:
        for wanted in voices:
            found = [
                one
                for one in store.known_voices(owner)
                if wanted == one.id or wanted.casefold() == one.name.casefold()
            ]
            if not found:
                raise NotFound("voice", wanted)
            for one in found:
                known_voices.forget(store, owner, one.id)


@voices.command("on")
@_ACCOUNT
def switch_on(owner: str) -> None:
    """Recognise voices that were named."""
    with opened_library() as store:
        store.want_known_voices(owner, is_wanted=True)


@voices.command("off")
@_ACCOUNT
def switch_off(owner: str) -> None:
    """Do not recognise voices; those in the list stay there until they are deleted."""
    with opened_library() as store:
        store.want_known_voices(owner, is_wanted=False)


def names_known(vectors: Sequence[VoiceVector], owner: str) -> dict[int, str]:
    """The names of those voices, counted from 0, that a person knows."""
    with opened_library() as store:
        known: list[KnownVoice] = store.known_voices(owner)
    found = known_voices.matched(dict(enumerate(vectors)), known)
    return {voice: one.name for voice, one in found.items()}


def _day(moment_ms: int) -> str:
    return datetime.fromtimestamp(moment_ms / 1000, UTC).date().isoformat()
