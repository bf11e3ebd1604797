"""A chunk of a recording and what was recognised in it; the text that helps to recognise it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor import media
from editor.align.place import Interval, in_order, outside
from editor.asr.prepare import Prepared
from editor.asr.recogniser import Recogniser
from editor.document import RecognisedWord, Segment, spoken_words

#: So much sound beside what is aligned is taken as well.
MARGIN_MS = 200

#: The words of the text as they are now, and for each whether it is to be said.
Written = tuple[Sequence[str], Sequence[bool]]


@dataclass(frozen=True)
class Chunk:
    """What was recognised in one chunk of the recording, and its language (ISO 639-1).

    `voiceless` are the intervals in which no voice was found, (start, end) in ms, sorted.
    """

    number: int
    start_ms: int
    end_ms: int
    language: str
    words: list[RecognisedWord]
    voiceless: Sequence[Interval] = ()

    def is_voiceless_at(self, at_ms: int) -> bool:
        """Whether nobody speaks or sings at a time."""
        return any(start_ms <= at_ms < end_ms for start_ms, end_ms in self.voiceless)


def voiceless_in(
    samples: NDArray[np.float32],
    start_ms: int,
    end_ms: int,
    recognised: Sequence[RecognisedWord],
    recogniser: Recogniser,
) -> list[Interval]:
    """The intervals of [start_ms, end_ms), whose sound `samples` are, without voices and words."""
    voices = [(start_ms + first, start_ms + last) for first, last in recogniser.voices_in(samples)]
    spoken = merged([*voices, *((word.start_ms, word.end_ms) for word in recognised)])
    return outside(spoken, (start_ms, end_ms))


def merged(spans: Iterable[Interval]) -> list[Interval]:
    """Intervals in order and apart, those that touch made one.

    >>> merged([(5, 9), (0, 2), (1, 3)])
    [(0, 3), (5, 9)]
    """
    apart: list[Interval] = []
    for start_ms, end_ms in sorted(spans):
        if apart and start_ms <= apart[-1][1]:
            apart[-1] = apart[-1][0], max(apart[-1][1], end_ms)
        else:
            apart.append((start_ms, end_ms))
    return apart


def written_of(segments: Sequence[Segment]) -> Written:
    """What the segments say."""
    words, spoken = spoken_words(segments)
    return [word.text for word in words], spoken


def in_time_order(words: Sequence[RecognisedWord]) -> list[RecognisedWord]:
    """Words from several recognitions, in the order in which they are said."""
    return in_order(sorted(words, key=lambda word: word.start_ms))


def with_replaced(
    recognised: Sequence[RecognisedWord], interval: Interval, new: Sequence[RecognisedWord]
) -> list[RecognisedWord]:
    """The words with new ones in place of those in an interval."""
    kept = [word for word in recognised if not interval[0] <= word.start_ms < interval[1]]
    return in_time_order([*kept, *new])


def with_refined_times(
    chunk: Chunk, prepared: Prepared, recogniser: Recogniser
) -> list[RecognisedWord]:
    """The words of a chunk with sharper times."""
    end_ms = min(chunk.end_ms + MARGIN_MS, prepared.duration_ms)
    return recogniser.refine_times(
        media.read_samples(prepared.pcm_path, chunk.start_ms, end_ms),
        chunk.words,
        language=chunk.language,
        start_ms=chunk.start_ms,
        silences=prepared.silences,
    )
