"""The phones of a whole recording, recognised once for all that a text can need of them."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor import media
from editor.asr.forced.phone_anchors import alike_in, with_alike
from editor.asr.forced.phones import FRAME_MS, PhoneNetwork
from editor.asr.forced.pronunciations import Phones
from editor.asr.prefetch import prefetched
from editor.asr.prepare import DECODE_SHARE, RECOGNISE_SHARE, Prepared, Progress

#: So much sound is recognised at once, and so much on each side besides.
_CHUNK_MS, _MARGIN_MS = 60_000, 1_000
_THREADS = min(4, os.cpu_count() or 1)
#: The share of the work of finding a text that this is.
HEARD_SHARE = 0.7

#: There are fewer than 256 of them.
Tokens = NDArray[np.uint8]


@dataclass(frozen=True)
class Heard:
    """What the network heard: the log probabilities of the tokens that can be in the text.

    `columns` has the column of each token, -1 for those left out; `blank` and `boundary` are those
    of no phone and of the end of a word. `phones` are the likeliest
    tokens one after the other, `frames` where each begins.
    """

    columns: NDArray[np.intp]
    blank: int
    boundary: int
    log_probabilities: NDArray[np.float16]
    phones: NDArray[np.int64]
    frames: NDArray[np.int64]


def heard_phones(
    prepared: Prepared,
    network: PhoneNetwork,
    said: Sequence[Sequence[Phones]],
    progress: Progress,
    from_ms: int,
) -> Heard:
    """The phones of a recording from a time on, as much of them as the text can need."""
    used = sorted({phone for ways in said for phones in ways for phone in phones})
    kept = [*used, network.blank, network.boundary]
    columns = np.full(len(network.tokens), -1, np.intp)
    columns[kept] = np.arange(len(kept))
    alike = alike_in(network.tokens)

    def chunk(start_ms: int, wanted: Callable[[], None]) -> tuple[NDArray[np.float16], Tokens]:
        wanted()
        first_ms = max(0, start_ms - _MARGIN_MS)
        end_ms = min(start_ms + _CHUNK_MS, prepared.duration_ms)
        last_ms = min(end_ms + _MARGIN_MS, prepared.duration_ms)
        samples = media.read_samples(prepared.pcm_path, first_ms, last_ms)
        skipped = (start_ms - first_ms) // FRAME_MS
        frames = (end_ms - start_ms) // FRAME_MS
        logs = network.log_probabilities(samples)[skipped : skipped + frames]
        # The likeliest of all tokens comes last, to compare with.
        top = logs.max(axis=1, keepdims=True)
        small = np.concatenate([with_alike(logs, alike)[:, kept], top], axis=1)
        return small.astype(np.float16), logs.argmax(axis=1).astype(np.uint8)

    starts = range(from_ms, prepared.duration_ms, _CHUNK_MS)
    # In one place from the beginning: joining parts would take twice the memory.
    count = max(0, prepared.duration_ms - from_ms) // FRAME_MS
    all_logs = np.zeros((count, len(kept) + 1), np.float16)
    tokens = []
    found = prefetched(chunk, starts, workers=_THREADS, checkpoint=progress.checkpoint)
    with closing(found):
        for start_ms, (small, likeliest) in zip(starts, found, strict=True):
            at = (start_ms - from_ms) // FRAME_MS
            all_logs[at : at + len(small)] = small
            tokens.append(likeliest)
            share = HEARD_SHARE * start_ms / max(1, prepared.duration_ms)
            progress.report(DECODE_SHARE + RECOGNISE_SHARE * share, "hear")
    all_tokens = np.concatenate(tokens) if tokens else np.empty(0, np.uint8)
    is_new = np.concatenate([[True], all_tokens[1:] != all_tokens[:-1]])[: len(all_tokens)]
    is_phone = (all_tokens != network.blank) & (all_tokens != network.boundary)
    (frames,) = np.nonzero(is_new & is_phone)
    blank, boundary = len(used), len(used) + 1
    return Heard(columns, blank, boundary, all_logs, all_tokens[frames].astype(np.int64), frames)
