"""The people of a recording that has a channel or an audio track for each of them."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from editor import media
from editor.asr import OwnSound
from editor.atomic import written_whole
from editor.diarization import People, Turn, people_in
from editor.errors import InvalidValue
from editor.library.speakers import speaker_name

_SIDES = ("left", "right")
_FIELD = "speakers-by"
_PREFIX = "person-"
_KEPT = f"{_PREFIX}turns.json"
#: So much before and behind a turn is a person's own, too: voices begin and end softly.
_MARGIN_MS = 300
#: What programs call tracks whose people they do not know.
_NO_NAME = re.compile(
    r"(?:(?:audio|sound|track|stream|channel|stereo|mono|mic|microphone|aux|desktop|input|simple"
    r"|aac|recording|handler|core|media|und|main|[0-9]|[\W_])+)?",
    re.IGNORECASE,
)
_LANGUAGE = re.compile("[a-z]{2,3}")


@dataclass(frozen=True)
class Microphones:
    """Who speaks when, what each speaker is called, and the folder with the sound of each alone.

    `tracks` are the numbers of their tracks; where each has a channel instead, there are none.
    """

    turns: tuple[Turn, ...]
    names: tuple[str, ...]
    folder: Path
    tracks: tuple[int, ...] = ()

    @property
    def have_sounds(self) -> bool:
        """Whether the sound of each is there."""
        return all(own_path(self.folder, at).exists() for at in range(len(self.names)))

    @property
    def mix_path(self) -> Path:
        """The PCM file of all together."""
        return self.folder / f"{_PREFIX}mix.wav"

    def own_sounds(self) -> tuple[OwnSound, ...]:
        """The sound of each speaker alone."""
        paths = [own_path(self.folder, speaker) for speaker in range(len(self.names))]
        return tuple(
            OwnSound(path, own_spans(self.turns, speaker), media.silences(path))
            for speaker, path in enumerate(paths)
        )

    def save(self) -> None:
        """Let `kept_microphones` find them."""
        told = {
            "turns": [[turn.start_ms, turn.end_ms, turn.speaker] for turn in self.turns],
            "names": self.names,
            "tracks": self.tracks,
        }
        with written_whole(self.folder / _KEPT) as file:
            file.write(json.dumps(told).encode())


def kept_microphones(folder: Path) -> Microphones | None:
    """What was saved in a folder; None where nothing was."""
    try:
        told = json.loads((folder / _KEPT).read_text("utf-8"))
    except FileNotFoundError:
        return None
    turns = tuple(Turn(*turn) for turn in told["turns"])
    return Microphones(turns, tuple(told["names"]), folder, tuple(told["tracks"]))


def is_own_sound(name: str) -> bool:
    """Whether a file of this name has the sound of one person, or of all together."""
    return name.startswith(_PREFIX) and name != _KEPT


def own_path(folder: Path, speaker: int) -> Path:
    """The PCM file with the sound of a speaker alone."""
    return folder / f"{_PREFIX}{speaker}.wav"


def forget_sounds(folder: Path) -> None:
    """Remove the sound of each alone; who speaks when stays."""
    for path in folder.glob(f"{_PREFIX}*.wav*"):
        path.unlink(missing_ok=True)


def forget_microphones(folder: Path) -> None:
    """Remove all that was made of them."""
    forget_sounds(folder)
    (folder / _KEPT).unlink(missing_ok=True)


def own_spans(turns: tuple[Turn, ...], speaker: int) -> list[tuple[int, int]]:
    """When a speaker is heard, in ms, in order and apart.

    >>> own_spans((Turn(1_000, 2_000, 0), Turn(1_500, 9_000, 1), Turn(2_300, 3_000, 0)), 0)
    [(700, 3300)]
    """
    spans = list[tuple[int, int]]()
    for turn in turns:
        if turn.speaker == speaker:
            start_ms, end_ms = max(0, turn.start_ms - _MARGIN_MS), turn.end_ms + _MARGIN_MS
            if spans and start_ms <= spans[-1][1]:
                start_ms = spans.pop()[0]
            spans.append((start_ms, end_ms))
    return spans


def microphones_of(
    recording: Path,
    folder: Path,
    *,
    track: int | None,
    number: int | None,
    is_wanted: bool,
    name: str | None = None,
    heard: Callable[[int], None] = lambda heard_ms: None,
    tell: Callable[[str], None] = lambda sentence: None,
) -> Microphones | None:
    """The people of a recording by its channels, or tracks; None where they tell nothing certain.

    That each has one `is_wanted` is a person's word for it: then they need only differ. `number` is
    how many speakers there are, if known. `folder` gets their sound, see `Microphones`. `heard` is
    called with the milliseconds heard so far. What is found is told in a sentence.

    Raises:
        InvalidValue: channels are wanted, and the recording has not several, or the same in all.
    """
    name = name or recording.name
    info = media.probe(recording)
    parts = media.parts_of(info, track)
    if not parts or (number is not None and not 2 <= number <= len(parts)):
        if not is_wanted:
            return None
        if not parts:
            raise InvalidValue(_FIELD, f"{name} has not several channels or tracks; choose voices")
        raise InvalidValue(
            _FIELD,
            f"the {len(parts)} {_kind(parts)}s of {name} do not tell {number} speakers apart",
        )
    parts_folder = folder / f"{_PREFIX}parts"
    parts_folder.mkdir(parents=True, exist_ok=True)
    try:
        paths = media.write_parts(recording, parts_folder, parts, on_progress=heard)
        found = people_in(media.part_levels(paths))
        is_right = found is not None and number in (None, len(found.channels))
        if found is not None and is_right and (is_wanted or found.is_certain):
            names = _names(info, parts, found)
            are_tracks = parts[0].channel is None
            tracks = tuple(parts[at].track for at in found.channels) if are_tracks else ()
            microphones = Microphones(found.turns, names, folder, tracks)
            own = [paths[at] for at in found.channels]
            for speaker, path in enumerate(own):
                spans = own_spans(found.turns, speaker)
                media.write_within(path, own_path(folder, speaker), spans)
            media.write_sum(own, microphones.mix_path)
            who = zip(names, found.channels, strict=True)
            told = ", ".join(f"{one} {_called(parts, at)}" for one, at in who)
            tell(f"{name} has one person in each {_kind(parts)}, which tells them apart: {told}.")
            return microphones
        if is_wanted:
            raise InvalidValue(
                _FIELD,
                f"no {number or 'two'} people are in the {_kind(parts)}s of {name}; choose voices",
            )
        tell(
            f"The {_kind(parts)}s of {name} are not one person each; "
            "speakers are told apart by voice."
        )
        return None
    finally:
        shutil.rmtree(parts_folder, ignore_errors=True)


def _kind(parts: tuple[media.Part, ...]) -> str:
    return "track" if parts[0].channel is None else "channel"


def _called(parts: tuple[media.Part, ...], number: int) -> str:
    part = parts[number]
    if part.channel is None:
        return f"in track {part.track}"
    return _SIDES[part.channel] if len(parts) == len(_SIDES) else f"in channel {part.channel + 1}"


def _names(info: media.MediaInfo, parts: tuple[media.Part, ...], found: People) -> tuple[str, ...]:
    """What speakers are called: as their tracks are, where each has a name of its own."""
    made_up = tuple(map(speaker_name, range(len(found.channels))))
    if parts[0].channel is not None:
        return made_up
    titles = [info.tracks[parts[at].track - 1].rpartition(", ") for at in found.channels]
    given = tuple((title or language).strip() for title, _, language in titles)
    are_names = len(set(given)) == len(given) and all(map(_is_name, given))
    return given if are_names else made_up


def _is_name(title: str) -> bool:
    return not _NO_NAME.fullmatch(title) and not _LANGUAGE.fullmatch(title)
