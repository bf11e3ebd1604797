"""Gives recognised words better times by a forced alignment that knows what is said.

Recognition puts most words within a tenth of a second, and the first word after a pause often far
too early, into the pause. A forced alignment with phone models is sharp to a hundredth, and where
it goes wrong it is wrong by much. So it is believed where both agree, and where it is later than
recognition but inside the word as recognised. One that checks whether its words fit the sound is
believed further off.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from statistics import median

from editor.align.place import Interval, in_order
from editor.document import MIN_WORD_MS, AlignerName, RecognisedWord

#: A forced alignment this much earlier than recognition is not believed.
_TOO_EARLY_MS = 150
#: One that checked that the word fits is believed up to this far off.
_CHECKED_MS = 600
_CHECKING = frozenset({"phones"})
#: Later than this it is believed only where recognition began the word in a silence.
_LATE_MS = 200
_TOO_LATE_MS = 1500
#: A word ends this long before the silence it seems to reach into, at the soonest.
_SHORTEST_SOUND_MS = 60
#: A word begins softly this long before its silence ends, at most.
_SOFT_MS = 80


def with_aligned_times(
    recognised: Sequence[RecognisedWord],
    again: Sequence[Interval | None],
    *,
    aligners: Sequence[AlignerName] = (),
    silences: Sequence[Interval] = (),
) -> list[RecognisedWord]:
    """Give each recognised word the time at which it was aligned, where that is to be believed.

    `again` has one (start_ms, end_ms) for each word, None where the forced alignment failed;
    `aligners` which one it was (none that checks its words, if empty);
    `silences` are (start, end) in ms, sorted. Starts never decrease in what comes back.
    """
    shifts = [time[0] - word.start_ms for word, time in zip(recognised, again, strict=True) if time]
    bias = round(median(shifts)) if shifts else 0
    ends = [end for _, end in silences]
    words: list[RecognisedWord] = []
    found_by = aligners or [word.aligner for word in recognised]
    for word, time, aligner in zip(recognised, again, found_by, strict=True):
        is_sure = aligner in _CHECKING and time is not None
        is_near = is_sure and time and abs(time[0] - word.start_ms - bias) <= _CHECKED_MS
        if time and (is_near or _is_believed(word, time, bias, silences, ends)):
            word = replace(word, start_ms=time[0], end_ms=time[1], aligner=aligner)
        if not is_near:
            # Phones that fit know better: a stop begins in a silence, with a burst in it.
            word = _begun_after_silence(word, silences, ends)
        words.append(_ended_by_silence(word, silences, ends))
    return in_order(words)


def ended_by_silences(
    words: Sequence[RecognisedWord], silences: Sequence[Interval]
) -> list[RecognisedWord]:
    """Words whose starts are right, each ending no later than the silence behind it begins."""
    ends = [end for _, end in silences]
    return in_order(_ended_by_silence(word, silences, ends) for word in words)


def _is_believed(
    word: RecognisedWord,
    time: Interval,
    bias: int,
    silences: Sequence[Interval],
    ends: Sequence[int],
) -> bool:
    shift = time[0] - word.start_ms - bias
    if -_TOO_EARLY_MS <= shift <= _LATE_MS:
        return True
    if not 0 < shift <= _TOO_LATE_MS:
        return False
    at = bisect_left(ends, word.start_ms)
    return (at < len(silences) and silences[at][0] < time[0]) or time[0] < word.end_ms + bias


def _begun_after_silence(
    word: RecognisedWord, silences: Sequence[Interval], ends: Sequence[int]
) -> RecognisedWord:
    """Begin a word where the silence ends that it begins in, if it reaches beyond."""
    at = bisect_right(ends, word.start_ms + _SOFT_MS)
    if at == len(silences) or silences[at][0] >= word.start_ms:
        return word
    is_beyond = word.end_ms >= ends[at] + MIN_WORD_MS
    return replace(word, start_ms=ends[at]) if is_beyond else word


def _ended_by_silence(
    word: RecognisedWord, silences: Sequence[Interval], ends: Sequence[int]
) -> RecognisedWord:
    """End a word where the silence begins that it reaches into and not beyond."""
    at = bisect_left(ends, word.end_ms - MIN_WORD_MS)
    if at == len(silences) or silences[at][0] >= word.end_ms:
        return word
    end = max(silences[at][0], word.start_ms + _SHORTEST_SOUND_MS)
    return replace(word, end_ms=min(end, word.end_ms))
