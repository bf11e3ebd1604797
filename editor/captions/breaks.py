"""Where a run is cut into cues and a cue is folded into lines: the cheapest ways through."""

from __future__ import annotations

from editor.captions.costs import pause_costs
from editor.captions.rules import Rules
from editor.captions.runs import Run

_ONE_CUE, _ONE_LINE, _RAGGED = 5.0, 100.0, 8.0
_TOO_LONG, _TOO_FAST = 500.0, 60.0
_NEVER = float("inf")


def cue_breaks(run: Run, rules: Rules) -> list[tuple[int, int]]:
    """The cheapest way to cut a run into cues, as (first, end) word numbers.

    Shortest path over the places between words: a cue reaches as far as its lines have room, so
    the cost grows with the number of words only.
    """
    count, reach = len(run.words), run.reach(rules.line_chars)
    cost = _CueCost(run, rules)
    best, came_from = [0.0] + [_NEVER] * count, [0] * (count + 1)
    for first in range(count):
        furthest = first
        for _ in range(rules.lines):
            furthest = reach[furthest]
        base = best[first] + _ONE_CUE
        for end in range(first + 1, furthest + 1):
            total = base + cost.of(first, end)
            if total < best[end]:
                best[end], came_from[end] = total, first
    spans, end = [], count
    while end:
        spans.append((came_from[end], end))
        end = came_from[end]
    return spans[::-1]


class _CueCost:
    """What it costs to make one cue of some words of a run."""

    def __init__(self, run: Run, rules: Rules) -> None:
        self._run, self._rules, self._reach = run, rules, run.reach(rules.line_chars)
        self._breaks = run.break_costs
        self._pauses = pause_costs(run.words)
        self._starts_ms = [word.start_ms for word in run.words]
        self._ends_ms = [word.end_ms for word in run.words]
        self._nexts_ms = [*self._starts_ms[1:], run.next_start_ms]
        self._max_ms = rules.max_ms or _NEVER

    def of(self, first: int, end: int) -> float:
        """The cost of words `first` to `end`: their break, pauses, time on screen and lines."""
        start_ms, next_ms = self._starts_ms[first], self._nexts_ms[end - 1]
        chars = self._run.ends_at[end - 1] - self._run.starts_at[first]
        cost = self._breaks[end] + self._pauses[end - 1] - self._pauses[first]
        if self._ends_ms[end - 1] - start_ms > self._max_ms:
            cost += _TOO_LONG
        if next_ms is not None:
            needed_ms = self._rules.reading_ms(chars, end - first)
            if (lacking_ms := needed_ms - (next_ms - self._rules.gap_ms - start_ms)) > 0:
                cost += _TOO_FAST * lacking_ms / needed_ms
        if self._reach[first] < end:
            cost += self._cheapest_fold(first, end)
        return cost

    def _cheapest_fold(self, first: int, end: int) -> float:
        """The cost of the best of the places at which two lines may be folded."""
        chars, starts_at, ends_at = self._rules.line_chars, self._run.starts_at, self._run.ends_at
        middle = starts_at[first] + ends_at[end - 1]
        cheapest = _NEVER
        for at in range(self._reach[first], first, -1):
            if self._reach[at] < end:
                break
            ragged = abs(starts_at[at] + ends_at[at - 1] - middle) / chars
            cheapest = min(cheapest, self._breaks[at] / 3 + _RAGGED * ragged)
        return cheapest if cheapest < _NEVER else _RAGGED


def wrapped(run: Run, first: int, end: int, chars: int) -> tuple[str, ...]:
    """The words as few lines, of like length, broken where it hurts least."""
    reach, breaks = run.reach(chars), run.break_costs
    best, came_from = {first: 0.0}, {first: first}
    width = run.ends_at[end - 1] - run.starts_at[first]
    target = width / -(-width // chars)
    for at in range(first, end):
        for to in range(at + 1, min(reach[at], end) + 1):
            length = run.ends_at[to - 1] - run.starts_at[at]
            fold = 0.0 if to == end else breaks[to] / 3
            total = best[at] + _ONE_LINE + fold + _RAGGED * ((length - target) / chars) ** 2
            if total < best.get(to, _NEVER):
                best[to], came_from[to] = total, at
    lines = []
    while end > first:
        lines.append(run.line(came_from[end], end))
        end = came_from[end]
    return tuple(reversed(lines))
