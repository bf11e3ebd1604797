"""Following a trusted text through the sound: how much of it to listen for, and what to believe.

The model is asked for more of the text than it may hear and less than fills its window; what it
puts before the end with some likelihood is kept, and the next window begins there.
"""

from __future__ import annotations

from collections.abc import Sequence

from editor.align.holes import mean
from editor.align.normalise import weight

#: What a model listens to at once.
WINDOW_MS = 28_000
#: Speaking time of a letter, until the recording shows its own.
LETTER_MS = 75.0
#: This share of a window is filled with text; the rest is room for a slower speaker. 0.75 to 0.92
#: were measured: as exact, and the fewer windows the less time.
_FILLED = 0.85
_MOST_WORDS = 120
#: Words this close to the end of a window are heard better in the next.
_EDGE_MS = 2000
#: Mean log probabilities from which on words are believed: of the last three, and of all together.
#: Of a text that is not said they are -6 to -11; of one said in loud babble -3 to -5.7.
_LEAST_OF_LAST = -7.0
_LEAST_OF_ALL = -5.5


def asked_for(texts: Sequence[str], first: int, letter_ms: float) -> int:
    """Where the words end that a window is listened to for: those from `first` on, one at least."""
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
    """How many of the words listened for are believed, from the first on; all at the text's end.

    `times_ms` are (start, end) from the window's start, `logs` the log probabilities.
    """
    count = len(logs)
    if is_end:
        return count if mean(logs) >= _LEAST_OF_ALL else 0
    for kept in range(count - 1, 0, -1):
        if times_ms[kept - 1][1] > window_ms - _EDGE_MS:
            continue
        last = logs[max(0, kept - 3) : kept]
        if mean(last) >= _LEAST_OF_LAST and mean(logs[:kept]) >= _LEAST_OF_ALL:
            # The last words before the end of what was asked for may have been pulled to it.
            return max(1, kept - 2) if kept == count - 1 else kept
    return 0
