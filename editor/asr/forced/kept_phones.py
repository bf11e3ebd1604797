"""What the phone network hears in a PCM file, kept in a file beside it: each piece is heard once.

Whoever needs a piece first has it heard; alignment, the terms of a glossary and a trusted text read
the same. Ten hours take 340 MB of the disk, and no more memory than a minute.
"""

from __future__ import annotations

import hashlib
import json
import threading
from contextlib import suppress
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from editor import media
from editor.asr.forced.phones import FRAME_MS, PhoneNetwork
from editor.atomic import written_whole

#: How the file is named beside the PCM file whose phones it keeps.
SUFFIX = ".phones"
#: So much sound is heard at once, and so much on each side of it besides.
PIECE_MS, _MARGIN_MS = 10_000, 1_000
_PIECE_FRAMES = PIECE_MS // FRAME_MS
#: Changes with all that the kept levels depend on besides the sound and the network.
_VERSION = 1
_HEAD_BYTES, _CHECK_BYTES = 512, 4
#: Logs of probabilities are kept as one of so many levels, finer where likely. Less likely tokens
#: than the last of them are as likely as that.
_LEVELS, _LEAST_LOG = 256, -18.4
_LOGS = (_LEAST_LOG * np.linspace(0, 1, _LEVELS) ** 2).astype(np.float32)
#: One file is begun at a time.
_beginning = threading.Lock()

Levels = NDArray[np.uint8]


class KeptPhones:
    """The phones of a PCM file, `frame_count` frames in `piece_count` pieces."""

    def __init__(self, network: PhoneNetwork, pcm_path: Path) -> None:
        self._network, self._pcm_path = network, pcm_path
        self._path = kept_path(pcm_path)
        self._duration_ms = media.pcm_duration_ms(pcm_path)
        self.frame_count = self._duration_ms // FRAME_MS
        self.piece_count = -(-self.frame_count // _PIECE_FRAMES)
        sound = pcm_path.stat()
        told = [_VERSION, network.version, sound.st_size, sound.st_mtime_ns]
        digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
        self._head = f"phones {digest}\n".encode().ljust(_HEAD_BYTES)

    def log_probabilities(self, first: int, end: int) -> NDArray[np.float32]:
        """The log of the probability of each token in frames [first, end): (frames, tokens).

        To within 0.04 nats for likely tokens, 0.14 for the least likely.
        """
        first, end = max(0, first), min(end, self.frame_count)
        parts = [np.empty((0, len(self._network.tokens)), np.float32)]
        for number in range(first // _PIECE_FRAMES, -(-end // _PIECE_FRAMES)):
            at = number * _PIECE_FRAMES
            parts.append(_LOGS[self._levels(number)[max(0, first - at) : end - at]])
        return np.concatenate(parts)

    def likeliest(self, number: int) -> Levels:
        """The likeliest token in each frame of a piece: uint8 (frames,), at most 500."""
        found: Levels = self._levels(number).argmin(axis=1).astype(np.uint8)
        return found

    def _levels(self, number: int) -> Levels:
        """A piece as it is kept; heard now where it is not."""
        kept = self._read(number)
        if kept is None:
            kept = self._heard(number)
            # Where the disk is full or refuses, what is heard holds all the same; whoever needs
            # the piece again has it heard again.
            with suppress(OSError):
                self._keep(number, kept)
        return kept

    def _heard(self, number: int) -> Levels:
        start_ms = number * PIECE_MS
        first_ms = max(0, start_ms - _MARGIN_MS)
        last_ms = min(start_ms + PIECE_MS + _MARGIN_MS, self._duration_ms)
        samples = media.read_samples(self._pcm_path, first_ms, last_ms)
        skipped = (start_ms - first_ms) // FRAME_MS
        logs = self._network.log_probabilities(samples)[skipped : skipped + self._frames(number)]
        share = np.clip(logs / _LEAST_LOG, 0.0, 1.0)
        levels: Levels = np.rint((_LEVELS - 1) * np.sqrt(share)).astype(np.uint8)
        return levels

    def _frames(self, number: int) -> int:
        return min(_PIECE_FRAMES, self.frame_count - number * _PIECE_FRAMES)

    def _place(self, number: int) -> int:
        """Where in the file a piece begins; each is preceded by what it is checked by."""
        piece_bytes = _CHECK_BYTES + _PIECE_FRAMES * len(self._network.tokens)
        return _HEAD_BYTES + number * piece_bytes

    def _read(self, number: int) -> Levels | None:
        """A piece, if it is there, whole, and of this sound."""
        shape = self._frames(number), len(self._network.tokens)
        try:
            with self._path.open("rb") as file:
                if file.read(_HEAD_BYTES) != self._head:
                    return None
                file.seek(self._place(number))
                check, data = file.read(_CHECK_BYTES), file.read(shape[0] * shape[1])
        except OSError:
            return None
        # A hole is all zeros, and so is the check that does not fit it.
        if len(data) < shape[0] * shape[1] or check != _check(data):
            return None
        return np.frombuffer(data, np.uint8).reshape(shape)

    def _keep(self, number: int, levels: Levels) -> None:
        data = levels.tobytes()
        self._begin()
        with self._path.open("r+b") as file:
            if file.read(_HEAD_BYTES) == self._head:
                file.seek(self._place(number))
                file.write(_check(data) + data)

    def _begin(self) -> None:
        """See that there is a file of this sound; what another sound left goes."""
        with _beginning:
            if self._path.exists():
                with self._path.open("rb") as file:
                    if file.read(_HEAD_BYTES) == self._head:
                        return
            with written_whole(self._path) as file:
                file.write(self._head)


def kept_path(pcm_path: Path) -> Path:
    """Where the phones of a PCM file are kept.

    >>> kept_path(Path("media/x/work.wav")).name
    'work.wav.phones'
    """
    return pcm_path.with_name(pcm_path.name + SUFFIX)


def _check(data: bytes) -> bytes:
    return crc32(data).to_bytes(_CHECK_BYTES, "little")
