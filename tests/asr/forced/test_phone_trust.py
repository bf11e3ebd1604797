"""Which words found by their phones are believed."""

from __future__ import annotations

import numpy as np

from editor.asr.forced.phone_path import PhoneSpan
from editor.asr.forced.phone_trust import believed_words

#: Each word has three phones, ten frames long; six of them stand beside each other.
SAID = [[(1, 2, 3)]] * 7
SENTENCE = [PhoneSpan(first, first + 10, 1, -0.1, None) for first in range(100, 160, 10)]


def is_believed(word: PhoneSpan, heard: list[int]) -> bool:
    """Whether a word after a sentence is, where phones are heard from these frames on."""
    kept = believed_words([*SENTENCE, word], SAID, np.array(heard))
    assert kept[:6] == SENTENCE
    return kept[6] is not None


def test_a_word_behind_speech_that_is_not_written_is_found_by_chance() -> None:
    in_sentence, between = list(range(100, 160, 5)), list(range(165, 290, 5))
    far, near = PhoneSpan(300, 310, 1, -0.1, None), PhoneSpan(225, 235, 1, -0.1, None)
    assert not is_believed(far, in_sentence + between)
    assert not is_believed(near, in_sentence + between)
    assert is_believed(far, in_sentence)
    assert is_believed(near, in_sentence + between[:5])
