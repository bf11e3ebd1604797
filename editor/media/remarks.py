"""Sentences about the sound tracks of a recording."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from editor.media.decode import Decoded
from editor.media.source import MediaInfo


def track_remarks(
    name: str, tracks: Sequence[str], chosen: int | None, usual: int | None = None
) -> Iterator[str]:
    """Which sound tracks there are, and which will be heard where that is known.

    Nothing of a single one.
    """
    if len(tracks) < 2:
        return
    listed = ", ".join(map(_listed, range(1, len(tracks) + 1), tracks))
    used = f" Track {chosen or usual} is heard." if chosen or usual else ""
    advice = "" if chosen else " --track N chooses another."
    yield f"{name} has {len(tracks)} sound tracks: {listed}.{used}{advice}"


def decoded_remarks(name: str, decoded: Decoded | None) -> Iterator[str]:
    """What a person would not expect of the sound that was decoded."""
    if decoded is None:
        return
    if decoded.silent_tracks:
        silent = _numbers(decoded.silent_tracks)
        yield f"Nothing sounds in {silent} of {name}; track {decoded.track} is heard."
    if not decoded.keeps_film:
        yield f"The clock of {name} jumps; its times go on there as if nothing were between."
    if decoded.went_on_in:
        end = _numbers(decoded.went_on_in)
        yield f"Track {decoded.track} of {name} ends before the end; the sound goes on in {end}."


def described_tracks(info: MediaInfo, decoded: Decoded) -> list[str]:
    """What is said of each sound track, with what decoding showed of it."""
    shown = dict.fromkeys(decoded.silent_tracks, "silent")
    shown |= dict.fromkeys(decoded.went_on_in, "heard where the one before ends")
    names = ((name, shown.get(number, "")) for number, name in enumerate(info.tracks, start=1))
    return [", ".join(filter(None, each)) for each in names]


def _listed(number: int, name: str) -> str:
    return f"{number} ({name})" if name else str(number)


def _numbers(tracks: tuple[int, ...]) -> str:
    listed = " and ".join(map(str, tracks))
    return f"track {listed}" if len(tracks) == 1 else f"tracks {listed}"
