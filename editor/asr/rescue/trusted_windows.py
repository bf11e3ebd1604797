"""Aligning a trusted text window by window: how much of it to ask for, and what to believe.

The model gets windows that overlap. It is asked for about as much of the text as fills one;
what it puts before the end with some likelihood is believed, and where two windows overlap each
word counts as aligned by the one that has it further inside.
"""

from __future__ import annotations

from collections.abc import Sequence

from editor.align.normalise import weight
from editor.align.place import Interval
from editor.asr.rescue.missed_words import mean

#: What a model aligns at once, and how far its next window is from it if all goes well.
WINDOW_MS, STRIDE_MS = 29_500, 23_000
#: So far into a window its words are better aligned by the window before.
SEAM_MS = 2_000
#: Where nothing of the text is said, so much of the recording is left out.
STEP_MS = 10_000
#: A window begins at least so far behind the one before.
_LEAST_STEP_MS = 4_000
#: Speaking time of a letter, until the recording shows its own.
LETTER_MS = 75.0
#: This share of a window is filled with text; the rest is room for a slower speaker. 0.75 to 0.92
#: were measured: as exact, and the fewer windows the less time.
_FILLED = 0.92
_MOST_WORDS = 120
#: The first word after music is often put before it. A word is aligned again, in the sound
#: just before the next, where more than this lies between that is no silence: so much longer than
#: the word takes, and then, since a word is put where its window begins, not much longer.
_STRANDED_MS, BEFORE_MS = 1_200, (1_000, 200)
_SHORT = 4
#: If it is said there, it is hardly less likely than it was; by 12 where it is not said.
_LESS_LIKELY = 1.5
#: Words this close to the end of a window are aligned better in the next.
EDGE_MS = 2000
#: Mean log probabilities from which on words are believed: of the last three, and of all together.
#: Of a text that is not said they are -6 to -11; of one said in loud babble -2.5 to -6.5.
_LEAST_OF_LAST = -7.5
_LEAST_OF_ALL = -6.8
#: Words that are said are less unlikely than they are without any sound, by this factor: 0.2 to 0.6
#: in noise, 0.4 to 0.9 in babble as loud as they are, 0.97 and more for other texts.
_LEAST_HEARD = 0.92


def asked_for(texts: Sequence[str], first: int, letter_ms: float) -> int:
    """Where the words end that a window is asked for: those from `first` on, one at least."""
    room = WINDOW_MS * _FILLED
    end = first
    while end < len(texts) and end - first < _MOST_WORDS:
        room -= weight(texts[end]) * letter_ms
        end += 1
        if room < 0:
            break
    return end


def believed(
    times_ms: Sequence[tuple[int, int]], logs: Sequence[float], *, window_ms: int, is_end: bool
) -> int:
    """How many of the aligned words are believed, from the first on; all at the text's end.

    `times_ms` are (start, end) from the window's start, `logs` the log probabilities.
    """
    count = len(logs)
    if is_end:
        return count if mean(logs) >= _LEAST_OF_ALL else 0
    for kept in range(count - 1, 0, -1):
        if times_ms[kept - 1][1] > window_ms - EDGE_MS:
            continue
        last = logs[max(0, kept - 3) : kept]
        if mean(last) >= _LEAST_OF_LAST and mean(logs[:kept]) >= _LEAST_OF_ALL:
            # The last words before the end of what was asked for may have been pulled to it.
            return max(1, kept - 2) if kept == count - 1 else kept
    return 0


def is_heard(logs: Sequence[float], without_sound: Sequence[float]) -> bool:
    """Whether words are said, by their log probabilities in a sound and in none.

    What a language model expects anyway is likely wherever it is looked for.

    >>> is_heard([-3.6, -0.2], [-6.2, -1.2]), is_heard([-5.6, -0.2], [-5.8, -0.2])
    (True, False)
    """
    return sum(logs) >= _LEAST_HEARD * sum(without_sound)


def next_window(start_ms: int, reach_ms: int) -> int:
    """Where the window after one at `start_ms` begins whose words are believed up to `reach_ms`."""
    latest = min(start_ms + STRIDE_MS, reach_ms - SEAM_MS)
    return max(latest, start_ms + _LEAST_STEP_MS)


def is_stranded(text: str, said: Interval, next_ms: int, silences: Sequence[Interval]) -> bool:
    """Whether a word, said in this time, may belong beside the next, far behind it.

    `silences` are (start, end) in ms, sorted, counted as the word and the next are.
    """
    between = (said[1], next_ms)
    if between[1] - between[0] <= _STRANDED_MS:
        return False
    # Before a pause stand the ends of sentences; a short word there may be the next one's first.
    begins = text[-1:].isalnum() and weight(text) <= _SHORT
    return begins or not _is_silent(between, silences) or _is_silent(said, silences)


def _is_silent(span: Interval, silences: Sequence[Interval]) -> bool:
    silent = sum(max(0, min(span[1], end) - max(span[0], start)) for start, end in silences)
    return silent >= (span[1] - span[0]) / 2


def is_said_later(log: float, before: float) -> bool:
    """Whether a word is said beside the next, where `log` is its log probability."""
    return log >= before - _LESS_LIKELY
