"""The phones of a whole recording, for a text that is looked for in all of it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from editor.asr.forced.kept_phones import KeptPhones, Levels
from editor.asr.forced.phone_anchors import alike_in, with_alike
from editor.asr.forced.phones import PhoneNetwork
from editor.asr.forced.pronunciations import Phones
from editor.asr.prefetch import prefetched
from editor.asr.prepare import DECODE_SHARE, RECOGNISE_SHARE, Prepared, Progress

_THREADS = min(4, os.cpu_count() or 1)
#: So many frames are looked at in one go, whatever is asked for.
_BLOCK_FRAMES = 3_000
#: The share of the work of finding a text that this is.
HEARD_SHARE = 0.7


@dataclass(frozen=True)
class Heard:
    """What the network heard, and of it the tokens that can be in the text.

    `used` are these, and `alike` says how much each token counts for each of them. `phones` are the
    likeliest tokens one after the other, `frames` where each begins.
    """

    kept: KeptPhones
    network: PhoneNetwork
    used: NDArray[np.intp]
    alike: NDArray[np.float32]
    phones: NDArray[np.int64]
    frames: NDArray[np.int64]

    @property
    def frame_count(self) -> int:
        """How many frames there are in all."""
        return self.kept.frame_count

    def between(self, first: int, end: int, wanted: Sequence[int]) -> NDArray[np.float32]:
        """Log probabilities in frames [first, end): of `wanted` tokens and of the likeliest.

        Each of `wanted`, which are `used`, counts with those that are taken for it.
        """
        columns = np.searchsorted(self.used, wanted)
        parts = [np.empty((0, len(wanted) + 1), np.float32)]
        for start in range(first, end, _BLOCK_FRAMES):
            logs = self.kept.log_probabilities(start, min(end, start + _BLOCK_FRAMES))
            mixed = with_alike(logs, self.alike)
            top = np.maximum(logs.max(axis=1), mixed.max(axis=1))
            parts.append(np.concatenate([mixed[:, columns], top[:, None]], axis=1))
        return np.concatenate(parts)


def heard_phones(
    prepared: Prepared,
    network: PhoneNetwork,
    said: Sequence[Sequence[Phones]],
    progress: Progress,
) -> Heard:
    """The phones of a recording; what was heard of it before is not heard again."""
    kept = KeptPhones(network, prepared.pcm_path)

    def likeliest(number: int, wanted: Callable[[], None]) -> Levels:
        wanted()
        return kept.likeliest(number)

    pieces = range(kept.piece_count)
    tokens = [np.empty(0, np.uint8)]
    found = prefetched(likeliest, pieces, workers=_THREADS, checkpoint=progress.checkpoint)
    with closing(found):
        for number, part in zip(pieces, found, strict=True):
            tokens.append(part)
            share = HEARD_SHARE * number / len(pieces)
            progress.report(DECODE_SHARE + RECOGNISE_SHARE * share, "hear")
    all_tokens = np.concatenate(tokens)
    is_new = np.concatenate([[True], all_tokens[1:] != all_tokens[:-1]])[: len(all_tokens)]
    is_phone = (all_tokens != network.blank) & (all_tokens != network.boundary)
    (frames,) = np.nonzero(is_new & is_phone)
    used = {phone for ways in said for phones in ways for phone in phones}
    kinds = np.array(sorted({*used, network.blank, network.boundary}), np.intp)
    alike = alike_in(network.tokens)[:, kinds]
    return Heard(kept, network, kinds, alike, all_tokens[frames].astype(np.int64), frames)
