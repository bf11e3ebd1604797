"""A forced aligner for any language: a CTC model (wav2vec2, MMS) as an ONNX file. Owns onnxruntime.

The folder holds `model.onnx` (also in `onnx/`), `vocab.json`, and `preprocessor_config.json` where
the sound is to be made equally loud. The model takes samples, float32 (1, n), and gives the scores
of its letters, (1, frames, letters).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from editor.align.place import Interval
from editor.asr.forced.viterbi import ANY, letter_frames
from editor.errors import ModelUnavailable

_FILES = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
_BLANKS = ("<pad>", "[PAD]", "<blank>")
_SPACES = ("|", " ")
_SAMPLES_PER_MS = 16
#: A model that knows fewer letters of a text than this share is for another script.
_LEAST_KNOWN = 0.9


class CtcAligner:
    """Finds where known words are said, in the languages that its model can spell.

    Raises:
        ModelUnavailable: a file is missing or is not what it should be.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = next((folder / name for name in _FILES if (folder / name).is_file()), None)
        if self._path is None:
            raise self._refused(f"this folder contains no {_FILES[0]}.")
        self._tokens = self._json("vocab.json")
        if not all(type(number) is int and number >= 0 for number in self._tokens.values()):
            raise self._refused("its vocab.json must map letters to numbers.")
        blank = next((self._tokens[name] for name in _BLANKS if name in self._tokens), None)
        if blank is None:
            raise self._refused(f"its vocab.json names no blank ({', '.join(_BLANKS)}).")
        self._blank = blank
        self._space = next((self._tokens[name] for name in _SPACES if name in self._tokens), None)
        config = folder / "preprocessor_config.json"
        settings = self._json(config.name) if config.is_file() else {}
        self._is_levelled = bool(settings.get("do_normalize", False))
        rate_hz = settings.get("sampling_rate", 1000 * _SAMPLES_PER_MS)
        if rate_hz != 1000 * _SAMPLES_PER_MS:
            raise self._refused(f"it needs {rate_hz} samples per second; only 16000 is supported.")

    def can_spell(self, words: Sequence[str]) -> bool:
        """Whether the model knows nearly all letters of these words."""
        letters = [letter for word in words for letter in self._letters(word)]
        return bool(letters) and sum(n != ANY for n in letters) >= _LEAST_KNOWN * len(letters)

    def align(self, samples: NDArray[np.float32], words: Sequence[str]) -> list[Interval | None]:
        """The (start_ms, end_ms) of each word, counted from the first sample.

        `samples`: float32 (n,), mono, 16 kHz, in [-1, 1]. None for a word without letters, and for
        all where there are more letters than the sound has room for.
        """
        spelled = [self._letters(word) for word in words]
        letters: list[int] = []
        places = []
        for word in spelled:
            if letters and word and self._space is not None:
                letters.append(self._space)
            places.append((len(letters), len(letters) + len(word)))
            letters += word
        if not letters or not len(samples):
            return [None] * len(words)
        log_probs = self._log_probs(samples)
        frames = letter_frames(log_probs, letters, blank=self._blank)
        if not frames:
            return [None] * len(words)
        frame_ms = len(samples) / _SAMPLES_PER_MS / len(log_probs)
        return [
            (round(frames[first][0] * frame_ms), round(frames[end - 1][1] * frame_ms))
            if end > first
            else None
            for first, end in places
        ]

    def _letters(self, word: str) -> list[int]:
        """The tokens of a word; marks and punctuation that the model does not know are left out."""
        found = []
        for letter in unicodedata.normalize("NFC", word):
            token = self._token(letter)
            if token is None and letter.isalnum():
                plain = unicodedata.normalize("NFD", letter)[0]
                token = self._token(plain)
                token = ANY if token is None else token
            if token is not None:
                found.append(token)
        return found

    def _token(self, letter: str) -> int | None:
        forms = (letter, letter.lower(), letter.upper(), letter.replace("\u2019", "'"))
        return next((self._tokens[form] for form in forms if form in self._tokens), None)

    def _log_probs(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
        if self._is_levelled:
            samples = (samples - samples.mean()) / np.sqrt(samples.var() + 1e-7)
        inputs: dict[str, Any] = {self._session.get_inputs()[0].name: samples[np.newaxis]}
        for other in self._session.get_inputs()[1:]:
            inputs[other.name] = np.ones((1, len(samples)), np.int64)
        scores = np.asarray(self._session.run(None, inputs)[0], np.float32)
        if scores.ndim != 3 or scores.shape[2] <= max(self._tokens.values()):
            raise self._refused(f"it gives scores of the shape {scores.shape}, not of its letters.")
        top = scores[0].max(axis=1, keepdims=True)
        logs = scores[0] - top
        return np.asarray(logs - np.log(np.exp(logs).sum(axis=1, keepdims=True)), np.float32)

    @cached_property
    def _session(self) -> Any:
        # Slow to import, and not needed where nothing is recognised.
        import onnxruntime

        try:
            return onnxruntime.InferenceSession(str(self._path), providers=["CPUExecutionProvider"])
        except Exception as error:
            raise self._refused(f"{self._path} cannot be loaded ({error}).") from error

    def _json(self, name: str) -> dict[str, Any]:
        try:
            read = json.loads((self._folder / name).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise self._refused(f"its {name} cannot be read ({error}).") from error
        if not isinstance(read, dict):
            raise self._refused(f"its {name} is not a JSON object.")
        return read

    def _refused(self, reason: str) -> ModelUnavailable:
        advice = "Set TRANSCRIPT_EDITOR_CTC_MODEL to a folder with model.onnx and vocab.json."
        return ModelUnavailable(str(self._folder), reason, advice)
