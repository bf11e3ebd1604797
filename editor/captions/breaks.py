"""Where runs are cut into cues and a cue is folded into lines: the cheapest ways through."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise, zip_longest

import numpy as np
from numpy.typing import NDArray

from editor.captions.costs import pause_costs
from editor.captions.rules import Rules
from editor.captions.runs import Run, Spans
from editor.captions.scripts import Script

_ONE_CUE, _ONE_LINE, _RAGGED = 5.0, 100.0, 8.0
_TOO_LONG, _TOO_FAST_AT_ALL, _TOO_FAST = 500.0, 35.0, 60.0
_NEVER = float("inf")
#: More columns than any line has part the texts of two runs.
_APART = 10_000

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def cue_breaks(texts: Sequence[Sequence[Run]], rules: Rules) -> list[Spans]:
    """The cheapest way to cut each run into cues, as (first, end) word numbers within it.

    The runs come by text. Within one, the next run ends the time of a run's last cue. A run that
    was cut for the same is not cut again.
    """
    asked = [
        (run, (rules, below.words[0].start_ms if below else None))
        for text in texts
        for run, below in zip_longest(text, text[1:])
    ]
    fresh = [(run, why) for run, why in asked if run.cut is None or run.cut[0] != why]
    spans = _cut([(run, next_ms) for run, (_, next_ms) in fresh], rules)
    for (run, why), cut in zip(fresh, spans, strict=True):
        run.cut = why, cut
    return [run.cut[1] for run, _ in asked if run.cut]


def _cut(asked: Sequence[tuple[Run, int | None]], rules: Rules) -> list[Spans]:
    """Cut runs, each with the time when the next begins.

    Shortest path over the places between the words of all runs at once: a cue reaches as far as its
    lines have room, so the cost grows with the number of words only.
    """
    if not asked:
        return []
    runs = [run for run, _ in asked]
    words = _Words(asked, rules, runs[0].script)
    costs = words.costs()
    ends, came_from = _cheapest_path(costs), list[int]()
    end = len(ends)
    while end:
        came_from.append(end)
        end -= int(ends[end - 1])
    bounds = came_from[::-1]
    spans: list[Spans] = []
    at, first = 0, 0
    for run, base in zip(runs, words.run_starts, strict=True):
        spans.append([])
        while at < len(bounds) and bounds[at] <= base + len(run.words):
            spans[-1].append((first - base, bounds[at] - base))
            first, at = bounds[at], at + 1
    return spans


def _cheapest_path(costs: Floats) -> Ints:
    """For each place, how many words the last cue before it has on the cheapest way there.

    `costs[end, -k]` is the cost of the cue of the `k` words before place `end + 1`.
    """
    count, longest = costs.shape
    best = np.full(longest + count + 1, _NEVER)
    best[longest] = 0.0
    lengths = np.zeros(count, dtype=np.int64)
    for end in range(count):
        totals = best[end + 1 : end + 1 + longest] + costs[end]
        cheapest = totals.argmin()
        best[longest + end + 1] = totals[cheapest]
        lengths[end] = longest - cheapest
    return lengths


class _Words:
    """The words of all runs in one row, as arrays; offsets tell runs apart by a wide gap."""

    def __init__(
        self, asked: Sequence[tuple[Run, int | None]], rules: Rules, script: Script
    ) -> None:
        self._rules, self._script = rules, script
        self._room = rules.line_chars * script.columns_per_char
        runs = [run for run, _ in asked]
        sizes = [len(run.words) for run in runs]
        self.run_starts = [0, *accumulate(sizes)][:-1]
        shifts = accumulate((run.ends_at[-1] + _APART for run in runs), initial=0)
        shift = np.repeat(np.array(list(shifts)[:-1], dtype=np.int64), sizes)
        every = [word for run in runs for word in run.words]
        self._starts_at = _ints(at for run in runs for at in run.starts_at) + shift
        self._ends_at = _ints(at for run in runs for at in run.ends_at) + shift
        self._starts_ms = _ints(word.start_ms for word in every).astype(np.float64)
        self._ends_ms = _ints(word.end_ms for word in every).astype(np.float64)
        self._nexts_ms = np.append(self._starts_ms[1:], _NEVER)
        self._nexts_ms[_ints(end - 1 for end in accumulate(sizes))] = [
            _NEVER if next_ms is None else next_ms for _, next_ms in asked
        ]
        self._pauses = np.fromiter(
            (cost for run in runs for cost in pause_costs(run.words)), np.float64
        )
        breaks = [cost for run in runs for cost in run.break_costs[:-1]]
        self._breaks = np.array([*breaks, 0.0])
        run_ends = np.repeat(_ints(accumulate(sizes)), sizes)
        self._reach = self._line_reach()
        furthest = self._reach
        for _ in range(rules.lines - 1):
            furthest = np.append(self._reach, len(every))[furthest]
        self._furthest = np.minimum(furthest, run_ends)

    def _line_reach(self) -> Ints:
        """For each word, the end of the longest line that begins with it: one word at least."""
        fits = np.searchsorted(self._ends_at, self._starts_at + self._room, "right")
        return np.maximum(fits, np.arange(1, len(fits) + 1))

    def costs(self) -> Floats:
        """The cost of each cue that may be made, as `_cheapest_path` takes them."""
        firsts = np.arange(len(self._furthest))
        lengths = self._furthest - firsts
        longest = int(lengths.max(initial=1))
        folds = self._folds(lengths, longest)
        costs = np.full((len(firsts), longest), _NEVER)
        for count in range(1, longest + 1):
            first = np.flatnonzero(lengths >= count)
            cost = self._cost(first, count) + folds[count][first]
            costs[first + count - 1, -count] = _ONE_CUE + cost
        return costs

    def _cost(self, first: Ints, count: int) -> Floats:
        """The cost of cues of `count` words: their break, pauses, time on screen and lines."""
        last = first + count - 1
        start_ms = self._starts_ms[first]
        cost = self._breaks[last + 1] + self._pauses[last] - self._pauses[first]
        if self._rules.max_ms:
            cost += _TOO_LONG * (self._ends_ms[last] - start_ms > self._rules.max_ms)
        needed_ms = self._needed_ms(self._ends_at[last] - self._starts_at[first], count)
        lacking_ms = needed_ms - (self._nexts_ms[last] - self._rules.gap_ms - start_ms)
        cost += _TOO_FAST_AT_ALL * (lacking_ms > 0)
        cost += _TOO_FAST * np.maximum(lacking_ms, 0) / np.maximum(needed_ms, 1)
        return cost

    def _needed_ms(self, columns: Ints, count: int) -> Floats:
        by_words = self._rules.reading_ms(0, count, self._script)
        by_columns = columns * self._rules.ms_per_column(self._script)
        needed: Floats = np.maximum(by_columns, by_words)
        return needed

    def _folds(self, lengths: Ints, longest: int) -> list[Floats]:
        """By number of words, the cost of the best fold of the cue that begins at each word."""
        firsts = np.arange(len(lengths))
        folds = [
            np.where(self._reach >= firsts + count, 0.0, _NEVER) for count in range(longest + 1)
        ]
        for lines in range(2, self._rules.lines + 1):
            fewer, folds = folds, list(folds)
            for count in range(2, longest + 1):
                first = np.flatnonzero((lengths >= count) & (fewer[count] == _NEVER))
                folds[count] = fewer[count].copy()
                folds[count][first] = self._cheapest_fold(first, count, lines, fewer)
        return folds

    def _cheapest_fold(
        self, first: Ints, count: int, lines: int, fewer: Sequence[Floats]
    ) -> Floats:
        """The cost of the best first line, with the rest folded into `fewer` lines."""
        last = first + count - 1
        equal = (self._ends_at[last] - self._starts_at[first]) / lines
        cheapest = np.full(len(first), _NEVER)
        for before in range(1, count):
            at = first + before
            fits = np.flatnonzero((self._reach[first] >= at) & (fewer[count - before][at] < _NEVER))
            at = at[fits]
            length = self._ends_at[at - 1] - self._starts_at[first[fits]]
            cost = self._breaks[at] / 3 + fewer[count - before][at]
            cost += 2 * _RAGGED / self._room * np.abs(length - equal[fits])
            cheapest[fits] = np.minimum(cheapest[fits], cost)
        return cheapest


def _ints(values: object) -> Ints:
    return np.fromiter(values, np.int64)  # type: ignore[call-overload,no-any-return]


def own_lines(run: Run, first: int, end: int) -> tuple[str, ...]:
    """The lines of words that a person broke by hand; none where nobody did."""
    ends = [n + 1 for n in range(first, end - 1) if run.words[n].ends_line]
    bounds = [first, *ends, end]
    return tuple(run.line(a, b) for a, b in pairwise(bounds)) if ends else ()


def wrapped(run: Run, first: int, end: int, room: int) -> tuple[str, ...]:
    """The words as few lines of `room` columns, of like length, broken where it hurts least."""
    if (known := run.wrapped.get((first, end, room))) is not None:
        return known
    bounds = [first, end]
    if run.ends_at[end - 1] - run.starts_at[first] > room:
        bounds = _two_lines(run, first, end, room) or _lines(run, first, end, room)
    lines = tuple(run.line(a, b) for a, b in pairwise(bounds))
    run.wrapped[first, end, room] = lines
    return lines


def _two_lines(run: Run, first: int, end: int, room: int) -> list[int] | None:
    """Where two lines begin and end; None where they do not hold the words."""
    reach, breaks = run.reach(room), run.break_costs
    middle = run.starts_at[first] + run.ends_at[end - 1]
    cheapest, fold = _NEVER, None
    for at in range(min(reach[first], end - 1), first, -1):
        if reach[at] < end:
            break
        ragged = abs(run.starts_at[at] + run.ends_at[at - 1] - middle)
        if (cost := breaks[at] / 3 + _RAGGED * ragged / room) < cheapest:
            cheapest, fold = cost, at
    return None if fold is None else [first, fold, end]


def _lines(run: Run, first: int, end: int, room: int) -> list[int]:
    """Where the fewest lines begin and end."""
    reach, breaks = run.reach(room), run.break_costs
    width = run.ends_at[end - 1] - run.starts_at[first]
    target = width / -(-width // room)
    best, came_from = {first: 0.0}, {first: first}
    for at in range(first, end):
        for to in range(at + 1, min(reach[at], end) + 1):
            length = run.ends_at[to - 1] - run.starts_at[at]
            fold = 0.0 if to == end else breaks[to] / 3
            total = best[at] + _ONE_LINE + fold + _RAGGED * ((length - target) / room) ** 2
            if total < best.get(to, _NEVER):
                best[to], came_from[to] = total, at
    bounds = [end]
    while bounds[-1] > first:
        bounds.append(came_from[bounds[-1]])
    return bounds[::-1]
