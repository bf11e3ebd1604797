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


def test_few_words_that_fit_stand_alone_among_unsaid_and_unwritten_ones() -> None:
    unsaid: list[PhoneSpan | None] = [None] * 12
    chance = [PhoneSpan(first, first + 10, 1, 0.0, None) for first in range(600, 650, 10)]
    spans = [*SENTENCE * 3, *unsaid, *chance, *unsaid]
    spans[:18] = [PhoneSpan(at, at + 10, 1, -0.1, None) for at in range(100, 280, 10)]
    kept = believed_words(spans, [[(1, 2, 3)]] * len(spans), np.arange(100, 900, 5))
    assert kept == [*spans[:18], *[None] * 29]


def test_a_word_at_the_edge_that_stands_apart_or_fits_badly_is_left_out() -> None:
    sentence = [PhoneSpan(at, at + 10, 1, -0.1, None) for at in range(100, 280, 10)]
    unsaid: list[PhoneSpan | None] = [None] * 5
    for word in (PhoneSpan(300, 310, 1, 0.0, None), PhoneSpan(280, 290, 1, -1.5, None)):
        spans = [*sentence, word, *unsaid]
        heard = [*range(100, 280, 5), *range(word.first, 500, 5)]
        kept = believed_words(spans, [[(1, 2, 3)]] * len(spans), np.array(heard))
        assert kept == [*sentence, *[None] * 6]
