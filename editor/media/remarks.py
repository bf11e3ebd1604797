"""Sentences about the audio tracks of a recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editor.media.decode import Decoded
from editor.media.source import MediaInfo


def track_remarks(
    name: str, tracks: Sequence[str], chosen: int | None, usual: int | None = None
) -> Iterator[str]:
    """A sentence that lists the audio tracks and names the one that will be used, if known.

    Nothing for a recording with a single track.
    """
    if len(tracks) < 2:
        return
    listed = ", ".join(map(_listed, range(1, len(tracks) + 1), tracks))
    used = f" Track {chosen or usual} is used." if chosen or usual else ""
    advice = "" if chosen else " --track N chooses another."
    yield f"{name} has {len(tracks)} audio tracks: {listed}.{used}{advice}"


def decoded_remarks(name: str, decoded: Decoded | None) -> Iterator[str]:
    """What a person would not expect: silent tracks, jumps, a change of track."""
    if decoded is None:
        return
    if decoded.silent_tracks:
        silent = _numbers(decoded.silent_tracks)
        verb = "is" if len(decoded.silent_tracks) == 1 else "are"
        yield f"In {name}, {silent} {verb} silent; track {decoded.track} is used."
    if not decoded.keeps_film:
        yield f"The timestamps of {name} jump; times continue there without the gap."
    if decoded.went_on_in:
        end = _numbers(decoded.went_on_in)
        yield f"Track {decoded.track} of {name} ends early; the sound continues in {end}."


def described_tracks(info: MediaInfo, decoded: Decoded) -> list[str]:
    """Each audio track's description, with what decoding showed of it."""
    shown = dict.fromkeys(decoded.silent_tracks, "silent")
    shown |= dict.fromkeys(decoded.went_on_in, "used where the track before it ends")
    told = ((name, shown.get(number, "")) for number, name in enumerate(info.tracks, start=1))
    return [", ".join(filter(None, each)) for each in told]


def _listed(number: int, name: str) -> str:
    return f"{number} ({name})" if name else str(number)


def _numbers(tracks: tuple[int, ...]) -> str:
    listed = " and ".join(map(str, tracks))
    return f"track {listed}" if len(tracks) == 1 else f"tracks {listed}"
