"""How far the times of imported captions are from the sound: constant, growing, with jumps.

One slope for the whole file (another clock, another frame rate) and a step wherever something was
cut out or put in, both found by medians, so that single captions far off do no harm.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.timecode import clock_from_ms

Times = NDArray[np.float64]

#: Fewer captions than this show no jumps and slopes; so many, if they agree, of one delay.
_LEAST_PAIRS, _LEAST_ALIKE = 8, 2
#: A jump shows in the medians of so many captions before and after it ...
_WINDOW = 8
#: ... that differ by this much, and by as many times their usual deviation.
_JUMP_MS, _JUMP_SPREADS = 300.0, 4.0
#: A slope that moves no time by more than this is none.
_SLOPE_MS = 200.0
#: Times this close to the sound need no repair; this close, they are said to be on time.
_UNNOTICED_MS, _ON_TIME_MS = 150, 50
#: Slopes are taken between so many captions at most (Theil-Sen).
_MOST_POINTS = 400


@dataclass(frozen=True, slots=True)
class DriftPart:
    """From `from_ms` of the imported times on, captions were late (early, if negative)."""

    from_ms: int
    late_ms: int


@dataclass(frozen=True, slots=True)
class Drift:
    """How imported times differ from those in the recording, part by part.

    `late_ms` of a part is at its beginning; after it, lateness grows by `late_ms_per_hour`. `pairs`
    is the number of captions this is taken from. Parts are sorted, the first begins at 0.
    """

    parts: tuple[DriftPart, ...]
    late_ms_per_hour: int
    pairs: int

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Drift:
        """Read what `dataclasses.asdict` makes of a drift."""
        parts = tuple(DriftPart(**part) for part in value["parts"])
        return cls(parts, value["late_ms_per_hour"], value["pairs"])

    @property
    def is_noticed(self) -> bool:
        """Whether a viewer would notice it."""
        late = [part.late_ms for part in self.parts]
        return max(map(abs, late)) >= _UNNOTICED_MS or self.late_ms_per_hour != 0

    def media_ms(self, imported_ms: int) -> int:
        """When what an imported time stands for is said, in ms; never below 0.

        What is said to be on time stays.
        """
        return max(0, round(imported_ms - self._late(self._part_at(imported_ms), imported_ms)))

    def lates_around(self, imported_ms: int) -> list[float]:
        """How late an imported time is by the part that it is in, and by those beside that."""
        at = self._part_at(imported_ms)
        near = range(max(0, at - 1), min(at + 2, len(self.parts)))
        return [self._late(part, imported_ms) for part in near]

    def _part_at(self, imported_ms: int) -> int:
        return max(0, bisect_right([part.from_ms for part in self.parts], imported_ms) - 1)

    def _late(self, number: int, imported_ms: int) -> float:
        part = self.parts[number]
        if abs(part.late_ms) < _ON_TIME_MS and not self.late_ms_per_hour:
            return 0
        return part.late_ms + (imported_ms - part.from_ms) * self.late_ms_per_hour / 3_600_000

    def sentence(self) -> str:
        """The drift in words.

        >>> Drift((DriftPart(0, 1200), DriftPart(760_000, 3500)), 0, 90).sentence()
        'Your captions were 1.2 s late from 0:00, 3.5 s late from 12:40 on.'
        """
        told = [f"{_late(p.late_ms)} from {clock_from_ms(p.from_ms)}" for p in self.parts]
        text = f"Your captions were {', '.join(told)} on"
        if self.late_ms_per_hour:
            way = "behind" if self.late_ms_per_hour > 0 else "ahead"
            text += f", falling another {_seconds(self.late_ms_per_hour)} {way} every hour"
        return text + "."


def drift_of(pairs: Sequence[tuple[int, int]]) -> Drift | None:
    """Find the drift of captions from (imported_ms, media_ms) of each; None from too few."""
    if len(pairs) < _LEAST_PAIRS:
        return _delay(pairs)
    rising = np.asarray(sorted(pairs), np.float64)
    times, late = rising[:, 0], rising[:, 0] - rising[:, 1]
    slope = _local_slope(times, late)
    cuts = _cuts(late - slope * times)
    slope = _slope_within(times, late, cuts)
    if abs(slope) * (times[-1] - times[0]) < _SLOPE_MS:
        slope = 0.0
    level = late - slope * times
    parts = _parts(times, level, slope, _cuts(level))
    return Drift(parts, round(slope * 3_600_000), len(pairs))


def _delay(pairs: Sequence[tuple[int, int]]) -> Drift | None:
    """One delay of all captions of a short file; None where they do not agree on one."""
    late = sorted(imported - recognised for imported, recognised in pairs)
    if len(late) < _LEAST_ALIKE or late[-1] - late[0] > _JUMP_MS:
        return None
    return Drift((DriftPart(0, round(float(np.median(late)))),), 0, len(late))


def _parts(times: Times, level: Times, slope: float, cuts: Sequence[int]) -> tuple[DriftPart, ...]:
    parts = []
    for first, end in pairwise([0, *cuts, len(times)]):
        start = float(times[first]) if first else 0.0
        late = float(np.median(level[first:end])) + slope * start
        parts.append(DriftPart(round(start), round(late)))
    return tuple(parts)


def _local_slope(times: Times, late: Times) -> float:
    """The median slope between captions near each other: few of them have a jump between them."""
    lag = max(1, min(2 * _WINDOW, len(times) // 4))
    return _median_slope(times[lag:] - times[:-lag], late[lag:] - late[:-lag])


def _slope_within(times: Times, late: Times, cuts: Sequence[int]) -> float:
    """Theil-Sen: the median slope between all captions with no jump between them."""
    step = len(times) // _MOST_POINTS + 1
    runs, rises = [], []
    for first, end in pairwise([0, *cuts, len(times)]):
        t, y = times[first:end:step], late[first:end:step]
        i, j = np.triu_indices(len(t), 1)
        runs.append(t[j] - t[i])
        rises.append(y[j] - y[i])
    return _median_slope(np.concatenate(runs), np.concatenate(rises))


def _median_slope(run: Times, rise: Times) -> float:
    """The median of rise / run, long runs counting for more."""
    known = run > 0
    if not known.any():
        return 0.0
    slopes, weights = rise[known] / run[known], run[known]
    order = np.argsort(slopes)
    middle = np.searchsorted(np.cumsum(weights[order]), weights.sum() / 2)
    return float(slopes[order][min(int(middle), len(slopes) - 1)])


def _cuts(level: Times) -> list[int]:
    """Indices at which a level jumps, sorted."""
    usual = float(np.median(np.abs(np.diff(level)))) if len(level) > 1 else 0.0
    threshold = max(_JUMP_MS, _JUMP_SPREADS * usual)
    cuts: list[int] = []
    waiting = [(0, len(level))]
    while waiting:
        first, end = waiting.pop()
        cut = _largest_jump(level[first:end], threshold)
        if cut:
            cuts.append(first + cut)
            waiting += [(first, first + cut), (first + cut, end)]
    return _without_small_steps(level, sorted(cuts), threshold)


def _without_small_steps(level: Times, cuts: list[int], threshold: float) -> list[int]:
    """Drop cuts whose parts differ by less than a jump as a whole, the least first."""
    while cuts:
        bounds = pairwise([0, *cuts, len(level)])
        medians = np.asarray([np.median(level[first:end]) for first, end in bounds])
        steps = np.abs(np.diff(medians))
        least = int(np.argmin(steps))
        if steps[least] >= threshold:
            break
        cuts = [*cuts[:least], *cuts[least + 1 :]]
    return cuts


def _largest_jump(level: Times, threshold: float) -> int:
    """Where the medians before and after differ most, or 0 where they differ too little."""
    if len(level) < 2 * _WINDOW:
        return 0
    medians = np.median(np.lib.stride_tricks.sliding_window_view(level, _WINDOW), axis=1)
    jumps = np.abs(medians[_WINDOW:] - medians[:-_WINDOW])
    at = int(np.argmax(jumps))
    return _best_cut(level, at + _WINDOW) if jumps[at] >= threshold else 0


def _best_cut(level: Times, near: int) -> int:
    """The cut around `near` that leaves the least deviation from the levels on either side."""
    before = np.median(level[max(0, near - 2 * _WINDOW) : near])
    after = np.median(level[near : near + 2 * _WINDOW])
    first, end = max(1, near - _WINDOW), min(len(level) - 1, near + _WINDOW)
    costs = np.abs(level[first:end] - before) - np.abs(level[first:end] - after)
    return first + int(np.argmin(np.concatenate([[0.0], np.cumsum(costs)])))


def _late(late_ms: int) -> str:
    if abs(late_ms) < _ON_TIME_MS:
        return "on time"
    return f"{_seconds(late_ms)} {'late' if late_ms > 0 else 'early'}"


def _seconds(ms: int) -> str:
    return f"{abs(ms) / 1000:.1f} s"
