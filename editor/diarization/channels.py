"""Who speaks when where each of two people has a channel, by how loud both channels are. Pure.

One person is heard in the other's microphone, too, but less than its owner is: how much less is
measured, so that such bleed is nobody's turn.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor import media
from editor.diarization.segmentation import Frames, runs
from editor.document import Turn

#: (frames, 2) in dB, as `media.channel_levels` gives them.
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


def compared(levels: Levels) -> TwoChannels | None:
    """How two channels differ; None where nothing is heard, or all of it is as far to one side."""
    slow = _mean_levels(levels, _SLOW)
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


def turns_of_channels(levels: Levels, found: TwoChannels) -> tuple[tuple[Turn, ...], list[int]]:
    """The turns of two people in two channels, in order, and which channel each speaker has.

    Both have one where both talk at once.
    """
    fast = _mean_levels(levels, _FAST)
    lean = fast[:, 0] - fast[:, 1]
    left_lean, right_lean = found.leans_db
    margin = min(_MOST_MARGIN_DB, _MARGIN * (left_lean - right_lean))
    spoken = list[tuple[int, int, int]]()
    for channel, beyond in enumerate((lean - right_lean - margin, left_lean - margin - lean)):
        level, quiet_db = fast[:, channel], found.own_db[channel] - _QUIET_DB
        goes_on = (level > quiet_db) & _is_sound(level) & (beyond > 0)
        begins = goes_on & (level > quiet_db + _BEGINS_DB)
        for first, end in _lasting(goes_on, begins):
            spoken.append((first * _FRAME_MS, end * _FRAME_MS, channel))
    spoken.sort()
    order = list(dict.fromkeys(channel for _, _, channel in spoken))
    return tuple(Turn(start, end, order.index(channel)) for start, end, channel in spoken), order


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
    means = np.empty((len(levels), 2), np.float32)
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
