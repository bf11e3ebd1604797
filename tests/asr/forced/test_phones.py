"""The network of phones, how words are said, and where they are found in speech."""

from __future__ import annotations

from itertools import accumulate

import numpy as np
import pytest

from editor.asr.forced.phone_aligner import PhoneAligner, phone_aligner
from editor.asr.forced.phones import phone_network
from editor.asr.forced.pronunciations import pronouncer
from tests.support.robot import say
from tests.support.speech import noise, silence, speak

network = phone_network()
pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(network is None, reason="the extra phones is not installed"),
]


def aligner(language: str) -> PhoneAligner:
    found = phone_aligner(language)
    assert found
    return found


def sounds(language: str, word: str) -> list[str]:
    """The ways to say a word, in IPA."""
    words = pronouncer(language)
    assert network
    assert words
    names = {number: name for name, number in network.tokens.items()}
    return ["".join(names[phone] for phone in way) for way in words.ways([word])[0]]


def test_a_frame_lasts_20_ms_however_long_the_sound_is() -> None:
    assert network
    for count in (0, 1, 319, 320, 500, 16_000, 20 * 16_000 + 5, 41 * 16_000):
        heard = network.log_probabilities(np.zeros(count, np.float32))
        assert heard.shape == (count // 320, len(network.tokens))


def test_what_is_cut_for_the_network_is_heard_as_whole() -> None:
    assert network
    line = "The keeper of the lighthouse wrote every morning what he had seen. "
    samples = np.tile(speak(line).samples, 8)
    assert len(samples) > 23 * 16_000
    heard = network.log_probabilities(samples).argmax(axis=1)
    tail = network.log_probabilities(samples[16 * 16_000 :]).argmax(axis=1)
    around_cut = heard[980:1020] == tail[180:220]
    assert around_cut.mean() > 0.9


@pytest.mark.parametrize(
    ("language", "word", "said"),
    [
        ("en", "Mind,", "maɪnd"),
        ("en", "I", "aɪ"),
        ("en", "AI", "eɪaɪ"),
        ("en", "1984", "naɪntineɪtifɔɹ"),
        ("de", "Straße", "ʃtʁasə"),
        ("de", "12", "tsvœlf"),
        ("fr", "l\u2019homme", "lɔm"),
        ("fr", "qu'il", "kil"),
        ("fr", "À", "ɑ"),
        ("fr", "J'y", "ʒi"),
        ("es", "¿3.000?", "tɾesmil"),
        ("ko", "날씨가,", "nals͈iga"),
        ("ko", "24시", "isibs͈asi"),
        ("ko", "KBS", "keɪbiɛs"),
    ],
)
def test_words_numbers_and_letters_are_said_as_people_do(
    language: str, word: str, said: str
) -> None:
    assert said in sounds(language, word)


@pytest.mark.parametrize("word", ["…", "🙂", "1" * 5000, "a" * 100_000, "1,000" * 300, "\0"])
def test_what_nobody_says_has_no_sounds_and_takes_no_time(word: str) -> None:
    assert sounds("en", word) == []


def test_a_language_without_a_pack_has_no_aligner() -> None:
    assert phone_aligner("xx") is None
    assert phone_aligner("zh") is None


def test_a_word_said_five_times_is_found_each_time() -> None:
    said = speak("No, no, no, no, no. I will not open the gate before the morning.")
    found = aligner("en").align(said.samples, [text for text, _, _ in said.words])
    late = [time[0] - start for time, (_, start, _) in zip(found, said.words, strict=True) if time]
    assert len(late) == len(said.words)
    assert max(map(abs, late)) < 70


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Meine Schwester hat einen großen Hund und zwei kleine Katzen."),
        ("es", "Mi hermano vive en una casa grande cerca del mar con su familia."),
        ("fr", "Ma sœur habite dans une petite maison blanche près de la rivière."),
        ("ko", "제 여동생은 바다 가까이 작은 하얀 집에 살고 있습니다."),
    ],
)
def test_words_of_other_languages_are_found(language: str, line: str) -> None:
    samples, begins = say(line, language)
    words = line.split()
    places = accumulate(map(len, words), initial=0)
    found = aligner(language).align(samples, words)
    late = [
        time[0] - begins[place]
        for place, time in zip(places, found, strict=False)
        if time and place in begins
    ]
    assert len(late) > len(words) - 3
    assert sorted(map(abs, late))[len(late) // 2] < 40
    assert max(map(abs, late)) < 150


def test_words_that_are_not_said_are_not_found() -> None:
    words = ["Every", "good", "citizen", "should", "weigh", "the", "matter"]
    assert aligner("en").align(noise(3000, level=0.05).samples, words) == [None] * 7
    assert aligner("en").align(silence(3000).samples, words) == [None] * 7
    assert aligner("en").align(silence(0).samples, words) == [None] * 7
