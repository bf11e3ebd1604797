"""How likely words are where they should be said."""

from __future__ import annotations

from collections.abc import Sequence

from editor import media
from editor.align.windows import windows_of
from editor.document import HeardWord
from editor.hearing.prepare import Prepared, Progress
from editor.recognise import Recogniser

#: What a model listens to at once.
_MOST_TOLD_MS = 29_900


def likelihoods(
    prepared: Prepared,
    recogniser: Recogniser,
    words: Sequence[HeardWord],
    *,
    language: str,
    progress: Progress,
) -> list[float | None]:
    """Listen for words where they should be: the log of the probability of each, None if unknown.

    `words` are sorted by time, written ones as if they had been heard. Costs one encoder pass for
    every window of about 20 s.
    """
    logs: list[float | None] = [None] * len(words)
    for window in windows_of(
        words, start_ms=0, end_ms=prepared.duration_ms, silences=prepared.silences
    ):
        progress.checkpoint()
        progress.report(window.start_ms / max(1, prepared.duration_ms), "listen")
        end_ms = min(window.end_ms, window.start_ms + _MOST_TOLD_MS)
        told = recogniser.tell(
            media.read_samples(prepared.work_path, window.start_ms, end_ms),
            [word.text for word in words[window.first : window.end]],
            language=language,
        )
        for index, word in enumerate(told, window.first):
            logs[index] = word.log_probability
    return logs
