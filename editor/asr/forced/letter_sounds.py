"""The letters of English and Korean words to sounds, by what the phones were learned with.

Runs the files of the package hama on onnxruntime; nothing of its code.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from itertools import takewhile
from pathlib import Path
from typing import Any

import numpy as np

#: Words at once, letters of a word, sounds of a word.
_BATCH, _MOST_LETTERS, _MOST_SOUNDS = 32, 32, 32
_HANGUL = re.compile("[가-힣]")


class LetterSounds:
    """The networks of a folder: one reads a word, the other says it sound by sound."""

    def __init__(self, folder: Path) -> None:
        # Slow to load.
        import onnxruntime

        letters = json.loads((folder / "g2p_vocab.json").read_text("utf-8"))
        self._letters = {letter: number for number, letter in enumerate(letters["encoder"])}
        self._sounds: list[str] = letters["decoder"]
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._encoder, self._decoder = (
            onnxruntime.InferenceSession(
                str(folder / name), options, providers=["CPUExecutionProvider"]
            )
            for name in ("encoder.onnx", "decoder_step.onnx")
        )

    def sounds(self, words: Sequence[str]) -> list[str]:
        """The sounds of each word, in IPA."""
        return [
            sound
            for first in range(0, len(words), _BATCH)
            for sound in self._batch(words[first : first + _BATCH])
        ]

    def _batch(self, words: Sequence[str]) -> list[str]:
        state = self._encoded(words)
        state["positions"] = np.arange(_MOST_LETTERS, dtype=np.float32)[None]
        state["decoder_input_ids"] = np.full((len(words), 1), self._sounds.index("<sos>"), np.int64)
        end = self._sounds.index("<eos>")
        said = np.full((len(words), _MOST_SOUNDS), end, np.int64)
        for step in range(_MOST_SOUNDS):
            names = ["next_token_ids", "hidden_out", "prev_attn_out"]
            said[:, step], state["hidden"], state["prev_attn"] = self._decoder.run(names, state)
            state["decoder_input_ids"] = said[:, [step]]
            if (said[:, : step + 1] == end).any(axis=1).all():
                break
        return [
            "".join(self._sounds[n] for n in takewhile(end.__ne__, row.tolist())) for row in said
        ]

    def _encoded(self, words: Sequence[str]) -> dict[str, Any]:
        unknown, padding = self._letters["<unk>"], self._letters["<pad>"]
        numbers = np.full((len(words), _MOST_LETTERS), padding, np.int64)
        for row, word in zip(numbers, words, strict=True):
            # Syllables of Hangul are read letter by letter.
            letters = unicodedata.normalize("NFD", word) if _HANGUL.search(word) else word
            known = [self._letters.get(letter, unknown) for letter in letters[:_MOST_LETTERS]]
            row[: len(known)] = known
        lengths = (numbers != padding).sum(axis=1)
        names = ["encoder_outputs", "projected_keys", "hidden", "encoder_mask", "prev_attn"]
        inputs = {"input_ids": numbers, "input_lengths": lengths}
        return dict(zip(names, self._encoder.run(names, inputs), strict=True))
