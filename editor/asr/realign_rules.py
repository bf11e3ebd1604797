"""After an edit: which words have but a guessed time, and what aligning them may change.

Pure. The sound bounds nothing here: a word stays between the words around it whose times are known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp
from statistics import median

from editor.align.place import Interval, ended_by
from editor.asr.rescue.missed_words import may_be_said
from editor.document import MIN_WORD_MS, Word, is_guessed, runs_where

#: Where words of known times are found further off than this, the others are not believed.
_UNRELIABLE_MS = 150
#: A new time up to this far beyond a neighbour's start is pressed in between; further is none.
_BEYOND_MS = 250


def with_realigned(
    words: Sequence[Word],
    asked: Sequence[int],
    found: Sequence[Interval],
    log_probabilities: Sequence[float],
    *,
    not_before_ms: int = 0,
    not_after_ms: int | None = None,
) -> list[Word]:
    """The words, with those of them that were guessed where they were aligned and found.

    `asked` are the indices, rising, of the words that were aligned together, those of known
    times among them; `found` has their (start_ms, end_ms) and `log_probabilities` how likely they
    are there. Runs of guessed words that are not said, or not between their neighbours, stay.
    `not_before_ms` and `not_after_ms` bound all starts.
    """
    new = list(words)
    if _is_unreliable(words, asked, found):
        return new
    for first, end in runs_where(is_guessed(words[index]) for index in asked):
        if may_be_said(log_probabilities[first:end]):
            low = words[asked[first - 1]].start_ms if first else not_before_ms
            high = words[asked[end]].start_ms if end < len(asked) else not_after_ms
            times = _between(found[first:end], low, high)
            if times:
                new = _moved(new, asked[first:end], times, log_probabilities[first:end])
    return new


def _is_unreliable(words: Sequence[Word], asked: Sequence[int], found: Sequence[Interval]) -> bool:
    """Whether words whose times are known were found elsewhere."""
    shifts = [
        abs(time[0] - words[index].start_ms)
        for index, time in zip(asked, found, strict=True)
        if not is_guessed(words[index])
    ]
    return bool(shifts) and median(shifts) > _UNRELIABLE_MS


def _between(found: Sequence[Interval], low: int, high: int | None) -> list[Interval]:
    """Times in order, from `low` to `high` (starts of the neighbours); none if they lie beyond."""
    latest = found[-1][0] if high is None else high
    if found[0][0] < low - _BEYOND_MS or found[-1][0] > latest + _BEYOND_MS:
        return []
    times: list[Interval] = []
    for start, end in found:
        start = min(max(start, times[-1][0] if times else low), latest)
        times.append((start, max(end, start + MIN_WORD_MS)))
    return times


def _moved(
    words: Sequence[Word], run: Sequence[int], times: Sequence[Interval], logs: Sequence[float]
) -> list[Word]:
    """The words with a run of them at new times; unchanged where a known word would be passed."""
    new = list(words)
    for index, (start, end), log in zip(run, times, logs, strict=True):
        confidence = round(exp(log), 3)
        new[index] = replace(
            new[index], start_ms=start, end_ms=end, origin="listened", confidence=confidence
        )
    for index in range(max(0, run[0] - 1), min(run[-1] + 2, len(new))):
        if index and new[index].start_ms < new[index - 1].start_ms:
            if not is_guessed(new[index]):
                return list(words)
            start = new[index - 1].start_ms
            new[index] = replace(
                new[index], start_ms=start, end_ms=max(new[index].end_ms, start + MIN_WORD_MS)
            )
    for index in range(max(0, run[0] - 1), min(run[-1] + 1, len(new) - 1)):
        if index < run[0] and words[index].end_ms > words[index + 1].start_ms:
            continue  # It is shown over what comes after it.
        new[index] = ended_by(new[index], new[index + 1].start_ms)
    return new
