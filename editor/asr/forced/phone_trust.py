"""Which words found by their phones to believe: not those that chance finds among unsaid ones."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from editor.asr.forced.phone_path import PhoneSpan, Ways

#: A word that fits worse is not said. Runs of words, none of them further than so many frames from
#: the next, that have few phones must fit better, and stand beside no word that was left out, nor
#: beside speech that is not in the text: so many phones heard between them and the next run.
_LEAST_FIT, _SHORT_FIT, _LEAST_PHONES, _RUN_FRAMES = -3.0, -1.0, 12, 75
_UNWRITTEN_PHONES = 10
#: Nor is a word said that takes longer than this for each of its phones.
_LONGEST_PHONE_FRAMES = 20


def believed_words(
    spans: Sequence[PhoneSpan | None], said: Sequence[Ways], heard_frames: NDArray[np.int64]
) -> list[PhoneSpan | None]:
    """The words found, but those that chance may have found among words that are not said.

    `heard_frames` are those in which phones begin that were heard, rising.
    """
    kept: list[PhoneSpan | None] = [
        span
        if span
        and span.fit >= _LEAST_FIT
        and span.end - span.first <= _LONGEST_PHONE_FRAMES * len(ways[0])
        else None
        for span, ways in zip(spans, said, strict=True)
    ]
    words = [n for n, ways in enumerate(said) if ways]
    for run, is_beside_other in _runs(kept, words, heard_frames):
        phones = sum(len(said[n][0]) for n in run)
        fit = sum(span.fit for n in run if (span := kept[n])) / len(run)
        if phones < _LEAST_PHONES and (is_beside_other or fit < _SHORT_FIT):
            for n in run:
                kept[n] = None
    return kept


def _runs(
    spans: Sequence[PhoneSpan | None], words: Sequence[int], heard_frames: NDArray[np.int64]
) -> Iterator[tuple[list[int], bool]]:
    """Runs of words found close together, and whether other words or other speech are beside."""
    run: list[int] = []
    is_after_other = False
    for n in words:
        span, last = spans[n], spans[run[-1]] if run else None
        if run and span is None:
            yield run, True
            run = []
        elif span and last:
            first, end = np.searchsorted(heard_frames, (last.end, span.first))
            is_other_between = bool(end - first >= _UNWRITTEN_PHONES)
            if is_other_between or span.first - last.end > _RUN_FRAMES:
                yield run, is_after_other or is_other_between
                run, is_after_other = [], is_other_between
        if span is None:
            is_after_other = True
        else:
            run.append(n)
    if run:
        yield run, is_after_other
