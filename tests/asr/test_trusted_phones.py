"""A trusted text found by its phones alone; no model of Whisper is loaded."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from editor.asr import Chunk, Prepared, align_trusted_text, prepare, trusted_phones
from editor.asr.forced.phones import PhoneNetwork, phone_network
from editor.asr.heard_phones import heard_phones
from editor.asr.recogniser import Recogniser
from editor.document import RecognisedWord, split_words
from tests.support.robot import say
from tests.support.speech import Spoken, joined, music, noise, silence, speak, write_wav

pytestmark = [
    pytest.mark.model,
    pytest.mark.skipif(phone_network() is None, reason="the extra phones is not installed"),
]

ONE = (
    "The keeper of the lighthouse wrote every morning what he had seen in the night.",
    "One day a stranger came up the stairs and asked him for a glass of water.",
)
TWO = (
    "Every good citizen should weigh the matter before he casts his vote on Sunday.",
    "My sister kept the books of the company for nearly thirty years without a fault.",
)
HELD_OUT = (
    "Seven letters arrived in one week, and none of them had a stamp or a name on it.",
    "If you want to know how it ended, ask the man who sold the tickets at the door.",
)


class Quiet:
    """Progress that nobody watches."""

    def report(self, fraction: float, phase: str, message: str = "") -> None: ...
    def checkpoint(self) -> None: ...


def never() -> Recogniser:
    raise AssertionError("a model is loaded")


def found(
    parts: list[Spoken], lines: list[str], folder: Path
) -> tuple[list[RecognisedWord], Spoken]:
    """What is found of lines in sounds that follow each other."""
    said = joined(parts, pause_ms=500)
    prepared = prepare(write_wav(said, folder / "said.wav"), folder, said.duration_ms, Quiet())
    texts = split_words(" ".join(lines))
    chunks = align_trusted_text(
        prepared,
        never,
        language=None,
        done=(),
        written=(texts, [True] * len(texts)),
        progress=Quiet(),
    )
    return [word for chunk in chunks for word in chunk.words], said


def far_off(words: list[RecognisedWord], said: Spoken) -> list[str]:
    """Words that are not said where they were found; all that is said must be found."""
    assert [word.text for word in words] == [text for text, _, _ in said.words]
    pairs = zip(words, said.words, strict=True)
    return [word.text for word, (_, start, _) in pairs if abs(word.start_ms - start) > 120]


def test_what_is_not_said_is_left_out(tmp_path: Path) -> None:
    words, said = found([speak(line) for line in ONE], [ONE[0], *TWO, ONE[1]], tmp_path)
    assert far_off(words, said) == []


def test_of_two_halves_in_the_other_order_one_is_found(tmp_path: Path) -> None:
    words, _ = found([speak(line) for line in (*TWO, *ONE)], [*ONE, *TWO], tmp_path)
    text = " ".join(word.text for word in words)
    assert text in (" ".join(ONE), " ".join(TWO))


def test_music_noise_and_unwritten_speech_change_nothing(tmp_path: Path) -> None:
    parts = [music(9000), speak(ONE[0]), speak(TWO[0]), noise(6000, level=0.05), speak(ONE[1])]
    words, said = found([*parts, music(7000), speak(TWO[1])], list(ONE), tmp_path)
    written = [text for part in (parts[1], parts[4]) for text, _, _ in part.words]
    assert [word.text for word in words] == written
    all_starts = [start for _, start, _ in said.words]
    first, second = len(parts[1].words), len(parts[4].words)
    begins = [*all_starts[:first], *all_starts[-second - len(speak(TWO[1]).words) :][:second]]
    assert max(abs(w.start_ms - at) for w, at in zip(words, begins, strict=True)) < 120


def test_a_voice_under_another_nearly_as_loud_is_left_to_the_model(tmp_path: Path) -> None:
    said = joined([speak(line) for line in (*ONE, *TWO)], pause_ms=300)
    other = speak(f"{HELD_OUT[0]} {HELD_OUT[1]}", pitch=1.2, speed=1.1).samples
    mixed = said.samples + 0.7 * np.resize(other, len(said.samples))
    spoken = Spoken((mixed / np.abs(mixed).max()).astype(np.float32), said.words)
    with pytest.raises(AssertionError, match="a model is loaded"):
        found([spoken], [*ONE, *TWO], tmp_path)


def test_a_passage_in_another_language_is_found_by_how_that_sounds(tmp_path: Path) -> None:
    text = "Meine Schwester hat einen großen Hund und zwei kleine Katzen."
    german, begins = say(text, "de", 140)
    first, last = speak(ONE[0]), speak(TWO[1])
    words, said = found([first, Spoken(german), last], [ONE[0], text, TWO[1]], tmp_path)
    inside = [word for word in words if word.language == "de"]
    assert [word.text for word in inside] == text.split()
    at_ms = first.duration_ms + 500
    starts = [at_ms + begun for begun in begins.values()]
    assert max(abs(w.start_ms - at) for w, at in zip(inside, starts, strict=True)) < 150
    others = [word for word in words if not word.language]
    assert [word.text for word in others] == [text for text, _, _ in said.words]


def test_who_is_cut_off_finds_the_rest_as_it_was_and_hears_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trusted_phones, "_CHUNK_WORDS", 9)
    said = joined([speak(line) for line in (*ONE, *TWO)], pause_ms=500)
    prepared = prepare(write_wav(said, tmp_path / "said.wav"), tmp_path, said.duration_ms, Quiet())
    texts = split_words(" ".join((*ONE, *TWO)))

    def chunks(done: list[RecognisedWord]) -> list[Chunk]:
        written = texts, [True] * len(texts)
        found = align_trusted_text(
            prepared, never, language=None, done=done, written=written, progress=Quiet()
        )
        return list(found)

    whole = chunks([])
    monkeypatch.setattr(PhoneNetwork, "log_probabilities", None)
    for count in (1, 2, len(whole) - 1):
        done = [word for chunk in whole[:count] for word in chunk.words]
        again = chunks(done)
        assert [chunk.number for chunk in again] == [chunk.number for chunk in whole[count:]]
        assert [chunk.words for chunk in again] == [chunk.words for chunk in whole[count:]]


def test_hours_take_no_more_memory_than_minutes(tmp_path: Path) -> None:
    class Still(PhoneNetwork):
        """Hears the same everywhere."""

        def __init__(self) -> None:
            self.tokens = {name: number for number, name in enumerate("aeoyptksʃfɹnw|_")}
            self.boundary, self.blank, self.version = 13, 14, ""

        def log_probabilities(self, samples: NDArray[np.float32]) -> NDArray[np.float32]:
            return np.zeros((len(samples) // 320, 15), np.float32)

    peaks = []
    for minutes in (3, 60):
        path = tmp_path / "work.wav"
        with path.open("wb") as file:
            file.truncate(44 + minutes * 60 * 32_000)
        tracemalloc.start()
        heard = heard_phones(Prepared(path, minutes * 60_000, [], []), Still(), [[(1,)]], Quiet())
        for first in range(0, heard.frame_count, 60_000):
            heard.between(first, first + 6_000, [1])
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 2_000_000


def test_silence_is_left_to_the_model(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="a model is loaded"):
        found([silence(4000)], list(ONE), tmp_path)
