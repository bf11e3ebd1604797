"""The acoustic network: how likely each phone of any language is in each 20 ms of sound.

A small network trained by CTC (Graves et al. 2006): each frame gives a phone, the boundary of a
word, or nothing. Runs the files of the package hama on onnxruntime; nothing of its code.
"""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor import weights

FRAME_MS = 20
_SAMPLES_PER_FRAME = 320
_SAMPLES_PER_S = 16_000
#: What is given to the network at once, and how much sound on each side of it besides. Its time and
#: memory grow faster than that: 22 s took half as much time more a second, and twice the memory.
_CHUNK_S, _MARGIN_S = 12, 1
_BOUNDARY, _BLANK = "<wb>", "<blank>"
#: Quieter sound than this is made as loud as that, by so much at most.
_QUIET, _LOUD, _LARGEST_GAIN = 0.1, 0.3, 30.0


class PhoneNetwork:
    """The network of a `folder`, and its `tokens`: the phones in IPA by number.

    `threads` is how many it takes for one sound. `version` is another for each other network.
    """

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        # Slow to load.
        import onnxruntime

        self.folder = folder
        letters = json.loads((folder / "g2p_vocab.json").read_text("utf-8"))
        names = [*letters["decoder"], _BOUNDARY, _BLANK]
        self.tokens = {name: number for number, name in enumerate(names)}
        self.blank, self.boundary = self.tokens[_BLANK], self.tokens[_BOUNDARY]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        weights_path = folder / "asr_waveform_fp16.onnx"
        self.version = hashlib.sha256(weights_path.read_bytes()).hexdigest()
        self._session: Any = onnxruntime.InferenceSession(
            str(weights_path), options, providers=["CPUExecutionProvider"]
        )

    def log_probabilities(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log of the probability of each token in each frame: float32 (n // 320, tokens).

        `samples`: float32 (n,), mono, 16 kHz, in [-1, 1].
        """
        chunk, margin = _CHUNK_S * _SAMPLES_PER_S, _MARGIN_S * _SAMPLES_PER_S
        parts = [np.empty((0, len(self.tokens)), np.float32)]
        for start in range(0, len(samples) // _SAMPLES_PER_FRAME * _SAMPLES_PER_FRAME, chunk):
            first, end = max(0, start - margin), min(len(samples), start + chunk + margin)
            frames = (min(len(samples), start + chunk) - start) // _SAMPLES_PER_FRAME
            skipped = (start - first) // _SAMPLES_PER_FRAME
            parts.append(self._run(samples[first:end])[skipped : skipped + frames])
        return np.concatenate(parts)

    def _run(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        inputs = {
            "waveform": _levelled(samples)[None].astype(np.float32),
            "waveform_lengths": np.array([len(samples)], np.int64),
        }
        log_probabilities: NDArray[np.float32] = self._session.run(["log_probs"], inputs)[0][0]
        return log_probabilities


@cache
def phone_network() -> PhoneNetwork | None:
    """The installed network, loaded once; None where its package is not installed.

    Raises:
        ModelUnavailable: a file is not the pinned one.
    """
    folder = weights.phones_folder()
    return PhoneNetwork(folder) if folder else None


def _levelled(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Very quiet sound made as loud as others are."""
    loud = float(np.quantile(np.abs(samples), 0.999))
    return samples * min(_LARGEST_GAIN, _LOUD / max(loud, 1e-6)) if loud < _QUIET else samples
