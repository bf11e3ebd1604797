from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from tests.support import speech


def test_words_are_said_in_order_within_the_sound() -> None:
    spoken = speech.speak("The tide was late. Nobody told the moon!", speed=1.1)
    assert spoken.text == "The tide was late. Nobody told the moon!"
    times = [time for _, start, end in spoken.words for time in (start, end)]
    assert times == sorted(times)
    assert times[-1] <= spoken.duration_ms


def test_same_arguments_give_the_same_sound() -> None:
    first = speech._speak.__wrapped__("High water.", 1.0, 1.0, 0.0, speech.RATE_HZ)
    again = speech.speak("High water.")
    assert np.array_equal(first.samples, again.samples)
    assert first.words == again.words


def test_speech_is_heard_where_the_words_are() -> None:
    spoken = speech.speak("Stop, stop, stop.", pitch=1.2)
    loudness = [
        float(np.sqrt(np.mean(np.square(_between(spoken, start, end)))))
        for _, start, end in spoken.words
    ]
    pauses = [
        float(np.sqrt(np.mean(np.square(_between(spoken, before[2] + 60, after[1] - 60)))))
        for before, after in zip(spoken.words, spoken.words[1:], strict=False)
    ]
    assert min(loudness) > 4 * max(pauses)


def test_number_is_one_word_and_a_run_together_pair_is_two() -> None:
    spoken = speech.speak("In 1897 - one of the best.")
    assert [word for word, _, _ in spoken.words] == ["In", "1897", "one", "of", "the", "best."]


def test_sounds_around_speech_shift_its_words() -> None:
    spoken = speech.speak("High water.")
    moved = speech.with_silence(speech.with_music(spoken, before_ms=2000), before_ms=500)
    assert [start - 2500 for _, start, _ in moved.words] == [start for _, start, _ in spoken.words]
    assert moved.duration_ms == spoken.duration_ms + 2500
    assert speech.with_noise(moved, level=0.02).words == moved.words


def test_sound_is_written_as_wav(tmp_path: Path) -> None:
    path = speech.write_wav(speech.noise(250), tmp_path / "noise.wav")
    with wave.open(str(path), "rb") as file:
        assert (file.getframerate(), file.getnframes(), file.getnchannels()) == (16_000, 4000, 1)


def _between(spoken: speech.Spoken, start_ms: int, end_ms: int) -> speech.Samples:
    return spoken.samples[start_ms * spoken.rate_hz // 1000 : end_ms * spoken.rate_hz // 1000]
