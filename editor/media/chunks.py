"""Where nobody speaks, and where to cut a recording so that no word is cut."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from editor.media.pcm import SAMPLES_PER_MS, sample_blocks

FRAME_MS = 10
#: Shorter pauses are the closures of p, t and k inside words.
SHORTEST_SILENCE_MS = 150
# Quieter than this is no room but a gap we filled, or a muted microphone.
_DIGITAL_SILENCE_DB = -80.0
# This far from speech a cut in a long silence may lie anywhere.
_MARGIN_MS = 500
# A full second of silence is worth going this share of a chunk further for.
_WORTH_OF_A_SECOND = 0.25


def silences(
    pcm_path: Path,
    *,
    shortest_ms: int = SHORTEST_SILENCE_MS,
    start_ms: int = 0,
    end_ms: int | None = None,
) -> list[tuple[int, int]]:
    """Intervals (start_ms, end_ms) without speech in [start_ms, end_ms), in order.

    The threshold follows what is looked at: three tenths of the way from its quiet (5th percentile)
    to its loud (95th percentile) 10 ms frames, in dB.
    """
    levels_db = _levels_db(pcm_path, start_ms, end_ms)
    sounding = levels_db[levels_db > _DIGITAL_SILENCE_DB]
    threshold_db = _DIGITAL_SILENCE_DB
    if len(sounding):
        quiet_db, loud_db = np.percentile(sounding, (5, 95))
        threshold_db = quiet_db + 0.3 * (loud_db - quiet_db)
    silent = (levels_db < threshold_db) | (levels_db <= _DIGITAL_SILENCE_DB)
    edges = np.flatnonzero(np.diff(silent, prepend=False, append=False)).reshape(-1, 2) * FRAME_MS
    long_enough = edges[:, 1] - edges[:, 0] >= shortest_ms
    return [(start_ms + int(start), start_ms + int(end)) for start, end in edges[long_enough]]


def cut_chunks(
    silences: Sequence[tuple[int, int]],
    duration_ms: int,
    *,
    start_ms: int = 0,
    first_ms: int = 30_000,
    target_ms: int = 120_000,
    max_ms: int = 180_000,
) -> list[tuple[int, int]]:
    """Cut [start_ms, duration_ms) into chunks of about `target_ms`, none longer than `max_ms`.

    The first is about `first_ms`, so that the first words come soon. Cuts lie in silences; in
    sound only where `max_ms` of it (of the first chunk: three times `first_ms`) has none.

    >>> cut_chunks([(28_000, 29_000), (149_000, 151_000)], 250_000)
    [(0, 28500), (28500, 149500), (149500, 250000)]
    """
    ends = [end for _, end in silences]
    cuts = [start_ms]
    wanted_ms = first_ms
    while duration_ms - cuts[-1] > (max_ms if len(cuts) > 1 else wanted_ms * 3 // 2):
        start = cuts[-1]
        latest = min(start + min(max_ms, 3 * wanted_ms), duration_ms - 1)
        nearby = silences[bisect_left(ends, start) :]
        cuts.append(_best_cut(nearby, start, start + wanted_ms, latest) or latest)
        wanted_ms = target_ms
    cuts.append(duration_ms)
    return [(a, b) for a, b in pairwise(cuts) if b > a]


def _best_cut(
    silences: Sequence[tuple[int, int]], start: int, ideal: int, latest: int
) -> int | None:
    """The cut nearest to `ideal`, with long silences preferred; None if none lies in between."""
    best, best_score = None, float("-inf")
    for silence_start, silence_end in silences:
        if silence_start > latest:
            break
        margin = min(_MARGIN_MS, (silence_end - silence_start) // 2)
        cut = min(max(ideal, silence_start + margin), silence_end - margin)
        length_s = min(1.0, (silence_end - silence_start) / 1000)
        score = _WORTH_OF_A_SECOND * length_s - abs(cut - ideal) / (ideal - start)
        if start + (ideal - start) // 10 < cut <= latest and score > best_score:
            best, best_score = cut, score
    return best


def _levels_db(pcm_path: Path, start_ms: int, end_ms: int | None) -> NDArray[np.float32]:
    """Loudness (RMS) of each 10 ms frame in dB of full scale; a last part of a frame counts not."""
    frame = FRAME_MS * SAMPLES_PER_MS
    parts = [np.empty(0, dtype=np.float32)]
    for block in sample_blocks(pcm_path, frame * 6_000, start_ms=start_ms, end_ms=end_ms):
        whole = len(block) // frame * frame
        samples = block[:whole].reshape(-1, frame).astype(np.float32)
        power = np.einsum("ij,ij->i", samples, samples) / (frame * 32768.0**2)
        parts.append(10 * np.log10(np.maximum(power, 1e-10)))
    return np.concatenate(parts)
