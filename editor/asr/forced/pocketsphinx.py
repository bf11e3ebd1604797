"""The forced aligner for English, with PocketSphinx's phone models. Owns pocketsphinx.

Sharper than Whisper's attention, a hundredth of a second where that is a twentieth; but it knows
only the words it is given, so what it finds is checked by whoever asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.align.place import Interval
from editor.asr.forced.g2p import phones_of

#: Its frames, in ms.
_FRAME_MS = 10
_TRIM = re.compile(r"^[^a-z0-9]+|[^a-z0-9]+$")
#: Much wider than its own, which lose the words after a cough or music.
_BEAMS = {"beam": 1e-80, "pbeam": 1e-80, "wbeam": 1e-60}
_FILLERS = ("<", "[", "(")


def is_installed() -> bool:
    """Whether the package is there; it is an extra."""
    return find_spec("pocketsphinx") is not None


class PocketSphinxAligner:
    """Finds where known English words are said. Keeps what it learns about new words."""

    def __init__(self) -> None:
        # An extra, and slow to load.
        from pocketsphinx import Decoder

        self._decoder: Any = Decoder(lm=None, loglevel="FATAL", **_BEAMS)
        self._keys: dict[str, str | None] = {}

    def align(self, samples: NDArray[np.float32], words: Sequence[str]) -> list[Interval | None]:
        """The (start_ms, end_ms) of each word, counted from the first sample.

        `samples`: float32 (n,), mono, 16 kHz, in [-1, 1]. None for a word that cannot be said, and
        for all where what is said cannot be these words, or there is no sound.
        """
        keys = [[key for part in word.split() if (key := self._key(part))] for word in words]
        sequence = [key for group in keys for key in group]
        # A word heard at the very end may leave no sound for it; the decoder takes that badly.
        frames = self._aligned(samples, sequence) if sequence and len(samples) else []
        if len(frames) != len(sequence):
            return [None] * len(words)
        times: list[Interval | None] = []
        for group in keys:
            part, frames = frames[: len(group)], frames[len(group) :]
            times.append((part[0][0], part[-1][1]) if part else None)
        return times

    def _aligned(self, samples: NDArray[np.float32], sequence: Sequence[str]) -> list[Interval]:
        """One (start_ms, end_ms) for each word; fewer where the end of them was not reached."""
        pcm = np.clip(samples * 32767, -32768, 32767).astype("<i2").tobytes()
        self._decoder.set_align_text(" ".join(sequence))
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        return [
            (segment.start_frame * _FRAME_MS, (segment.end_frame + 1) * _FRAME_MS)
            for segment in self._decoder.seg() or ()
            if not segment.word.startswith(_FILLERS)
        ]

    def _key(self, word: str) -> str | None:
        """The name of a word in the decoder's dictionary, where it is added if need be."""
        if word not in self._keys:
            self._keys[word] = self._known(word)
        return self._keys[word]

    def _known(self, word: str) -> str | None:
        plain = _TRIM.sub("", word.casefold().replace("\u2019", "'"))
        if plain and self._decoder.lookup_word(plain):
            return plain
        phones = phones_of(word, self._decoder.lookup_word)
        if not phones:
            return None
        key = f"word-{len(self._keys)}"
        self._decoder.add_word(key, phones, True)
        return key
