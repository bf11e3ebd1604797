"""The speakers of a recording that has a channel for each of two people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from editor import media
from editor.diarization import Turn, compared, turns_of_channels
from editor.errors import InvalidValue

_PEOPLE = 2
_SIDES = ("left", "right")
_FIELD = "speakers-by"


def turns_by_channel(
    recording: Path,
    *,
    track: int | None,
    number: int | None,
    is_wanted: bool,
    name: str | None = None,
    heard: Callable[[int], None] = lambda heard_ms: None,
    tell: Callable[[str], None] = lambda sentence: None,
) -> tuple[Turn, ...] | None:
    """Who speaks when by the channels of a recording; None where they tell nothing for certain.

    That they are `is_wanted` is a person's word for it: then the recording need only differ from
    channel to channel. `number` is how many speakers there are, if known. `heard` is called with
    the milliseconds heard so far. What is found is told in a sentence.

    Raises:
        InvalidValue: channels are wanted, and the recording has not two, or the same in both.
    """
    name = name or recording.name
    if number not in (None, _PEOPLE):
        if is_wanted:
            raise InvalidValue(_FIELD, f"channels tell {_PEOPLE} speakers apart, not {number}")
        return None
    levels = media.channel_levels(recording, track=track, on_progress=heard)
    if levels is None:
        if is_wanted:
            raise InvalidValue(_FIELD, f"{name} has not two channels; choose voices")
        return None
    found = compared(levels)
    if found is None or not (found.differ if is_wanted else found.are_two_people):
        if is_wanted:
            raise InvalidValue(
                _FIELD, f"no two people are in the channels of {name}; choose voices"
            )
        tell(f"The channels of {name} are not one person each; speakers are told apart by voice.")
        return None
    turns, channels = turns_of_channels(levels, found)
    who = ", ".join(f"Speaker {n} {_SIDES[side]}" for n, side in enumerate(channels, start=1))
    tell(f"{name} has one person in each channel, which tells them apart: {who}.")
    return turns
