"""Sentences about the sound tracks of a recording."""

from __future__ import annotations

from collections.abc import Iterator

from editor.media.decode import Decoded
from editor.media.source import MediaInfo


def tracks_told(name: str, info: MediaInfo, chosen: int | None) -> Iterator[str]:
    """Which sound tracks there are, and which will be heard; nothing of a single one."""
    if len(info.tracks) < 2:
        return
    listed = ", ".join(map(_listed, range(1, len(info.tracks) + 1), info.tracks))
    heard = f"Track {chosen or info.track} is heard"
    advice = "." if chosen else "; --track chooses another."
    yield f"{name} has {len(info.tracks)} sound tracks: {listed}. {heard}{advice}"


def decoded_told(name: str, decoded: Decoded | None) -> Iterator[str]:
    """What a person would not expect of the tracks that were heard."""
    if decoded is None:
        return
    if decoded.silent_tracks:
        silent = _numbers(decoded.silent_tracks)
        yield f"Nothing sounds in {silent} of {name}; track {decoded.track} is heard."
    if decoded.went_on_in:
        end = _numbers(decoded.went_on_in)
        yield f"Track {decoded.track} of {name} ends before the end; the sound goes on in {end}."


def _listed(number: int, name: str) -> str:
    return f"{number} ({name})" if name else str(number)


def _numbers(tracks: tuple[int, ...]) -> str:
    listed = " and ".join(map(str, tracks))
    return f"track {listed}" if len(tracks) == 1 else f"tracks {listed}"
