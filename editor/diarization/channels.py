"""Who speaks when where each person has a channel or track, by how loud each of them is. Pure.

One person is heard in the other's microphone, too, but less than its owner is: how much less is
measured, so that such bleed is nobody's turn.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from editor import media
from editor.diarization.segmentation import Frames, runs
from editor.document import Turn

#: (frames, channels) in dB, as `media.part_levels` gives them.
Levels = NDArray[np.float32]

_FRAME_MS = media.LEVEL_FRAME_MS
#: Whose turn it is shows in means of 0.4 s, in which notes and syllables are smoothed away; when it
#: begins shows in means of 0.1 s.
_SLOW, _FAST = 400 // _FRAME_MS, 100 // _FRAME_MS
#: Frames this far below the loudest of their channel tell nothing about whose it is, in dB.
_LOUD_DB = 15.0
#: So much quieter is a person in the other's channel than its owner there, where each has one: in
#: either, and in both together.
_LEAST_APART_DB, _LEAST_APART_TOGETHER_DB = 6.0, 20.0
#: So rarely both are about as loud: a stereo picture is there mostly, people who talk at once less.
_MOST_BETWEEN = 0.25
#: Each speaks for so long at least.
_LEAST_SPOKEN_S = 2.0
#: Copies of one sound differ by no more than this, in dB.
_SAME_DB = 3.0
#: Quiet speech is this far below what is usual.
_QUIET_DB = 25.0
#: All but so much of the time (percent) it is louder than its noise, hiss or hum, which is taken
#: off twice, as it wavers.
_NOISE_PERCENTILE, _NOISE_TIMES = 5, 2.0
#: What begins a turn is so much louder than what goes on in one.
_BEGINS_DB = 4.0
#: How far from bleed a level must be to be speech: this share of the way to the other's, up to ...
_MARGIN, _MOST_MARGIN_DB = 0.3, 10.0
#: What is quieter all through is no microphone's. A pair of channels is compared where one of them
#: is about as loud, as far as it ever is, as any other channel.
_HEARD_DB, _ABOUT_LOUDEST_DB = -65.0, 3.0
#: Frames that are summed at once, so that hours need no more memory than minutes.
_BLOCK = 60_000
_LONGEST_PAUSE, _SHORTEST_SOUND, _SHORTEST_TURN = (ms // _FRAME_MS for ms in (360, 80, 160))


@dataclass(frozen=True, slots=True)
class TwoChannels:
    """How the channels of a recording differ.

    `own_db`: how loud left and right are while theirs is the louder one. `leans_db`: by how much
    the left one is louder than the right one in the left one's turns, and in the right one's.
    `apart_db`: how much quieter the other person is in each channel than its own. `between`: how
    much of the loud time belongs to neither, 0 to 1; `spoken_s` is the rest of it.
    """

    own_db: tuple[float, float]
    leans_db: tuple[float, float]
    apart_db: tuple[float, float]
    between: float
    spoken_s: tuple[float, float]

    @property
    def are_two_people(self) -> bool:
        """Whether it is certain that each channel has a person of its own."""
        return (
            min(self.apart_db) >= _LEAST_APART_DB
            and sum(self.apart_db) >= _LEAST_APART_TOGETHER_DB
            and self.between <= _MOST_BETWEEN
            and min(self.spoken_s) >= _LEAST_SPOKEN_S
        )

    @property
    def differ(self) -> bool:
        """Whether there is sound in both, and not the same."""
        is_heard = min(self.own_db) > media.FLOOR_DB + 1
        return is_heard and self.leans_db[0] - self.leans_db[1] > _SAME_DB


@dataclass(frozen=True, slots=True)
class People:
    """Who speaks when by the channels, or tracks, of a recording.

    `channels` says which one each speaker of the `turns` has; `is_certain` whether there is no
    doubt that each has one person.
    """

    turns: tuple[Turn, ...]
    channels: tuple[int, ...]
    is_certain: bool


def people_in(levels: Levels) -> People | None:
    """Who speaks when in two or more channels; None where fewer than two have a person.

    Channels in which nobody speaks who is not as loud in another are left out: a silent one, a copy
    or a mix of others, a microphone whose owner says nothing.
    """
    if not len(levels):
        return None
    slow, fast = _mean_levels(levels, _SLOW), _mean_levels(levels, _FAST)
    loudest = np.percentile(slow, 99, axis=0)
    left = [int(channel) for channel in np.flatnonzero(loudest > _HEARD_DB)]
    loud_there = slow - loudest
    sounding = (loud_there > -_LOUD_DB).sum(axis=0)
    while len(left) >= 2:
        pairs = dict[tuple[int, int], TwoChannels]()
        for one, other in combinations(left, 2):
            own = loud_there[:, [one, other]].max(axis=1)
            is_theirs = own > loud_there[:, left].max(axis=1) - _ABOUT_LOUDEST_DB
            found = _compared(slow[is_theirs][:, [one, other]])
            if found is None or not found.differ:
                # Of two alike a mix has more sound in it.
                left.remove(max(other, one, key=lambda channel: sounding[channel]))
                break
            pairs[one, other] = found
        else:
            turns, order = turns_of_channels(fast, pairs)
            silent = _silent_channel(left, turns, order, pairs)
            if silent is None:
                is_certain = all(found.are_two_people for found in pairs.values())
                return People(turns, tuple(order), is_certain)
            left.remove(silent)
    return None


def compared(levels: Levels) -> TwoChannels | None:
    """How two channels differ; None where nothing is heard, or all of it is as far to one side."""
    return _compared(_mean_levels(levels, _SLOW))


def _compared(slow: Levels) -> TwoChannels | None:
    heard = slow[_is_sound(slow).any(axis=1)]
    if not len(heard):
        return None
    loudest = np.percentile(heard, 99, axis=0)
    loud = heard[((heard > loudest - _LOUD_DB) & _is_sound(heard)).any(axis=1)]
    lean = loud[:, 0] - loud[:, 1]
    # The middles of two groups, from the outermost ones on.
    middle = float(np.percentile(lean, (1, 99)).mean())
    for _ in range(20):
        is_left = lean > middle
        if is_left.all() or not is_left.any():
            return None
        leans = float(np.median(lean[is_left])), float(np.median(lean[~is_left]))
        middle = sum(leans) / 2
    left, right = (np.median(loud[which], axis=0).tolist() for which in (is_left, ~is_left))
    is_between = np.abs(lean - middle) < (leans[0] - leans[1]) / 4
    seconds = [
        float((which & ~is_between).sum()) * _FRAME_MS / 1000 for which in (is_left, ~is_left)
    ]
    return TwoChannels(
        own_db=(left[0], right[1]),
        leans_db=leans,
        apart_db=(left[0] - right[0], right[1] - left[1]),
        between=float(is_between.mean()),
        spoken_s=(seconds[0], seconds[1]),
    )


def turns_of_channels(
    fast: Levels, pairs: Mapping[tuple[int, int], TwoChannels]
) -> tuple[tuple[Turn, ...], list[int]]:
    """The turns of people in channels that differ as `pairs` says, in order, and which channel each
    speaker has.

    `fast` are means of 0.1 s. Several have a turn where they talk at once.
    """
    spoken = list[tuple[int, int, int]]()
    for channel in sorted({one for pair in pairs for one in pair}):
        level, is_own = fast[:, channel], np.ones(len(fast), bool)
        for (left, right), found in pairs.items():
            if channel in (left, right):
                is_own &= _is_beyond_bleed(fast[:, left] - fast[:, right], found, channel == left)
        own_db = max(
            found.own_db[pair.index(channel)] for pair, found in pairs.items() if channel in pair
        )
        quiet_db = own_db - _QUIET_DB
        goes_on = (level > quiet_db) & _is_sound(level) & is_own
        begins = goes_on & (level > quiet_db + _BEGINS_DB)
        for first, end in _lasting(goes_on, begins):
            spoken.append((first * _FRAME_MS, end * _FRAME_MS, channel))
    spoken.sort()
    order = list(dict.fromkeys(channel for _, _, channel in spoken))
    return tuple(Turn(start, end, order.index(channel)) for start, end, channel in spoken), order


def _is_beyond_bleed(
    lean: NDArray[np.float32], found: TwoChannels, is_left: bool
) -> NDArray[np.bool_]:
    """Where one of a pair of channels is louder than the other's bleed in it can be."""
    left_lean, right_lean = found.leans_db
    margin = min(_MOST_MARGIN_DB, _MARGIN * (left_lean - right_lean))
    beyond: NDArray[np.bool_] = lean - right_lean > margin if is_left else left_lean - lean > margin
    return beyond


def _silent_channel(
    left: Sequence[int],
    turns: Sequence[Turn],
    order: Sequence[int],
    pairs: Mapping[tuple[int, int], TwoChannels],
) -> int | None:
    """A channel in which nobody speaks who is not louder in another; None where there is none."""
    spoken_ms = dict.fromkeys(left, 0)
    for turn in turns:
        spoken_ms[order[turn.speaker]] += turn.end_ms - turn.start_ms
    least = min(left, key=lambda channel: spoken_ms[channel])
    if spoken_ms[least] < 1000 * _LEAST_SPOKEN_S:
        return least
    for pair, found in pairs.items():
        for channel, apart_db in zip(pair, found.apart_db, strict=True):
            if apart_db < 0:
                return channel
    return None


def _lasting(goes_on: NDArray[np.bool_], begins: NDArray[np.bool_]) -> list[Frames]:
    """Runs that begin somewhere and last, with short pauses within."""
    found = list[Frames]()
    for first, end in runs(goes_on):
        if end - first < _SHORTEST_SOUND or not begins[first:end].any():
            continue
        if found and first - found[-1][1] <= _LONGEST_PAUSE:
            first = found.pop()[0]
        found.append((first, end))
    return [(first, end) for first, end in found if end - first >= _SHORTEST_TURN]


def _is_sound(levels: Levels) -> NDArray[np.bool_]:
    return levels > media.FLOOR_DB + 1


def _mean_levels(levels: Levels, frames: int) -> Levels:
    """Levels of the mean power around each frame, without the noise of each channel."""
    means = np.empty(levels.shape, np.float32)
    if not len(levels):
        return means
    noise_db = np.percentile(levels, _NOISE_PERCENTILE, axis=0).astype(np.float64)
    noise = _NOISE_TIMES * 10 ** (noise_db / 10)
    before = frames // 2
    around = ((before, frames - 1 - before), (0, 0))
    padded = np.pad(levels, around, constant_values=media.FLOOR_DB)
    for first in range(0, len(levels), _BLOCK):
        some = padded[first : first + _BLOCK + frames - 1].astype(np.float64)
        power = np.maximum(10 ** (some / 10) - noise, 10 ** (media.FLOOR_DB / 10))
        sums = np.cumsum(np.pad(power, ((1, 0), (0, 0))), axis=0)
        mean = (sums[frames:] - sums[:-frames]) / frames
        # Differences of sums may be a little below what was summed.
        mean = np.maximum(mean, 10 ** (media.FLOOR_DB / 10))
        means[first : first + len(mean)] = 10 * np.log10(mean)
    return means
